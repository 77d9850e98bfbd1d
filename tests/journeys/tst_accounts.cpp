// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sandboxfixture.h"

#include <QTest>

using namespace novita;

/// Keys and profiles.
class TestAccounts final : public QObject
{
    Q_OBJECT

private slots:
    void aWrongKeyThenTheRightOne()
    {
        SandboxFixture world(SandboxFixture::options(3));
        const Profile profile = world.stack.addProfile(QStringLiteral("work"), world.cloud.apiRoot(), QStringLiteral("wrong-key-123"));
        world.stack.profiles.setActive(profile.id);
        world.stack.session.start();
        QTRY_COMPARE(world.stack.session.connection(), ConnectionState::KeyRejected);
        const qsizetype sent = world.cloud.requests().size();
        world.stack.refresher.wake();
        QCOMPARE(world.stack.client.status().inFlight + world.stack.client.status().queued, 0);
        QCOMPARE(world.cloud.requests().size(), sent);
        QCOMPARE(world.stack.stores.instances.size(), 0);
        world.stack.session.storeKey(profile.id, QStringLiteral("sk_right_key"));
        QTRY_COMPARE(world.stack.session.connection(), ConnectionState::Connected);
        QTRY_COMPARE(world.stack.stores.instances.size(), 3);
        QCOMPARE(world.violations(), QStringList());
    }

    /// The answers of the old account are on their way when the profile changes: none of them may land.
    void aSwitchInMidFlight()
    {
        SandboxFixture old(SandboxFixture::options(40));
        SandboxOptions otherOptions = SandboxFixture::options(7);
        otherOptions.seed = 99;
        SandboxServer other(otherOptions);
        QVERIFY(other.start().ok());

        ClientStack &stack = old.stack;
        const Profile first = stack.addProfile(QStringLiteral("first"), old.cloud.apiRoot(), QStringLiteral("sk_first_key"));
        const Profile second = stack.addProfile(QStringLiteral("second"), other.apiRoot(), QStringLiteral("sk_second_key"));
        stack.profiles.setActive(first.id);
        stack.session.start();
        QTRY_COMPARE(stack.stores.instances.size(), 40);
        const QStringList oldIds = old.cloud.instanceIds();

        old.addFault({{QStringLiteral("kind"), QStringLiteral("latency")}, {QStringLiteral("ms"), 300}});
        stack.refresher.refresh(DataKind::Instances);
        stack.refresher.refresh(DataKind::Templates);
        stack.refresher.refreshInstance(InstanceId(oldIds.constFirst()));
        InstanceDraft draft = old.draft(QStringLiteral("late"));
        bool told = false;
        stack.creator.create(draft)->onFinished(&stack.creator, [&told](const Result<CreateOutcome> &outcome) {
            told = !outcome && outcome.error().isCanceled();
        });
        bool landed = false;
        QObject::connect(&stack.stores.instances, &EntityStoreBase::inserted, &stack.refresher, [&](const QStringList &ids) {
            for (const QString &id : ids)
                landed = landed || oldIds.contains(id);
        });
        QTRY_COMPARE(old.countRequests(QStringLiteral("createInstance")), 1);
        stack.session.switchTo(second.id);
        QCOMPARE(stack.stores.instances.size(), 0);
        QTRY_COMPARE(stack.stores.instances.size(), 7);
        QTRY_VERIFY(told);
        // The old cloud answers this after everything that it was asked before.
        bool answered = false;
        stack.session.testConnection(old.cloud.apiRoot(), QStringLiteral("sk_first_key"))
            ->onFinished(&stack.session, [&answered](const Result<ConnectionReport> &report) { answered = report.ok(); });
        QTRY_VERIFY(answered);
        QVERIFY(!landed);
        QCOMPARE(stack.stores.instances.size(), 7);
        for (const SandboxRequest &request : other.requests())
            QVERIFY(request.operation != QLatin1String("createInstance"));
        QCOMPARE(old.violations() + other.violations(), QStringList());
    }

    void theConnectionTest()
    {
        SandboxFixture world;
        std::optional<Result<ConnectionReport>> report;
        const auto note = [&report](const Result<ConnectionReport> &result) { report = result; };
        world.stack.session.testConnection(world.cloud.apiRoot(), QStringLiteral("sk_right_key"))->onFinished(&world.stack.session, note);
        QTRY_VERIFY(report);
        QVERIFY(report->ok());
        QVERIFY((*report)->balance.available);
        QVERIFY((*report)->clusters > 0);
        report.reset();
        world.stack.session.testConnection(world.cloud.apiRoot(), QStringLiteral("wrong-key-123"))->onFinished(&world.stack.session, note);
        QTRY_VERIFY(report);
        QCOMPARE(report->error().kind, ErrorKind::Unauthorized);
        QCOMPARE(world.violations(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
