// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incoming/receivernotices.h"
#include "tests/webhooks/webhookbench.h"
#include "tests/workflows/noticebench.h"

#include <QTcpServer>
#include <QTest>

#include <algorithm>

using namespace novita;

/// What a person is told of a receiver that does not work.
class TestReceiverNotices final : public QObject
{
    Q_OBJECT

    static qsizetype eventsOf(const NoticeBench &notices, const QString &words)
    {
        const auto &events = notices.activity.events();
        return std::count_if(events.begin(), events.end(), [&words](const ActivityEvent &event) { return event.text.contains(words); });
    }

private slots:
    void aTakenPortIsToldOnceAndTakenBack()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), 0));
        WebhookBench bench;
        NoticeBench notices;
        bench.service.emplace(bench.settings.get(), bench.keychain, bench.clock, bench.folder.path(), WebhookOverrides{{}, {}, other.serverPort()});
        const ReceiverNotices teller(*bench.service, *notices.center);
        bench.service->start();
        QTRY_COMPARE(bench.service->status().state, WebhookStatus::State::Failed);
        QTRY_COMPARE(notices.center->shown().size(), 1);
        QCOMPARE(notices.center->shown().first().kind, NotificationKind::WebhookReceiver);
        QCOMPARE(notices.center->shown().first().text, bench.service->status().sentence);
        QTest::qWait(50);
        QCOMPARE(notices.activity.events().size(), std::size_t(1));
        const QString told = notices.activity.events().front().text;
        // A try that fails as well is no news, and neither is another profile.
        notices.center->setProfile(ProfileId(QStringLiteral("other")));
        QCOMPARE(notices.center->shown().size(), 1);
        QSignalSpy changed(&*bench.service, &WebhookService::statusChanged);
        QVERIFY(QTest::qWaitFor([&] { return changed.size() >= 2; }, 5000));
        QCOMPARE(eventsOf(notices, told), 1);
        other.close();
        QVERIFY(QTest::qWaitFor([&] { return bench.service->status().isListening(); }, 10000));
        QTRY_COMPARE(notices.center->shown().size(), 0);
    }

    void whatIsAPersonsOwnChoiceIsNoNews()
    {
        WebhookBench bench;
        NoticeBench notices;
        bench.keychain.values.clear();
        bench.service.emplace(bench.settings.get(), bench.keychain, bench.clock, bench.folder.path(), WebhookOverrides{{}, {}, quint16(0)});
        const ReceiverNotices teller(*bench.service, *notices.center);
        bench.service->start();
        QTRY_COMPARE(bench.service->status().state, WebhookStatus::State::NeedsSecret);
        QVERIFY(await(bench.service->secrets().setSecret(SigningSecret::generate())).ok());
        QVERIFY(bench.listens());
        QCOMPARE(bench.post(WebhookBench::eventBody("inst_1")), 401);
        QVERIFY(notices.activity.events().empty());
    }
};

QTEST_GUILESS_MAIN(TestReceiverNotices)
#include "tst_receivernotices.moc"
