// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/support/uifixture.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/theme.h"
#include "ui/tray/tray.h"
#include "ui/tray/trayarea.h"
#include "ui/tray/trayicon.h"

#include <QAction>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>
#include <QTest>

#include <memory>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

namespace {

/// A desktop that remembers what it was given.
class FakeArea final : public TrayArea
{
public:
    bool isAvailable() const override { return available; }
    void setWanted(bool on) override { wanted = on; }
    void setIcon(const QIcon &given) override
    {
        icon = given;
        ++iconsSet;
    }
    void setToolTip(const QString &text) override { toolTip = text; }
    void setMenu(QMenu *given) override { menu = given; }
    void showMessage(const QString &title, const QString &) override { messages.append(title); }

    void setAvailable(bool on)
    {
        available = on;
        emit availabilityChanged();
    }

    bool available = true;
    bool wanted = false;
    int iconsSet = 0;
    QIcon icon;
    QString toolTip;
    QPointer<QMenu> menu;
    QStringList messages;
};

struct Bench
{
    explicit Bench(bool trayThere = true)
    {
        fixture.context().session.setEnvironmentKey(u"sk_for_tests_only"_s);
        fixture.context().session.start();
        area.available = trayThere;
        window = std::make_unique<MainWindow>(fixture.context());
        tray = std::make_unique<Tray>(fixture.context(), area, *window);
        window->show();
    }
    ~Bench() { QGuiApplication::setQuitOnLastWindowClosed(true); }

    QStringList lines() const
    {
        QStringList out;
        for (const QAction *line : area.menu->actions()) {
            if (line->isVisible() && !line->isSeparator())
                out.append(line->text());
        }
        return out;
    }
    QAction *line(const QString &text) const
    {
        for (QAction *line : area.menu->actions()) {
            if (line->isVisible() && line->text() == text)
                return line;
        }
        return nullptr;
    }
    void keepRunning() { QVERIFY(fixture.settings().setValue(keys::kCloseToTray, true)); }

    UiFixture fixture;
    FakeArea area;
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<Tray> tray;
};

Notification notice(const QString &title)
{
    Notification out;
    out.kind = NotificationKind::Schedule;
    out.title = title;
    out.page = u"products"_s;
    out.key = title;
    out.urgency = NotificationUrgency::Critical;
    return out;
}

StatusInput numbers()
{
    StatusInput in;
    in.profileName = u"Production"_s;
    in.connection = ConnectionState::Connected;
    in.fleet.total = 6;
    in.fleet.running = 3;
    in.fleet.transitional = 1;
    in.fleet.stopped = 2;
    in.fleet.burnPerHour = Money::fromPriceUnits(421000);
    in.dataAt = TimePoint(Milliseconds(1'800'000'000'000));
    in.now = *in.dataAt;
    return in;
}

/// Share of pixels in the lower right corner that are of this colour.
double cornerShare(const QIcon &icon, int size, const QColor &color)
{
    const QImage image = icon.pixmap(size, size).toImage().convertToFormat(QImage::Format_ARGB32);
    int hits = 0;
    int all = 0;
    for (int y = size / 2; y < size; ++y) {
        for (int x = size / 2; x < size; ++x) {
            ++all;
            hits += image.pixelColor(x, y) == color ? 1 : 0;
        }
    }
    return static_cast<double>(hits) / all;
}

} // namespace

/// The desktop's side is played.
class TestTray : public QObject
{
    Q_OBJECT

private slots:
    void saysHowManyAndWhatTheyCost()
    {
        const TrayTexts texts = trayTexts(numbers());
        QCOMPARE(texts.running, u"3 running"_s);
        QCOMPARE(texts.changing, u"1 changing"_s);
        QCOMPARE(texts.stopped, u"2 stopped"_s);
        QVERIFY(texts.failed.isEmpty());
        QCOMPARE(texts.burn, u"$4.21/h burning"_s);
        QVERIFY(texts.connection.isEmpty());
        QCOMPARE(texts.tone, StateTone::Idle);
        QVERIFY(texts.toolTip.startsWith(u"Novita Console – Production\n3 running, 1 changing, 2 stopped\n$4.21/h burning\nAs of "_s));
    }

    void saysWhatIsWrong()
    {
        StatusInput in = numbers();
        in.connection = ConnectionState::Offline;
        TrayTexts texts = trayTexts(in);
        QCOMPARE(texts.connection, u"Offline"_s);
        QCOMPARE(texts.tone, StateTone::Bad);
        QVERIFY(texts.toolTip.contains(u"\nOffline\n"_s));

        in = numbers();
        in.fleet.failed = 1;
        texts = trayTexts(in);
        QCOMPARE(texts.failed, u"1 failed"_s);
        QCOMPARE(texts.tone, StateTone::Bad);

        in = numbers();
        in.balance = Money::fromPriceUnits(2000000);
        in.balanceAt = in.now;
        in.fleet.balanceLasts = std::chrono::hours(5);
        texts = trayTexts(in);
        QVERIFY(texts.balance.startsWith(u"balance $20.00, ends "_s));
        QCOMPARE(texts.tone, StateTone::Warn);
    }

    void saysNothingThatWasNotRead()
    {
        StatusInput in;
        in.connection = ConnectionState::NoKey;
        in.profileName = u"<b>odd</b>"_s;
        const TrayTexts texts = trayTexts(in);
        QVERIFY(texts.running.isEmpty() && texts.burn.isEmpty());
        QCOMPARE(texts.connection, u"No API key"_s);
        QVERIFY(!texts.toolTip.contains(u'<'));
    }

