// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/await.h"
#include "tests/support/sandboxfixture.h"

#include <QTest>

using namespace novita;
using A = InstanceAction;

namespace {

/// The row with everything the detail answer says.
const Instance *detail(SandboxFixture &world, const InstanceId &id)
{
    return await(world.stack.refresher.refreshInstance(id, true)).ok() ? world.stack.stores.instances.find(id) : nullptr;
}

bool stops(SandboxFixture &world, const InstanceId &id)
{
    const auto asked = world.run(id, A::Stop);
    return asked && asked->ok() && world.reaches(id, QStringLiteral("exited"));
}

bool done(const std::optional<Result<Done>> &result)
{
    return result && result->ok();
}

} // namespace

/// Every further action on an instance against the simulated cloud, with what that makes of it.
class TestActions final : public QObject
{
    Q_OBJECT

private slots:
    void portsAndDiskChangeWhileItRuns()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        const int before = detail(world, id)->rootfsGb.value_or(0);
        EditRequest edit;
        edit.growDiskGb = 15;
        edit.ports = QList<DraftPort>{{8080, QStringLiteral("http")}, {5432, QStringLiteral("tcp")}};
        QVERIFY(done(world.run(id, edit)));
        QCOMPARE(detail(world, id)->rootfsGb, before + 15);
        QCOMPARE(detail(world, id)->ports.size(), 2);
        QCOMPARE(detail(world, id)->status, InstanceStatus::Running);
        QCOMPARE(world.violations(), QStringList());
    }

    void aGrowthWhoseAnswerIsLostHappensOnce()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        const int before = detail(world, id)->rootfsGb.value_or(0);
        world.addFault({{QStringLiteral("kind"), QStringLiteral("replyLost")}, {QStringLiteral("operation"), QStringLiteral("editInstance")}, {QStringLiteral("count"), 1}});
        EditRequest edit;
        edit.growDiskGb = 10;
        QVERIFY(done(world.run(id, edit)));
        QCOMPARE(detail(world, id)->rootfsGb, before + 10);
        QCOMPARE(world.countRequests(QStringLiteral("editInstance")), 1);
    }

    void anUpgradeResetsOntoAnotherImage()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        UpgradeRequest upgrade = UpgradeRequest::of(*detail(world, id));
        upgrade.imageUrl = QStringLiteral("docker.io/library/debian:12");
        upgrade.envs = {{QStringLiteral("MODE"), QStringLiteral("train")}};
        QVERIFY(done(world.run(id, upgrade)));
        QTRY_VERIFY(world.stack.eventTexts().join(QLatin1Char(' ')).contains(QLatin1String("Asked the cloud to reset")));
        QVERIFY(world.reaches(id, QStringLiteral("running")));
        QCOMPARE(detail(world, id)->imageUrl, upgrade.imageUrl);
        QCOMPARE(detail(world, id)->envs, upgrade.envs);
        QCOMPARE(world.violations(), QStringList());
    }

    void anImageThatIsNotThereIsSaid()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        UpgradeRequest upgrade = UpgradeRequest::of(*detail(world, id));
        upgrade.imageUrl = QStringLiteral("docker.io/library/notfound:1");
        QVERIFY(done(world.run(id, upgrade)));
        QVERIFY(world.reaches(id, QStringLiteral("exited")));
        QVERIFY(world.stack.stores.instances.find(id)->statusError.contains(QLatin1String("manifest unknown")));
    }

    void aReclaimedInstanceMovesToAnotherHost()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        InstanceDraft draft = world.draft(QStringLiteral("spot-box"));
        draft.billing = BillingMode::Spot;
        const auto made = world.create(draft);
        QVERIFY(made && made->ok());
        const InstanceId id = (*made)->id;
        QVERIFY(world.reaches(id, QStringLiteral("running")));
        QVERIFY(!world.stack.commands.verdict(id, A::Migrate).allowed);
        QVERIFY(world.cloud.reclaimSpot(id.toString(), Seconds(0)).ok());
        QVERIFY(world.reaches(id, QStringLiteral("exited")));
        QVERIFY(done(world.run(id, A::Migrate)));
        QCOMPARE(world.stack.jobs.openCount(), 1);
        QVERIFY(world.reaches(id, QStringLiteral("running")));
        QTRY_VERIFY_WITH_TIMEOUT((world.stack.jobs.wake(), world.stack.jobs.openCount() == 0), 10000);
        QCOMPARE(world.stack.jobs.jobs().begin()->second.state, WatchedJob::State::Done);
        QVERIFY(!world.stack.jobs.jobs().begin()->second.id.isEmpty());
        QCOMPARE(world.violations(), QStringList());
    }

    void anImageIsSavedFollowedAndCanceled()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        QVERIFY(!world.stack.commands.verdict(id, A::SaveImage).allowed);
        QVERIFY(stops(world, id));
        const auto ends = [&world](WatchedJob::State state) {
            return QTest::qWaitFor([&world, state] {
                world.stack.jobs.wake();
                QTest::qWait(10);
                const auto &jobs = world.stack.jobs.jobs();
                return std::any_of(jobs.begin(), jobs.end(), [state](const auto &entry) { return entry.second.state == state; });
            }, 10000);
        };
        QVERIFY(done(world.run(id, SaveImageRequest{QStringLiteral("ghcr.io/team/trainer:1"), {}})));
        QVERIFY(ends(WatchedJob::State::Done));
        QVERIFY(done(world.run(id, SaveImageRequest{QStringLiteral("ghcr.io/team/denied:1"), {}})));
        QVERIFY(ends(WatchedJob::State::Failed));
        QTRY_VERIFY(world.stack.eventTexts().join(QLatin1Char(' ')).contains(QLatin1String("push to the registry was denied")));
        QVERIFY(done(world.run(id, SaveImageRequest{QStringLiteral("ghcr.io/team/trainer:2"), {}})));
        OperationId open;
        for (const auto &[operation, job] : world.stack.jobs.jobs())
            open = job.isOver() ? open : operation;
        QVERIFY(await(world.stack.jobs.cancel(open)).ok());
        QVERIFY(ends(WatchedJob::State::Canceled) || ends(WatchedJob::State::Done)); // it may have been quicker
        QCOMPARE(world.countRequests(QStringLiteral("saveInstanceImage")), 3);
        QCOMPARE(world.violations(), QStringList());
    }

    void monthlyTermsArePaidOnce()
    {
        SandboxOptions options = SandboxFixture::options();
        options.balance = Money::fromPriceUnits(Money::kUnitsPerDollar * 2000);
        SandboxFixture world(options);
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        QVERIFY(!world.stack.commands.verdict(id, A::Renew).allowed);
        QVERIFY(done(world.run(id, InstanceRequest::toMonthly(1))));
        QCOMPARE(detail(world, id)->billing, BillingMode::Monthly);
        const TimePoint first = *detail(world, id)->endTime;
        // The answer is lost, and the renewal is found in the new end all the same.
        world.addFault({{QStringLiteral("kind"), QStringLiteral("replyLost")}, {QStringLiteral("operation"), QStringLiteral("renewInstance")}, {QStringLiteral("count"), 1}});
        const auto renewed = world.run(id, InstanceRequest::renew(2));
        QVERIFY2(done(renewed), qPrintable(renewed && !renewed->ok() ? renewed->error().toLogString() : QString()));
        QCOMPARE(*detail(world, id)->endTime - first, std::chrono::hours(24 * 60));
        QCOMPARE(world.countRequests(QStringLiteral("renewInstance")), 1);
        QVERIFY(world.stack.commands.verdict(id, A::Renew).allowed);
        QVERIFY(done(world.run(id, AutoRenewRequest{true, 3})));
        QVERIFY(done(world.run(id, AutoMigrateRequest{true, false})));
        QVERIFY(!world.stack.commands.verdict(id, A::Delete).allowed);
        QVERIFY(!world.stack.commands.verdict(id, A::ToMonthly).allowed);
        QCOMPARE(world.violations(), QStringList());
    }

    void whatIsRefusedIsSaidInWords()
    {
        SandboxFixture world;
        QVERIFY(world.connect());
        const InstanceId id = world.createRunning(QStringLiteral("trainer"));
        QVERIFY(stops(world, id));
        world.addFault({{QStringLiteral("kind"), QStringLiteral("apiError")}, {QStringLiteral("operation"), QStringLiteral("migrateInstance")},
                        {QStringLiteral("reason"), QStringLiteral("MIGRATE_INSUFFICIENT_RESOURCE")}, {QStringLiteral("message"), QStringLiteral("no host")}});
        const auto refused = world.run(id, A::Migrate);
        QVERIFY(refused && !refused->ok());
        QTRY_VERIFY(world.stack.eventTexts().join(QLatin1Char(' ')).contains(QLatin1String("no other host with a free GPU")));
        QCOMPARE(world.stack.jobs.openCount(), 0);
    }
};

QTEST_GUILESS_MAIN(TestActions)
#include "tst_actions.moc"
