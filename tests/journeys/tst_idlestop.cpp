// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two instances of the simulated cloud do nothing. One has an idle rule: it is counted down and stopped. Cloud and console live by
// one clock, so that the minutes take no time.
#include "core/guards/guards.h"
#include "core/guards/metricssource.h"
#include "core/sandbox/sandboxserver.h"
#include "core/settings/settingskeys.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/sharedclock.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kPatienceMs = 10000;

SandboxOptions cloudOptions(const Clock &clock)
{
    SandboxOptions options;
    options.seed = 7;
    options.instances = 40;
    options.clock = &clock;
    return options;
}

} // namespace

class TestIdleStop final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void stopsWhatIsIdleAndNothingElse();
    void workCallsItOff();

private:
    void pass(Milliseconds time);
    bool showUse(const InstanceId &id, double percent);
    int stops() const;
    IdleState state() const { return m_guards->idle.stateOf(m_idle); }

    SharedClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SandboxServer> m_cloud;
    QNetworkAccessManager m_network;
    std::unique_ptr<ClientStack> m_console;
    std::unique_ptr<Guards> m_guards;
    InstanceId m_idle;  ///< with a rule
    InstanceId m_other; ///< as idle, without one
};

void TestIdleStop::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_cloud = std::make_unique<SandboxServer>(cloudOptions(m_clock));
    QVERIFY(m_cloud->start().ok());
    m_clock.advance(std::chrono::minutes(30));
    m_console = std::make_unique<ClientStack>(m_network, m_clock);
    m_console->connectTo(m_cloud->apiRoot());
    m_console->refresher.stop(); // the test says when to look
    QVERIFY(m_console->settings->setValue(keys::kMaxRetries, 0).ok());
    QVERIFY(m_console->settings->setValue(keys::kRequestsPerMinute, 6000).ok());
    m_console->history.open(m_dir->filePath(u"history.sqlite"_s));
    m_console->notifications.setProfile(ProfileId(u"p"_s));
    m_guards = std::make_unique<Guards>(m_console->history, m_console->stores, m_console->refresher, m_console->commands, m_console->notifications, m_clock);
    m_guards->idle.setSource(metricsSource(m_console->client, m_clock, &m_console->stores.instances));
    m_guards->setProfile(ProfileId(u"p"_s));
    pass({});
    QList<InstanceId> running;
    for (const Instance &row : m_console->stores.instances.all()) {
        if (row.status == InstanceStatus::Running && row.billing == BillingMode::OnDemand && row.lastStartedAt && m_clock.now() - *row.lastStartedAt > std::chrono::hours(1))
            running.append(row.id);
    }
    QVERIFY(running.size() >= 2);
    m_idle = running.at(0);
    m_other = running.at(1);
    QVERIFY(showUse(m_idle, 0) && showUse(m_other, 0));
    IdleRule rule;
    rule.minutes = IdleRule::kLeastMinutes;
    rule.dryRun = false;
    QVERIFY(await(m_guards->idle.setRule(m_idle, rule)).ok());
}

void TestIdleStop::cleanup()
{
    m_guards.reset();
    m_console.reset();
    m_cloud.reset();
}

/// Time goes by, and the console looks.
void TestIdleStop::pass(Milliseconds time)
{
    m_clock.advance(time);
    QVERIFY(await(m_console->refresher.refresh(DataKind::Instances)).ok());
    m_guards->idle.wake();
    for (int turn = 0; turn < 4; ++turn) // what was asked of the file is answered, and what follows from it
        static_cast<void>(await(m_console->history.rules.read(ProfileId(u"p"_s), u"idle"_s)));
}

bool TestIdleStop::showUse(const InstanceId &id, double percent)
{
    QNetworkRequest request(QUrl(m_cloud->apiRoot().toString() + u"/_sandbox/utilisation"_s));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const QJsonObject body{{u"instanceId"_s, id.toString()}, {u"gpu"_s, percent}, {u"cpu"_s, percent}};
    const std::unique_ptr<QNetworkReply> reply(m_network.post(request, QJsonDocument(body).toJson()));
    return QTest::qWaitFor([&reply] { return reply->isFinished(); }, kPatienceMs) && reply->error() == QNetworkReply::NoError;
}

int TestIdleStop::stops() const
{
    int count = 0;
    for (const SandboxRequest &request : m_cloud->requests())
        count += request.operation == u"stopInstance"_s ? 1 : 0;
    return count;
}

void TestIdleStop::stopsWhatIsIdleAndNothingElse()
{
    QTRY_COMPARE_WITH_TIMEOUT(state().phase, IdleState::Phase::Countdown, kPatienceMs);
    QTRY_VERIFY(!m_console->notifications.shown().isEmpty());
    QCOMPARE(m_console->notifications.shown().first().actions.first().id, u"keep"_s);
    pass(std::chrono::minutes(4));
    QCOMPARE(stops(), 0);
    pass(std::chrono::minutes(1));
    QTRY_COMPARE_WITH_TIMEOUT(stops(), 1, kPatienceMs);
    QTRY_COMPARE(state().phase, IdleState::Phase::Watching);
    pass(std::chrono::minutes(1));
    QCOMPARE(m_cloud->instanceStatus(m_idle.toString()), u"exited"_s);
    QCOMPARE(m_cloud->instanceStatus(m_other.toString()), u"running"_s);
    QCOMPARE(m_console->eventTexts().filter(u"was stopped by its idle rule"_s).size(), 1);
    for (int i = 0; i < 3; ++i)
        pass(std::chrono::minutes(10));
    QCOMPARE(stops(), 1);
    QCOMPARE(m_cloud->instanceStatus(m_other.toString()), u"running"_s);
    QCOMPARE(m_cloud->violations(), QStringList());
}

void TestIdleStop::workCallsItOff()
{
    QTRY_COMPARE_WITH_TIMEOUT(state().phase, IdleState::Phase::Countdown, kPatienceMs);
    QVERIFY(showUse(m_idle, 80));
    pass(std::chrono::minutes(2));
    QTRY_COMPARE_WITH_TIMEOUT(state().phase, IdleState::Phase::Watching, kPatienceMs);
    pass(std::chrono::minutes(10));
    QCOMPARE(stops(), 0);
    QVERIFY(m_console->notifications.shown().isEmpty());
    QCOMPARE(m_cloud->instanceStatus(m_idle.toString()), u"running"_s);
}

QTEST_GUILESS_MAIN(TestIdleStop)
#include "tst_idlestop.moc"
