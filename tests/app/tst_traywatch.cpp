// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktoptray.h"
#include "app/traywatch.h"
#include "tests/app/faketraywatcher.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

/// On a private bus, where this program also plays the panel.
class TestTrayWatch : public QObject
{
    Q_OBJECT

private slots:
    void findsThePanelThatIsThere()
    {
        FakeTrayWatcher panel(u"early"_s);
        panel.setHost(true);
        const TrayWatch watch({});
        QVERIFY(!watch.isThere()); // nobody waits for the bus
        QTRY_VERIFY(watch.isThere());
    }

    void findsThePanelThatComesLateAndGoes()
    {
        TrayWatch watch({});
        QSignalSpy changed(&watch, &TrayWatch::changed);
        QTest::qWait(50);
        QVERIFY(!watch.isThere());
        auto panel = std::make_unique<FakeTrayWatcher>(u"late"_s);
        QTest::qWait(50);
        QVERIFY(!watch.isThere()); // who keeps the list shows no icons yet
        QTRY_VERIFY([&] { // the first answer tells who to listen to
            panel->setHost(true);
            QCoreApplication::processEvents();
            return watch.isThere();
        }());
        panel->setHost(false);
        QTRY_VERIFY(!watch.isThere());
        panel->setHost(true);
        QTRY_VERIFY(watch.isThere());
        panel.reset(); // crashed
        QTRY_VERIFY(!watch.isThere());
        panel = std::make_unique<FakeTrayWatcher>(u"again"_s);
        panel->setHost(true);
        QTRY_VERIFY(watch.isThere());
        QCOMPARE(changed.size(), 5);
    }

    void takesTheTrayOfX11WhereTheBusHasNone()
    {
        const TrayWatch watch([] { return true; });
        QVERIFY(!watch.isThere());
        QTRY_VERIFY(watch.isThere());
    }

    void prefersThePanelOnTheBus()
    {
        FakeTrayWatcher panel(u"both"_s);
        panel.setHost(true);
        int asked = 0;
        const TrayWatch watch([&asked] {
            ++asked;
            return true;
        });
        QTRY_VERIFY(watch.isThere());
        QCOMPARE(asked, 0);
        panel.setHost(false); // Qt has chosen the bus and stays with it
        QTRY_VERIFY(!watch.isThere());
    }

    void believesNoPanelThatQtCannotUse()
    {
        FakeTrayWatcher panel(u"useless"_s);
        panel.setHost(true);
        DesktopTray tray;
        tray.setWanted(true);
        QSignalSpy changed(&tray, &TrayArea::availabilityChanged);
        QTest::qWait(50);
        QVERIFY(!tray.isAvailable()); // a platform without a screen has no tray
        QVERIFY(changed.isEmpty());
    }
};

QTEST_MAIN(TestTrayWatch)
#include "tst_traywatch.moc"
