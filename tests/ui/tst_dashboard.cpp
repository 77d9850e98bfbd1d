// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhookservice.h"
#include "core/workflows/accounting.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/http/rawclient.h"
#include "tests/support/await.h"
#include "tests/support/fakesecretstore.h"
#include "tests/ui/dashboardbench.h"
#include "tests/ui/findnamed.h"
#include "ui/dashboard/activityfeed.h"
#include "ui/dashboard/dashboardcharts.h"
#include "ui/dashboard/dashboardpage.h"
#include "ui/dashboard/dashboardtile.h"
#include "ui/dashboard/dashboardwords.h"
#include "ui/dashboard/feedmodel.h"
#include "ui/models/roles.h"
#include "ui/widgets/chartpanel.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/timespanbar.h"

#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <memory>

using namespace novita;

namespace {


FleetNumbers numbers(int running, int changing, int stopped, int failed)
{
    FleetNumbers fleet;
    fleet.running = running;
    fleet.transitional = changing;
    fleet.stopped = stopped;
    fleet.failed = failed;
    fleet.total = running + changing + stopped + failed;
    fleet.volumesKnown = true;
    return fleet;
}

/// Paint events of a widget and everything below it.
class PaintCounter final : public QObject
{
public:
    explicit PaintCounter(QWidget &root)
    {
        for (QWidget *widget : root.findChildren<QWidget *>())
            widget->installEventFilter(this);
        root.installEventFilter(this);
    }
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

} // namespace

class TestDashboard final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<DashboardBench> m_bench;
    std::unique_ptr<DashboardPage> m_page;

    void makePage()
    {
        m_page = std::make_unique<DashboardPage>(m_fixture->context());
        m_page->resize(1080, 720);
    }
    ChartPanel *chart(const QString &title) const
    {
        for (ChartPanel *one : m_page->findChildren<ChartPanel *>()) {
            if (one->title() == title)
                return one;
        }
        return nullptr;
    }
    DashboardTile *tile(const QString &name) const { return findNamed<DashboardTile>(*m_page, name); }
    FeedModel *feed() const { return m_page->findChild<FeedModel *>(); }
    void press(const QString &name) const
    {
        for (QPushButton *button : m_page->findChildren<QPushButton *>()) {
            if (button->accessibleName() == name || button->text() == name)
                button->click();
        }
    }
    /// The service has answered.
    void goOnline()
    {
        m_fixture->network().setResponder([](const FakeRequest &) { return FakeAnswer::payload(R"({"instances":[],"total":0})"); });
        m_fixture->context().session.setEnvironmentKey(QStringLiteral("sk_for_tests_only"));
        m_fixture->context().session.start();
        QTRY_VERIFY(m_fixture->context().session.clientStatus().isOnline());
        QTRY_VERIFY(m_fixture->stores().instances.refreshedAt());
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_bench = std::make_unique<DashboardBench>(*m_fixture);
        QVERIFY(m_bench->open());
    }
    void cleanup()
    {
        m_page.reset();
        m_bench.reset();
        m_fixture.reset();
    }

    void instancesInWords()
    {
        QCOMPARE(dashboardwords::instances({}, false).note, QStringLiteral("being read…"));
        const auto none = dashboardwords::instances({}, true);
        QCOMPARE(none.lead, QStringLiteral("0"));
        const auto some = dashboardwords::instances(numbers(11, 2, 4, 0), true);
        QCOMPARE(some.lead, QStringLiteral("11"));
        QVERIFY(some.note.startsWith(QStringLiteral("of 17")));
        QCOMPARE(some.tone, StateTone::Idle);
        const auto bad = dashboardwords::instances(numbers(1, 0, 0, 2), true);
        QVERIFY2(bad.note.contains(QStringLiteral("failed")), qPrintable(bad.note));
        QCOMPARE(bad.tone, StateTone::Bad);
    }

