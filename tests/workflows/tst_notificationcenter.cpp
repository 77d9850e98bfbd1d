// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingskeys.h"
#include "tests/workflows/noticebench.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

class TestNotificationCenter : public QObject
{
    Q_OBJECT

private slots:
    void tellsOnceAndWritesItDown()
    {
        NoticeBench bench;
        bench.center->post(NoticeBench::ready(u"box"_s));
        bench.center->post(NoticeBench::ready(u"box"_s));
        QCOMPARE(bench.window.shown.size(), 1);
        const ShownNotification shown = bench.window.shown.first();
        QCOMPARE(shown.title, u"“box” is ready"_s);
        QCOMPARE(shown.actions.size(), 1);
        QCOMPARE(shown.actions.first().id, u"show"_s);
        QCOMPARE(bench.activity.events().size(), std::size_t(1));
        QCOMPARE(bench.activity.events().front().subjectId, u"box"_s);

        bench.center->forget(u"ready/box"_s);
        bench.center->post(NoticeBench::ready(u"box"_s));
        QCOMPARE(bench.activity.events().size(), std::size_t(2));
    }

    void remembersOverARestartWhatItShall()
    {
        NoticeBench bench;
        Notification low = NoticeBench::ready(u"low"_s);
        low.remembered = true;
        bench.center->post(low);
        bench.center->post(NoticeBench::ready(u"box"_s));
        bench.restart();
        bench.window.shown.clear();
        bench.center->post(low);
        QVERIFY(bench.window.shown.isEmpty());
        bench.center->post(NoticeBench::ready(u"box"_s));
        QCOMPARE(bench.window.shown.size(), 1);
        bench.center->forget(low.key);
        bench.restart();
        bench.window.shown.clear();
        bench.center->post(low);
        QCOMPARE(bench.window.shown.size(), 1);
    }

    void waitsForWhatItRemembers()
    {
        NoticeBench bench;
        Notification low = NoticeBench::ready(u"low"_s);
        low.remembered = true;
        bench.center->post(low);
        bench.window.shown.clear();
        bench.center->setProfile(ProfileId(u"p"_s));
        bench.center->post(low); // the keys are still on their way
        low.key = u"another"_s;
        bench.center->post(low);
        QVERIFY(bench.window.shown.isEmpty());
        QTRY_COMPARE(bench.window.shown.size(), 1);
        QCOMPARE(bench.center->shown().size(), 1);
    }

    void urgentOnesThatNobodyAnswersAreBounded()
    {
        NoticeBench bench;
        for (int i = 0; i < 300; ++i) {
            Notification urgent = NoticeBench::ready(u"box-%1"_s.arg(i));
            urgent.urgency = NotificationUrgency::Critical;
            bench.center->post(urgent);
            bench.clock.advance(2 * NotificationCenter::kBurst);
        }
        QCOMPARE(bench.center->shown().size(), 200);
        QCOMPARE(bench.center->shown().last().title, u"“box-299” is ready"_s);
    }

    void putsABurstTogether()
    {
        NoticeBench bench;
        for (int i = 0; i < 12; ++i)
            bench.center->post(NoticeBench::ready(u"box-%1"_s.arg(i)));
        QCOMPARE(bench.center->shown().size(), 1);
        const ShownNotification burst = bench.center->shown().first();
        QCOMPARE(burst.count, 12);
        QVERIFY2(burst.title.contains(u"12"_s), qPrintable(burst.title));
        QVERIFY2(burst.text.startsWith(u"box-0, box-1, box-2"_s), qPrintable(burst.text));
        QCOMPARE(bench.activity.events().size(), std::size_t(12));
        QSignalSpy opened(bench.center.get(), &NotificationCenter::openRequested);
        bench.center->trigger(burst.id, u"show"_s);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toString(), u"instances"_s);
        QVERIFY(bench.center->shown().isEmpty());

