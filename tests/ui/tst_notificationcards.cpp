// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/notificationcenter.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/support/uifixture.h"
#include "ui/mainwindow.h"
#include "ui/notificationcard.h"
#include "ui/notificationcards.h"
#include "ui/page.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

using namespace novita;
using namespace Qt::Literals::StringLiterals;

class TestNotificationCards : public QObject
{
    Q_OBJECT

    static Notification notice(NotificationKind kind, const QString &name)
    {
        Notification out;
        out.kind = kind;
        out.title = u"About “%1”"_s.arg(name);
        out.text = u"A sentence that is long enough to be broken into more than one line of the card it stands on."_s;
        out.urgency = NotificationUrgency::Critical;
        out.page = u"products"_s;
        out.actions = {{u"keep"_s, u"Keep running"_s}};
        out.key = name;
        return out;
    }
    /// Without a key the welcome page covers everything.
    static void connectSession(UiFixture &fixture)
    {
        fixture.context().session.setEnvironmentKey(u"sk_for_tests_only"_s);
        fixture.context().session.start();
        QTRY_VERIFY(fixture.context().session.connection() != ConnectionState::NoKey);
        QTRY_VERIFY(fixture.context().session.connection() != ConnectionState::NoProfile);
    }
    static QList<NotificationCard *> cards(const MainWindow &window)
    {
        QList<NotificationCard *> out;
        for (NotificationCard *card : window.findChildren<NotificationCard *>()) {
            if (card->isVisible())
                out.append(card);
        }
        return out;
    }

private slots:
    void standBelowThePageAndAnswer()
    {
        UiFixture fixture;
        connectSession(fixture);
        fixture.fill(5);
        MainWindow window(fixture.context());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QWidget *focusBefore = window.focusWidget();
        NotificationCenter &center = fixture.context().notifications;
        QStringList answers;
        connect(&center, &NotificationCenter::actionTriggered, this, [&](const Notification &told, const QString &action) { answers.append(told.key + u':' + action); });
        center.post(notice(NotificationKind::Guard, u"a"_s));
        center.post(notice(NotificationKind::Spot, u"b"_s));
        QTRY_COMPARE(cards(window).size(), 2);
        QCOMPARE(window.focusWidget(), focusBefore);
        const NotificationCard *first = cards(window).first();
        QCOMPARE(first->accessibleName(), u"About “a”"_s);
        const QRect place(first->mapTo(&window, QPoint(0, 0)), first->size());
        QVERIFY(window.rect().contains(place));
        const Page *page = window.currentPage();
        const auto covered = [&] { return QRect(page->mapTo(&window, QPoint(0, 0)), page->size()).intersects(QRect(first->mapTo(&window, QPoint(0, 0)), first->size())); };
        QTRY_VERIFY(!covered()); // neither details nor rows

        for (QPushButton *button : first->findChildren<QPushButton *>()) {
            if (button->text() == u"Keep running"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(answers, QStringList{u"a:keep"_s});
        QTRY_COMPARE(cards(window).size(), 1);
        for (QPushButton *button : cards(window).first()->findChildren<QPushButton *>()) {
            if (button->text() == u"Show"_s)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(window.currentPage()->pageId(), u"products"_s);
        QTRY_VERIFY(cards(window).isEmpty());
    }

    /// A low window has no lines for sentences: the title and the buttons stay, the sentence is in the tooltip.
    void takeOneLineOfALowWindow()
    {
        UiFixture fixture;
        connectSession(fixture);
        MainWindow window(fixture.context());
        window.resize(1100, 780);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const Notification told = notice(NotificationKind::Guard, u"a"_s);
        fixture.context().notifications.post(told);
        QTRY_COMPARE(cards(window).size(), 1);
        const NotificationCard *card = cards(window).first();
        const auto sentence = [&] {
            for (const QLabel *label : card->findChildren<QLabel *>()) {
                if (label->text() == told.text)
                    return label->isVisible();
            }
            return false;
        };
        fixture.theme().apply(ColorScheme::Light, 100);
        QTRY_VERIFY(sentence());
        fixture.theme().apply(ColorScheme::Light, 200);
        QTRY_VERIFY(!sentence());
        QCOMPARE(card->accessibleDescription(), told.text);
        int buttons = 0;
        for (const QPushButton *button : card->findChildren<QPushButton *>())
            buttons += button->isVisible() ? 1 : 0;
        QCOMPARE(buttons, 2); // what it offers, and Show
        fixture.theme().apply(ColorScheme::Light, 100);
        QTRY_VERIFY(sentence());
    }

    void holdBackWhatIsTooMuch()
    {
        UiFixture fixture;
        connectSession(fixture);
        MainWindow window(fixture.context());
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        NotificationCenter &center = fixture.context().notifications;
        for (const NotificationKind kind : {NotificationKind::Guard, NotificationKind::Spot, NotificationKind::JobEnded, NotificationKind::Schedule,
                                            NotificationKind::ProductWatch})
            center.post(notice(kind, QString::number(int(kind))));
        QTRY_COMPARE(cards(window).size(), NotificationCards::kMostCards);
        QPushButton *more = nullptr;
        for (QPushButton *button : window.findChildren<NotificationCards *>().first()->findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly))
            more = button;
        QVERIFY(more && more->isVisible() && more->text().contains(u'3'));
        for (QToolButton *close : cards(window).last()->findChildren<QToolButton *>())
            QTest::mouseClick(close, Qt::LeftButton);
        QTRY_VERIFY(more->text().contains(u'2'));
        QTest::mouseClick(more, Qt::LeftButton);
        QCOMPARE(window.currentPage()->pageId(), u"activity"_s);
        center.setProfile(ProfileId());
        QTRY_VERIFY(cards(window).isEmpty());
    }
};

QTEST_MAIN(TestNotificationCards)
#include "tst_notificationcards.moc"
