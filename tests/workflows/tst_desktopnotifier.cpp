// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingskeys.h"
#include "core/workflows/desktopnotifier.h"
#include "tests/workflows/fakenotifications.h"
#include "tests/workflows/noticebench.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

/// The desktop's side is played on a private bus.
class TestDesktopNotifier : public QObject
{
    Q_OBJECT

    static Notification countdown()
    {
        Notification out = NoticeBench::ready(u"box"_s);
        out.kind = NotificationKind::Guard;
        out.urgency = NotificationUrgency::Critical;
        out.text = u"Idle & <b>quiet</b>"_s;
        out.actions = {{u"keep"_s, u"Keep running"_s}};
        return out;
    }

private slots:
    void showsWithButtonsAndEscapedText()
    {
        FakeNotifications desktop;
        NoticeBench bench;
        DesktopNotifier notifier(*bench.center, bench.settings.get(), bench.clock);
        bench.center->post(countdown());
        QTRY_COMPARE(desktop.shown.size(), 1);
        const FakeNotifications::Shown shown = desktop.shown.first();
        QCOMPARE(shown.summary, u"“box” is ready"_s);
        QCOMPARE(shown.body, u"Idle &amp; &lt;b&gt;quiet&lt;/b&gt;"_s);
        QCOMPARE(shown.actions, QStringList({u"keep"_s, u"Keep running"_s, u"default"_s, u"Show"_s, u"show"_s, u"Show"_s}));
        QCOMPARE(shown.hints.value(u"urgency"_s).toInt(), 2);
        QCOMPARE(shown.timeout, 0);
    }

    void bringsTheAnswerBack()
    {
        FakeNotifications desktop;
        NoticeBench bench;
        DesktopNotifier notifier(*bench.center, bench.settings.get(), bench.clock);
        QStringList answers;
        connect(bench.center.get(), &NotificationCenter::actionTriggered, this, [&](const Notification &, const QString &action) { answers.append(action); });
        QSignalSpy opened(bench.center.get(), &NotificationCenter::openRequested);
        bench.center->post(countdown());
        QTRY_COMPARE(desktop.shown.size(), 1);
        QTRY_VERIFY(notifier.isReady());
        QTRY_VERIFY([&] { // the id of the notification comes with the reply
            desktop.press(desktop.shown.first().id, u"keep"_s);
            QCoreApplication::processEvents();
            return !answers.isEmpty();
        }());
        QCOMPARE(answers, QStringList{u"keep"_s});
        QVERIFY(bench.center->shown().isEmpty());
        QTRY_COMPARE(desktop.closed, QList<uint>{desktop.shown.first().id});

        bench.center->post(NoticeBench::ready(u"other"_s));
        QTRY_COMPARE(desktop.shown.size(), 2);
        QTRY_VERIFY([&] {
            desktop.press(desktop.shown.last().id, u"default"_s);
            QCoreApplication::processEvents();
            return !opened.isEmpty();
        }());
        desktop.press(9999, u"keep"_s); // of somebody else
        QCOMPARE(answers.size(), 1);
    }

    void replacesABurstAndDismisses()
    {
        FakeNotifications desktop;
        desktop.capabilities = {u"body"_s};
        NoticeBench bench;
        DesktopNotifier notifier(*bench.center, bench.settings.get(), bench.clock);
        for (int i = 0; i < 12; ++i)
            bench.center->post(NoticeBench::ready(u"b%1"_s.arg(i)));
        QTRY_VERIFY(!desktop.shown.isEmpty() && desktop.shown.last().summary.contains(u"12"_s));
        QVERIFY2(desktop.shown.size() <= 2, qPrintable(QString::number(desktop.shown.size())));
        QCOMPARE(desktop.shown.last().id, desktop.shown.first().id);
        QVERIFY(desktop.shown.last().actions.isEmpty()); // the service knows no buttons
        QTRY_VERIFY([&] {
            desktop.close(desktop.shown.last().id, 2);
            QCoreApplication::processEvents();
            return bench.center->shown().isEmpty();
        }());
    }

    void fadingInTheWindowLeavesTheDesktopAlone()
    {
        FakeNotifications desktop;
        NoticeBench bench;
        DesktopNotifier notifier(*bench.center, bench.settings.get(), bench.clock);
        bench.center->post(NoticeBench::ready(u"box"_s));
        Notification second = countdown();
        second.expiresAt = bench.clock.now() + NotificationCenter::kNormalStays;
        second.key = u"second"_s;
        bench.center->post(second);
        QTRY_COMPARE(desktop.shown.size(), 2);
        bench.clock.advance(NotificationCenter::kNormalStays);
        bench.center->wake();
        QTRY_COMPARE(desktop.closed.size(), 1); // the one that means nothing any more
        QVERIFY(bench.center->shown().isEmpty());
    }

    void isQuietWithoutAServiceAndTriesAgain()
    {
        NoticeBench bench;
        DesktopNotifier notifier(*bench.center, bench.settings.get(), bench.clock);
        bench.center->post(NoticeBench::ready(u"a"_s));
        QTest::qWait(50);
        QVERIFY(!notifier.isReady());
        QCOMPARE(bench.center->shown().size(), 1);
        FakeNotifications desktop;
        bench.center->post(countdown());
        bench.clock.advance(DesktopNotifier::kBetweenAttempts);
        bench.center->post(NoticeBench::ready(u"later"_s));
        QTRY_COMPARE(desktop.shown.size(), 1);
        QCOMPARE(desktop.shown.first().summary, u"“later” is ready"_s);
    }

    void canBeSwitchedOff()
    {
        FakeNotifications desktop;
        NoticeBench bench;
        QVERIFY(bench.settings->setValue(keys::kNotifyDesktop, false));
        DesktopNotifier notifier(*bench.center, bench.settings.get(), bench.clock);
        bench.center->post(countdown());
        QVERIFY(bench.settings->setValue(keys::kNotifyDesktop, true));
        Notification other = countdown();
        other.kind = NotificationKind::Schedule;
        other.key = u"other"_s;
        bench.center->post(other);
        QTRY_COMPARE(desktop.shown.size(), 1);
    }

    void aNewServiceCountsAnew()
    {
        NoticeBench bench;
        auto first = std::make_unique<FakeNotifications>(u"first"_s);
        DesktopNotifier notifier(*bench.center, bench.settings.get(), bench.clock);
        bench.center->post(countdown());
        QTRY_COMPARE(first->shown.size(), 1);
        QTRY_VERIFY(notifier.isReady());
        first.reset();
        FakeNotifications second(u"second"_s);
        QStringList answers;
        connect(bench.center.get(), &NotificationCenter::actionTriggered, this,
                [&](const Notification &notification, const QString &action) { answers.append(notification.key + u':' + action); });
        Notification other = countdown();
        other.kind = NotificationKind::Schedule;
        other.key = u"other"_s;
        bench.center->post(other);
        QTRY_COMPARE(second.shown.size(), 1);
        QTRY_VERIFY([&] {
            second.press(second.shown.first().id, u"keep"_s);
            QCoreApplication::processEvents();
            return !answers.isEmpty();
        }());
        QCOMPARE(answers, QStringList{u"other:keep"_s});
    }
};

QTEST_GUILESS_MAIN(TestDesktopNotifier)
#include "tst_desktopnotifier.moc"