        bench.center->post(NoticeBench::ready(u"first"_s));
        bench.clock.advance(NotificationCenter::kBurst + Milliseconds(1));
        bench.center->post(NoticeBench::ready(u"second"_s));
        QCOMPARE(bench.center->shown().size(), 2);
    }

    void presentsABurstOnceInATurn()
    {
        NoticeBench bench;
        bench.window.shown.clear();
        for (int i = 0; i < 300; ++i)
            bench.center->post(NoticeBench::ready(u"box-%1"_s.arg(i)));
        QCOMPARE(bench.window.shown.size(), 1); // the first at once
        QTRY_COMPARE(bench.window.shown.size(), 2);
        QCOMPARE(bench.window.shown.last().count, 300);
        QCOMPARE(bench.window.shown.last().id, bench.window.shown.first().id);
        // What is gone by then is not brought back.
        bench.center->post(NoticeBench::ready(u"late"_s));
        bench.center->dismiss(bench.window.shown.last().id);
        QCoreApplication::processEvents();
        QCOMPARE(bench.window.shown.size(), 2);
    }

    void answersAllOfABurst()
    {
        NoticeBench bench;
        QList<QString> kept;
        connect(bench.center.get(), &NotificationCenter::actionTriggered, this,
                [&kept](const Notification &notification, const QString &action) { kept.append(notification.subjectId + u':' + action); });
        for (const QString &name : {u"a"_s, u"b"_s}) {
            Notification one = NoticeBench::ready(name);
            one.kind = NotificationKind::Guard;
            one.actions = {{u"keep"_s, u"Keep running"_s}};
            bench.center->post(one);
        }
        const ShownNotification both = bench.center->shown().first();
        bench.center->trigger(both.id, u"delete everything"_s); // never offered
        QVERIFY(kept.isEmpty());
        bench.center->trigger(both.id, u"keep"_s);
        QCOMPARE(kept, QStringList({u"a:keep"_s, u"b:keep"_s}));
        QCOMPARE(bench.window.gone, (QList<std::pair<NotificationId, NotificationEnd>>{{both.id, NotificationEnd::Seen}}));
    }

    void theNewestStandsForItsSubject()
    {
        NoticeBench bench;
        QStringList asked;
        connect(bench.center.get(), &NotificationCenter::actionTriggered, this,
                [&asked](const Notification &notification, const QString &action) { asked.append(notification.key + u':' + action); });
        Notification stage = NoticeBench::ready(u"box"_s);
        stage.kind = NotificationKind::Spot;
        stage.actions = {{u"migrate"_s, u"Migrate now"_s}};
        stage.key = u"noticed"_s;
        bench.center->post(stage);
        stage.key = u"reclaimed"_s;
        stage.title = u"The spot GPU of “box” was reclaimed"_s;
        bench.center->post(stage);
        QCOMPARE(bench.center->shown().size(), 1);
        const ShownNotification one = bench.center->shown().first();
        QCOMPARE(one.count, 1);
        QCOMPARE(one.title, stage.title);
        QTRY_COMPARE(bench.window.shown.last().title, stage.title);
        QCOMPARE(bench.activity.events().size(), std::size_t(2)); // both have happened
        // Another instance joins it as the second.
        Notification other = NoticeBench::ready(u"other"_s);
        other.kind = NotificationKind::Spot;
        other.actions = stage.actions;
        bench.center->post(other);
        QCOMPARE(bench.center->shown().first().count, 2);
        bench.center->trigger(one.id, u"migrate"_s);
        QCOMPARE(asked, QStringList({u"reclaimed:migrate"_s, other.key + u":migrate"_s}));
    }

    void leavesOutWhatIsSwitchedOff()
    {
        NoticeBench bench;
        QVERIFY(bench.settings->setValue(keys::kNotifyReady, false));
        bench.center->post(NoticeBench::ready(u"box"_s));
        QVERIFY(bench.window.shown.isEmpty());
        QCOMPARE(bench.activity.events().size(), std::size_t(1));
    }

    void takesAwayWhatHasHadItsTime()
    {
        NoticeBench bench;
        bench.center->post(NoticeBench::ready(u"normal"_s));
        Notification grave = NoticeBench::ready(u"grave"_s);
        grave.kind = NotificationKind::StartFailed;
        grave.urgency = NotificationUrgency::Critical;
        bench.center->post(grave);
        Notification countdown = NoticeBench::ready(u"countdown"_s);
        countdown.kind = NotificationKind::Guard;
        countdown.urgency = NotificationUrgency::Critical;
        countdown.expiresAt = bench.clock.now() + Seconds(300);
        bench.center->post(countdown);
        const NotificationId normal = bench.center->shown().first().id;

        bench.clock.advance(NotificationCenter::kNormalStays);
        bench.center->wake();
        QCOMPARE(bench.center->shown().size(), 2);
        QCOMPARE(bench.window.gone.last().second, NotificationEnd::Faded);
        bench.clock.advance(Seconds(300));
        bench.center->wake();
        QCOMPARE(bench.center->shown().size(), 1);
        QCOMPARE(bench.window.gone.last().second, NotificationEnd::Over);
        // The desktop may still show what has faded, and its button works.
        QSignalSpy opened(bench.center.get(), &NotificationCenter::openRequested);
        bench.center->trigger(normal, u"show"_s);
        QCOMPARE(opened.size(), 1);
        bench.center->withdraw(u"ready/grave"_s);
        QVERIFY(bench.center->shown().isEmpty());
    }

    void cleansHostileTexts()
    {
        NoticeBench bench;
        Notification odd = NoticeBench::ready(u"x"_s);
        odd.title = u"line one\nline\u202etwo sk_PLANTED0123456789abcdef"_s;
        odd.text = QString(5000, u'y');
        bench.center->post(odd);
        const ShownNotification shown = bench.center->shown().first();
        QVERIFY(!shown.title.contains(u'\n') && !shown.title.contains(u'\u202e') && !shown.title.contains(u"PLANTED"_s));
        QVERIFY(shown.text.size() <= 400);
    }

    void anotherProfileStartsWithNothing()
    {
        NoticeBench bench;
        bench.center->post(NoticeBench::ready(u"box"_s));
        bench.center->setProfile(ProfileId(u"other"_s));
        QVERIFY(bench.center->shown().isEmpty());
        QCOMPARE(bench.window.gone.size(), 1);
    }

    void whatIsOfTheProgramOutlivesTheProfile()
    {
        NoticeBench bench;
        Notification warning = programWarning(NotificationKind::WebhookReceiver, u"Webhooks are not received"_s, u"The port is taken."_s, u"webhooks/inbox"_s);
        warning.key = u"receiver"_s;
        bench.center->post(warning);
        bench.center->post(NoticeBench::ready(u"box"_s));
        bench.center->setProfile(ProfileId(u"other"_s));
        QCOMPARE(bench.center->shown().size(), 1);
        QCOMPARE(bench.center->shown().first().title, warning.title);
        bench.center->dismiss(bench.center->shown().first().id);
        bench.center->post(warning);
        QVERIFY(bench.center->shown().isEmpty()); // told before
        bench.center->takeBack(warning.key);
        bench.center->post(warning);
        QCOMPARE(bench.center->shown().size(), 1);
        bench.center->takeBack(warning.key);
        QVERIFY(bench.center->shown().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestNotificationCenter)
#include "tst_notificationcenter.moc"