    void theMenuFollowsTheFleet()
    {
        Bench bench;
        QVERIFY(bench.area.menu);
        bench.fixture.fill(4);
        QTRY_VERIFY2(bench.lines().join(u'|').contains(u"running"_s), qPrintable(bench.lines().join(u'|')));
        QVERIFY(bench.lines().join(u'|').contains(u"burning"_s));
        QCOMPARE(bench.lines().mid(bench.lines().size() - 3), QStringList({u"Hide window"_s, u"Open dashboard"_s, u"Quit"_s}));
        QVERIFY(bench.area.toolTip.contains(u"running"_s));
        bench.line(u"Open dashboard"_s)->trigger();
        QCOMPARE(bench.window->currentPage()->pageId(), u"dashboard"_s);
    }

    void theNewestNotificationsAreThere()
    {
        Bench bench;
        bench.fixture.context().notifications.post(notice(u"R&D is ready"_s));
        QTRY_VERIFY2(bench.line(u"R&&D is ready"_s), qPrintable(bench.lines().join(u'|')));
        bench.line(u"R&&D is ready"_s)->trigger();
        QCOMPARE(bench.window->currentPage()->pageId(), u"products"_s);
        QTRY_VERIFY(!bench.line(u"R&&D is ready"_s));
    }

    void theIconIsDrawnAnewOnlyWhenItsMarkChanges()
    {
        Bench bench;
        bench.fixture.fill(4);
        QTRY_VERIFY(bench.area.toolTip.contains(u"running"_s));
        const int before = bench.area.iconsSet;
        Notification problem = notice(u"Something failed"_s);
        problem.severity = EventSeverity::Problem;
        bench.fixture.context().notifications.post(problem);
        QTRY_VERIFY(bench.line(u"Something failed"_s));
        QVERIFY(bench.area.iconsSet <= before + 1);
        QVERIFY(cornerShare(bench.area.icon, 32, bench.fixture.theme().toneColor(StateTone::Bad)) > 0.3);
    }

    void theMarkIsThereAtEverySize()
    {
        UiFixture fixture;
        for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
            fixture.theme().apply(scheme, 100);
            for (const int size : {16, 22, 24, 32, 48, 64}) {
                const QColor bad = fixture.theme().toneColor(StateTone::Bad);
                const QColor warn = fixture.theme().toneColor(StateTone::Warn);
                QVERIFY(cornerShare(trayIcon(fixture.theme(), StateTone::Bad), size, bad) > 0.3);
                QVERIFY(cornerShare(trayIcon(fixture.theme(), StateTone::Warn), size, warn) > 0.2);
                QCOMPARE(cornerShare(trayIcon(fixture.theme(), StateTone::Good), size, bad), 0.0);
                QCOMPARE(trayIcon(fixture.theme(), StateTone::Good).pixmap(size, size).width(), size);
            }
        }
    }

    void closingEndsTheProgramUnlessItIsWantedOtherwise()
    {
        Bench bench;
        QVERIFY(bench.window->close());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
        QVERIFY(bench.area.messages.isEmpty());
    }

    void closingHidesWhereItIsWanted()
    {
        Bench bench;
        bench.keepRunning();
        QVERIFY(!bench.window->close());
        QVERIFY(!bench.window->isVisible());
        QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
        QCOMPARE(bench.area.messages.size(), 1);
        QTRY_VERIFY(bench.line(u"Show window"_s));
        bench.line(u"Show window"_s)->trigger();
        QVERIFY(bench.window->isVisible());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
        QVERIFY(!bench.window->close());
        QCOMPARE(bench.area.messages.size(), 1); // once is enough
        emit bench.area.activated();
        QVERIFY(bench.window->isVisible());
    }

    void neverHidesWhereThereIsNoTray()
    {
        Bench bench(false);
        bench.keepRunning();
        QVERIFY(bench.window->close());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
    }

    void theWindowComesBackWhenTheTrayGoes()
    {
        Bench bench;
        bench.keepRunning();
        QVERIFY(!bench.window->close());
        bench.area.setAvailable(false);
        QVERIFY(bench.window->isVisible());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
        QVERIFY(bench.window->close());
    }

    void aTrayThatComesLateIsUsed()
    {
        Bench bench(false);
        bench.fixture.fill(2);
        QCOMPARE(bench.area.iconsSet, 0);
        bench.area.setAvailable(true);
        QTRY_VERIFY(bench.area.toolTip.contains(u"running"_s));
        QVERIFY(!bench.area.icon.isNull());
        bench.keepRunning();
        QVERIFY(!bench.window->close());
    }

    void theIconCanBeSwitchedOff()
    {
        Bench bench;
        QVERIFY(bench.area.wanted);
        bench.keepRunning();
        QVERIFY(!bench.window->close());
        QVERIFY(bench.fixture.settings().setValue(keys::kTrayIcon, false));
        QVERIFY(!bench.area.wanted);
        QVERIFY(bench.window->isVisible());
        QVERIFY(bench.window->close());
    }

    void quitEndsTheProgramWhateverClosingDoes()
    {
        Bench bench;
        bench.keepRunning();
        bench.window->quit();
        QVERIFY(!bench.window->isVisible());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed()); // so that it does end
        QVERIFY(bench.area.messages.isEmpty());
    }
};

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