    void moneyInWords()
    {
        FleetNumbers fleet = numbers(2, 0, 0, 0);
        fleet.burn.onDemandPerHour = fleet.burnPerHour = Money::fromPriceUnits(421000);
        QCOMPARE(dashboardwords::burn(fleet, true).lead, QStringLiteral("$4.21/h"));
        QVERIFY(dashboardwords::burn(fleet, true).note.contains(QStringLiteral("a day")));
        fleet.unpriced = 1;
        QVERIFY(dashboardwords::burn(fleet, true).lead.startsWith(QStringLiteral("≥")));
        QCOMPARE(dashboardwords::spent({}, {}).note, QStringLiteral("no bill read yet"));
        Balance balance;
        const TimePoint now = m_fixture->clock().now();
        QVERIFY(dashboardwords::balance({}, {}, fleet).note.contains(QStringLiteral("not read")));
        balance.available = Money();
        QCOMPARE(dashboardwords::balance(balance, now, fleet).tone, StateTone::Bad);
        balance.available = Money::fromPriceUnits(21240000);
        fleet.unpriced = 0;
        QCOMPARE(dashboardwords::balance(balance, now, fleet).lead, QStringLiteral("$212.40"));
        QVERIFY(dashboardwords::balance(balance, now, fleet).note.contains(QStringLiteral("nothing uses it up")));
        fleet.balanceLasts = std::chrono::hours(5);
        QVERIFY(dashboardwords::balance(balance, now, fleet).note.startsWith(QStringLiteral("lasts until ")));
        QCOMPARE(dashboardwords::balance(balance, now, fleet).tone, StateTone::Warn);
        fleet.balanceLasts = std::chrono::hours(24 * 40);
        QVERIFY(dashboardwords::balance(balance, now, fleet).note.contains(QStringLiteral("lasts 40 d")));
    }

    void healthInPlainWords()
    {
        QStringList leads;
        for (const ConnectionState state : {ConnectionState::NoProfile, ConnectionState::NoKey, ConnectionState::Connecting, ConnectionState::Connected,
                                            ConnectionState::Degraded, ConnectionState::Offline, ConnectionState::KeyRejected, ConnectionState::BreakerOpen,
                                            ConnectionState::RateLimited}) {
            ClientStatus client;
            client.breakerRetryAt = client.pausedUntil = m_fixture->clock().now();
            const auto text = dashboardwords::health(state, client);
            QVERIFY(!text.lead.isEmpty() && !text.note.isEmpty());
            QVERIFY2(text.lead.size() <= 13, qPrintable(text.lead)); // at twice the size it must fit a tile
            leads.append(text.lead);
        }
        leads.removeDuplicates();
        QCOMPARE(leads.size(), 9);
    }

    void webhooksInWords()
    {
        using State = WebhookStatus::State;
        const TimePoint now = m_fixture->clock().now();
        WebhookStatus receiver;
        receiver.sentence = QStringLiteral("a sentence");
        QStringList leads;
        for (const State state : {State::Off, State::NeedsSecret, State::Starting, State::Failed}) {
            receiver.state = state;
            const auto text = dashboardwords::webhooks(receiver, {}, {}, now);
            QVERIFY2(!text.note.isEmpty() && text.lead.size() <= 13, qPrintable(text.lead));
            leads.append(text.lead);
        }
        leads.removeDuplicates();
        QCOMPARE(leads.size(), 4);
        receiver.state = State::Listening;
        QCOMPARE(dashboardwords::webhooks(receiver, {}, {}, now).lead, QStringLiteral("0/min"));
        QCOMPARE(dashboardwords::webhooks(receiver, {}, {}, now).note, QStringLiteral("none so far"));
        auto text = dashboardwords::webhooks(receiver, {10, 2, 0, 0}, now - Seconds(3), now);
        QCOMPARE(text.lead, QStringLiteral("12/min"));
        QCOMPARE(text.note, QStringLiteral("last one 3 s ago"));
        QCOMPARE(text.tone, StateTone::Idle);
        text = dashboardwords::webhooks(receiver, {10, 2, 3, 4}, now, now);
        QCOMPARE(text.note, QStringLiteral("3 refused · 4 limited"));
        QCOMPARE(text.tone, StateTone::Warn);
        receiver.storeNotice = QStringLiteral("The disk is full.");
        text = dashboardwords::webhooks(receiver, {10, 2, 0, 0}, now, now);
        QCOMPARE(text.note, QStringLiteral("The disk is full."));
        QCOMPARE(text.tone, StateTone::Bad);
    }

    void aReceiverThatIsOffSaysSo()
    {
        makePage();
        m_page->show();
        QVERIFY(tile(QStringLiteral("Webhooks"))->accessibleDescription().startsWith(QStringLiteral("Off")));
        QTRY_COMPARE(chart(QStringLiteral("Webhooks by result"))->summary(), m_fixture->webhooks().status().sentence);
    }

    void aDeliveryIsSeenAtOnce()
    {
        m_fixture->secrets().values.insert(WebhookSecrets::kSecretName, QStringLiteral("a secret for tests"));
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress(QHostAddress::LocalHost)));
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverPort, int(free.serverPort())).ok());
        free.close();
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverEnabled, true).ok());
        makePage();
        m_page->show();
        m_fixture->webhooks().start();
        DashboardTile *one = tile(QStringLiteral("Webhooks"));
        QTRY_COMPARE(one->accessibleDescription(), QStringLiteral("0/min, none so far"));
        const auto post = [this](const QByteArray &id, const QString &secret) {
            RawClient client(m_fixture->webhooks().status().port);
            const QByteArray body = "{\"instanceId\":\"" + id + "\",\"status\":\"ready\",\"timestamp\":\"2026-01-01T00:00:00.000Z\"}";
            client.send("POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: "
                        + signature::signPlain(*SigningSecret::fromText(secret), body) + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            return client.waitForAnswers(1) ? client.answers().first().status : 0;
        };
        QCOMPARE(post("a", QStringLiteral("a secret for tests")), 200);
        QTRY_COMPARE(one->accessibleDescription(), QStringLiteral("1/min, last one just now"));
        QCOMPARE(post("a", QStringLiteral("a secret for tests")), 200);
        QTRY_COMPARE(one->accessibleDescription(), QStringLiteral("2/min, last one just now"));
        QCOMPARE(post("b", QStringLiteral("another")), 401);
        QTRY_COMPARE(one->accessibleDescription(), QStringLiteral("2/min, 1 refused"));
        QVERIFY(m_fixture->settings().setValue(keys::kReceiverEnabled, false).ok());
        QTRY_VERIFY(one->accessibleDescription().startsWith(QStringLiteral("Off")));
    }

    void chartsShowTheSamples()
    {
        m_bench->fillSamples(4, 0);
        makePage();
        m_page->show();
        QTRY_VERIFY(m_page->findChild<DashboardCharts *>()->hasPoints());
        for (const char *title : {"Burn per hour", "Instances by state", "API latency", "Webhooks by result", "Requests by result", "Limiter and queue"}) {
            ChartPanel *one = chart(QLatin1String(title));
            QVERIFY2(one, title);
            QTRY_VERIFY2(one->summary().contains(QStringLiteral(", at ")), qPrintable(one->summary()));
            QTRY_COMPARE(one->accessibleDescription(), one->summary());
        }
        QVERIFY2(chart(QStringLiteral("API latency"))->summary().contains(QStringLiteral("ms")), qPrintable(chart(QStringLiteral("API latency"))->summary()));
        QVERIFY2(chart(QStringLiteral("Burn per hour"))->summary().contains(QStringLiteral("/h")), qPrintable(chart(QStringLiteral("Burn per hour"))->summary()));
        // 3 hours of one sample every two minutes.
        QCOMPARE(chart(QStringLiteral("API latency"))->csv().count(QLatin1Char('\n')), 1 + 91);
    }

    void aGapStaysAGap()
    {
        m_bench->fillSamples(2, 40);
        makePage();
        m_page->show();
        ChartPanel *latency = chart(QStringLiteral("API latency"));
        QTRY_VERIFY(latency->csv().count(QLatin1Char('\n')) > 20);
        // Without the forty minutes in the middle: 61 samples less about twenty, and no line across.
        const auto lines = latency->csv().count(QLatin1Char('\n'));
        QVERIFY2(lines < 46, qPrintable(QString::number(lines)));
        const TimePoint middle = m_fixture->clock().now() - std::chrono::hours(1);
        latency->setCursorTime(middle);
        QVERIFY2(latency->legendTexts().first().endsWith(QStringLiteral("–")), qPrintable(latency->legendTexts().join(u';')));
    }

    void oneRangeForAllCharts()
    {
        m_bench->fillSamples(30, 0);
        makePage();
        m_page->show();
        ChartPanel *latency = chart(QStringLiteral("API latency"));
        QTRY_COMPARE(latency->csv().count(QLatin1Char('\n')), 1 + 91);
        press(QStringLiteral("Last 30 minutes"));
        for (ChartPanel *one : {latency, chart(QStringLiteral("Requests by result")), chart(QStringLiteral("Limiter and queue"))})
            QTRY_COMPARE(one->csv().count(QLatin1Char('\n')), 1 + 16);
        press(QStringLiteral("Last 24 hours"));
        QTRY_VERIFY(latency->csv().count(QLatin1Char('\n')) > 200);
        // Kept over a restart.
        const QJsonObject state = m_page->saveState();
        makePage();
        m_page->restoreState(state);
        QCOMPARE(m_page->findChild<TimeSpanBar *>()->span(), Seconds(86400));
        m_page->restoreState({{QStringLiteral("span"), 17}});
        QCOMPARE(m_page->findChild<TimeSpanBar *>()->span(), Seconds(86400));
    }

    void aNewSampleIsShownAndPauseHolds()
    {
        goOnline();
        m_fixture->fill(5);
        makePage();
        m_page->show();
        m_fixture->clock().advance(Seconds(61));
        m_fixture->context().accounting.samples.wake();
        ChartPanel *requests = chart(QStringLiteral("Requests by result"));
        QTRY_VERIFY2(requests->csv().count(QLatin1Char('\n')) > 1, qPrintable(requests->summary()));
        QTRY_VERIFY(m_page->isFilled());
        const auto before = requests->csv();
        press(QStringLiteral("Pause charts"));
        QVERIFY(requests->isPaused() && chart(QStringLiteral("Burn per hour"))->isPaused());
        QSignalSpy read(m_page->findChild<DashboardCharts *>(), &DashboardCharts::readDone);
        m_fixture->clock().advance(Seconds(61));
        m_fixture->context().accounting.samples.wake();
        QTRY_VERIFY(!read.isEmpty());
        QCoreApplication::processEvents();
        QCOMPARE(requests->csv(), before);
    }

    void whatIsNowIsDrawnWithoutWaitingForASample()
    {
        goOnline();
        m_fixture->fill(12);
        makePage();
        m_page->show();
        QTRY_VERIFY2(chart(QStringLiteral("Instances by state"))->summary().contains(QStringLiteral("Running 6")),
                     qPrintable(chart(QStringLiteral("Instances by state"))->summary()));
        QTRY_VERIFY(tile(QStringLiteral("Running"))->accessibleDescription().startsWith(QStringLiteral("6,")));
    }

    void hiddenNothingIsReadOrDrawn()
    {
        m_bench->fillSamples(1, 0);
        makePage();
        m_page->show();
        auto *charts = m_page->findChild<DashboardCharts *>();
        QTRY_VERIFY(charts->hasPoints());
        m_page->hide();
        QCoreApplication::processEvents();
        QSignalSpy read(charts, &DashboardCharts::readDone);
        PaintCounter paints(*m_page);
        QCOMPARE(feed()->rowCount(), 0);
        m_bench->addEvents(20);
        m_fixture->fill(200);
        m_fixture->clock().advance(Seconds(61));
        m_fixture->context().accounting.samples.wake();
        // Whatever was posted to the history has been answered when this is.
        QVERIFY(await(m_fixture->context().history.samples.read(m_fixture->context().history.profile(), QStringLiteral("x"), {}, {}, 2)).ok());
        QCoreApplication::processEvents();
        QCOMPARE(read.size(), 0);
        QCOMPARE(paints.count, 0);
        QCOMPARE(feed()->rowCount(), 0);
        m_page->show();
        QTRY_VERIFY(!read.isEmpty());
        QCOMPARE(feed()->rowCount(), 20);
    }

    void theFeedIsNewestFirstAndBounded()
    {
        makePage();
        m_page->show();
        QCOMPARE(feed()->rowCount(), 0);
        m_bench->addEvents(10000);
        QCOMPARE(feed()->rowCount(), FeedModel::kMostRows);
        const auto &events = m_fixture->stores().activity.events();
        QCOMPARE(feed()->index(0).data().toString(), events.back().text);
        QCOMPARE(feed()->index(FeedModel::kMostRows - 1).data().toString(), events.at(events.size() - FeedModel::kMostRows).text);
        QVERIFY(feed()->index(0).data(Qt::AccessibleTextRole).toString().contains(feed()->index(0).data(FeedModel::SourceRole).toString()));
        QStringList sources;
        for (int row = 0; row < 5; ++row)
            sources.append(feed()->index(row).data(FeedModel::SourceRole).toString());
        sources.sort();
        QCOMPARE(sources, (QStringList{QStringLiteral("poll"), QStringLiteral("program"), QStringLiteral("rule"), QStringLiteral("webhook"), QStringLiteral("you")}));
        m_fixture->stores().activity.clearEvents();
        QCOMPARE(feed()->rowCount(), 0);
    }

    void theFeedStaysAtItsBeginning()
    {
        m_bench->addEvents(50);
        makePage();
        m_page->show();
        auto *list = m_page->findChild<QListView *>();
        list->setFocus();
        list->setCurrentIndex(feed()->index(0));
        for (int i = 0; i < 10; ++i) {
            m_bench->addEvents(20);
            QCoreApplication::processEvents();
        }
        QCOMPARE(feed()->rowCount(), FeedModel::kMostRows);
        QVERIFY(list->verticalScrollBar()->maximum() > 0);
        QCOMPARE(list->verticalScrollBar()->value(), 0);
    }

    void clicksOpenWhatIsBehind()
    {
        m_fixture->fill(5);
        m_bench->addEvents(3);
        makePage();
        m_page->show();
        QSignalSpy instance(m_page.get(), &Page::openInstanceRequested);
        QSignalSpy page(m_page.get(), &Page::openPageRequested);
        auto *list = m_page->findChild<QListView *>();
        QTRY_VERIFY(!list->visualRect(feed()->index(0)).isEmpty());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(feed()->index(0)).center());
        QCOMPARE(instance.size(), 1);
        QCOMPARE(instance.first().first().toString(), feed()->index(0).data(IdRole).toString());
        // What is gone has its events left.
        m_fixture->stores().instances.remove({InstanceId(QStringLiteral("i-1"))});
        int gone = 0;
        while (gone + 1 < feed()->rowCount() && feed()->index(gone).data(IdRole).toString() != QLatin1String("i-1"))
            ++gone;
        QCOMPARE(feed()->index(gone).data(IdRole).toString(), QStringLiteral("i-1"));
        QTRY_VERIFY(!list->visualRect(feed()->index(gone)).isEmpty());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(feed()->index(gone)).center());
        QCOMPARE(instance.size(), 1);
        QCOMPARE(page.size(), 1);
        QCOMPARE(page.takeFirst().first().toString(), QStringLiteral("activity/events"));
        QTest::mouseClick(tile(QStringLiteral("Running")), Qt::LeftButton);
        QTest::keyClick(tile(QStringLiteral("Balance")), Qt::Key_Space);
        QTest::mouseClick(tile(QStringLiteral("API")), Qt::LeftButton);
        QTest::mouseClick(tile(QStringLiteral("Webhooks")), Qt::LeftButton);
        QCOMPARE(page.size(), 4);
        QCOMPARE(page.at(0).first().toString(), QStringLiteral("instances"));
        QCOMPARE(page.at(1).first().toString(), QStringLiteral("costs"));
        QCOMPARE(page.at(2).first().toString(), QStringLiteral("activity/requests"));
        QCOMPARE(page.at(3).first().toString(), QStringLiteral("webhooks"));
    }

    void everySituationHasAWayOut()
    {
        makePage();
        m_page->show();
        auto *banner = m_page->findChild<ErrorBanner *>();
        m_fixture->stores().instances.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
        QTRY_VERIFY2(banner->sentence().startsWith(QStringLiteral("The instances could not be read")), qPrintable(banner->sentence()));
        goOnline();
        QTRY_VERIFY2(banner->sentence().contains(QStringLiteral("no instance")), qPrintable(banner->sentence()));
        QSignalSpy create(m_page.get(), &Page::newInstanceRequested);
        press(QStringLiteral("New instance"));
        QCOMPARE(create.size(), 1);
        m_fixture->fill(3);
        QTRY_VERIFY(!banner->isShowing());
        for (int miss = 0; miss < 3; ++miss)
            m_fixture->stores().instances.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
        QTRY_VERIFY(banner->isShowing());
        m_fixture->fill(3);
        QTRY_VERIFY(!banner->isShowing());
    }

    void withoutAHistoryTheChartsSaySo()
    {
        UiFixture fixture;
        fixture.context().history.setProfile(ProfileId(QStringLiteral("p")), false);
        DashboardPage page(fixture.context());
        page.resize(1000, 700);
        page.show();
        QTRY_VERIFY(page.findChild<DashboardCharts *>()->problem());
        for (const ChartPanel *one : page.findChildren<ChartPanel *>())
            QVERIFY2(one->summary().startsWith(QStringLiteral("The history could not be read")), qPrintable(one->summary()));
        QTRY_VERIFY(page.findChild<ErrorBanner *>()->isShowing());
    }

    void anotherAccountShowsNothingOfThisOne()
    {
        m_bench->fillSamples(1, 0);
        makePage();
        m_page->show();
        QTRY_VERIFY(m_page->findChild<DashboardCharts *>()->hasPoints());
        m_fixture->context().history.setProfile(ProfileId(QStringLiteral("other")), false);
        m_fixture->stores().instances.reset();
        QVERIFY(!m_page->findChild<DashboardCharts *>()->hasPoints());
        QSignalSpy read(m_page->findChild<DashboardCharts *>(), &DashboardCharts::readDone);
        QTRY_VERIFY(!read.isEmpty());
        QVERIFY(!m_page->findChild<DashboardCharts *>()->hasPoints());
    }

    void fitsNarrowAndLarge_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("percent");
        QTest::newRow("1024") << 800 << 100;
        QTest::newRow("1280") << 1032 << 100;
        QTest::newRow("1280, twice the text") << 930 << 200;
        QTest::newRow("3840") << 3600 << 100;
    }
    void fitsNarrowAndLarge()
    {
        QFETCH(int, width);
        QFETCH(int, percent);
        m_fixture->theme().apply(ColorScheme::Light, percent);
        m_fixture->fill(12);
        makePage();
        m_page->resize(width, 720);
        m_page->show();
        QCoreApplication::processEvents();
        QVERIFY2(m_page->width() == width, qPrintable(QString::number(m_page->width()))); // nothing needs more
        for (const DashboardTile *one : m_page->findChildren<DashboardTile *>()) {
            QVERIFY(one->width() >= 150);
            QVERIFY(one->mapTo(m_page.get(), QPoint(one->width(), 0)).x() <= width);
        }
        for (const ChartPanel *one : m_page->findChildren<ChartPanel *>())
            QVERIFY(one->mapTo(m_page.get(), QPoint(one->width(), 0)).x() <= width);
        m_fixture->theme().apply(ColorScheme::Light, 100);
    }
};

QTEST_MAIN(TestDashboard)
#include "tst_dashboard.moc"
