// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "tests/ui/activitysamples.h"
#include "ui/commandpalette.h"
#include "ui/createwizard/createwizard.h"
#include "ui/mainwindow.h"
#include "ui/noticebar.h"
#include "ui/page.h"
#include "ui/theme.h"
#include "ui/welcome/welcomepage.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/tableview.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QTimer>

using namespace novita;

namespace {

bool isInteractive(const QWidget *widget)
{
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
        || qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QTabBar *>(widget);
}

bool isPartOfAnother(const QWidget *widget)
{
    // Parts that Qt makes itself inside a combo box, a table or a line edit carry their owner's name.
    for (const QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (qobject_cast<const QComboBox *>(parent) || qobject_cast<const QLineEdit *>(parent) || parent->inherits("QAbstractSpinBox")
            || qobject_cast<const QAbstractItemView *>(parent) || qobject_cast<const QTabBar *>(parent))
            return true;
    }
    return false;
}

QString described(const QWidget *widget)
{
    QString path;
    for (const QWidget *w = widget; w; w = w->parentWidget())
        path.prepend(QStringLiteral("/%1#%2").arg(QLatin1String(w->metaObject()->className()), w->objectName()));
    return path;
}

QStringList unnamed(const QWidget &root)
{
    QStringList out;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible() || !isInteractive(widget) || isPartOfAnother(widget))
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (!qobject_cast<const QComboBox *>(widget)) {
            if (widget->accessibleName().isEmpty() && (!button || button->text().isEmpty()))
                out.append(described(widget));
        } else { // it shows its text as its name: only a label buddy names it
            bool buddy = false;
            for (const QLabel *label : root.findChildren<QLabel *>())
                buddy = buddy || label->buddy() == widget;
            if (!buddy)
                out.append(QStringLiteral("no label: ") + described(widget));
        }
    }
    return out;
}

QStringList cutOff(const QWidget &root)
{
    QStringList out;
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty() || qobject_cast<const ElidedLabel *>(label))
            continue;
        const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        if ((!label->wordWrap() && label->sizeHint().width() > label->width()) || needed > label->height())
            out.append(described(label) + QStringLiteral(": ") + label->text());
    }
    for (const QAbstractButton *button : root.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !button->text().isEmpty() && button->inherits("QPushButton") && button->width() < button->minimumSizeHint().width())
            out.append(described(button) + QStringLiteral(": ") + button->text());
    }
    return out;
}

} // namespace

class TestMainWindow final : public QObject
{
    Q_OBJECT

    /// False when the palette does not open.
    static bool runFromPalette(const MainWindow &window, const QString &words)
    {
        for (QAction *action : window.actions()) {
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_K))
                action->trigger();
        }
        const auto *palette = window.findChild<CommandPalette *>();
        if (!palette->isVisible())
            return false;
        auto *input = palette->findChild<QLineEdit *>();
        QTest::keyClicks(input, words);
        QTest::keyClick(input, Qt::Key_Return);
        return true;
    }
    static void connectSession(UiFixture &fixture)
    {
        fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_tests_only"));
        fixture.context().session.start();
        QTRY_VERIFY(fixture.context().session.connection() != ConnectionState::NoKey);
        QTRY_VERIFY(fixture.context().session.connection() != ConnectionState::NoProfile);
    }

    static QStringList everyPage()
    {
        return {QStringLiteral("dashboard"), QStringLiteral("instances"), QStringLiteral("products"), QStringLiteral("templates"), QStringLiteral("images/create"), QStringLiteral("images/gallery"), QStringLiteral("images/queue"), QStringLiteral("images/models"), QStringLiteral("costs"), QStringLiteral("webhooks/inbox"), QStringLiteral("webhooks/outgoing"), QStringLiteral("activity/requests"), QStringLiteral("activity/events"), QStringLiteral("activity/operations"), QStringLiteral("activity/log"),
                QStringLiteral("settings/general"), QStringLiteral("settings/profiles"), QStringLiteral("settings/network"),
                QStringLiteral("settings/monitoring"), QStringLiteral("settings/notifications"), QStringLiteral("settings/webhooks"), QStringLiteral("settings/appearance")};
    }

private slots:
    void everythingIsNamedAndNothingIsCutOff_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<int>("percent");
        QTest::newRow("light") << false << 100;
        QTest::newRow("dark") << true << 100;
        QTest::newRow("light, large text") << false << 160;
    }
    void everythingIsNamedAndNothingIsCutOff()
    {
        QFETCH(bool, dark);
        QFETCH(int, percent);
        UiFixture fixture;
        fixture.theme().apply(dark ? ColorScheme::Dark : ColorScheme::Light, percent);
        fillActivity(fixture.stores().activity, fixture.clock());
        MainWindow window(fixture.context());
        window.resize(1280, 800);
        window.show();
        QVERIFY(window.findChild<WelcomePage *>()->isVisible());
        QCoreApplication::processEvents();
        QVERIFY2(unnamed(window).isEmpty(), qPrintable(unnamed(window).join(QLatin1Char('\n'))));
        QVERIFY2(cutOff(window).isEmpty(), qPrintable(cutOff(window).join(QLatin1Char('\n'))));
        connectSession(fixture);
        QTRY_VERIFY(!window.findChild<WelcomePage *>()->isVisible());
        for (const QString &page : everyPage()) {
            QVERIFY(window.openPage(page));
            QCoreApplication::processEvents();
            QVERIFY2(unnamed(window).isEmpty(), qPrintable(unnamed(window).join(QLatin1Char('\n'))));
            QVERIFY2(cutOff(window).isEmpty(), qPrintable(cutOff(window).join(QLatin1Char('\n'))));
        }
    }

    void pagesOpenByIdAndByShortcut()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        QVERIFY(!window.openPage(QStringLiteral("no-such-page")));
        QVERIFY(window.openPage(QStringLiteral("activity/log")));
        QCOMPARE(window.currentPage()->pageId(), QStringLiteral("activity"));
        for (int i = 0; i < window.pages().size(); ++i) {
            const QKeySequence wanted(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + i));
            QAction *found = nullptr;
            for (QAction *action : window.actions())
                found = action->shortcut() == wanted ? action : found;
            QVERIFY(found);
            found->trigger();
            QCOMPARE(window.currentPage(), window.pages().at(i));
        }
    }

    void theKeyboardStartsInThePagesList()
    {
        UiFixture fixture;
        fixture.fill(5);
        fillActivity(fixture.stores().activity, fixture.clock());
        MainWindow window(fixture.context());
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        connectSession(fixture);
        QTRY_VERIFY(!window.findChild<WelcomePage *>()->isVisible());
        QTRY_VERIFY(qobject_cast<QAbstractItemView *>(window.focusWidget()));
        for (Page *page : window.pages()) {
            QVERIFY(window.openPage(page->pageId()));
            const QWidget *focus = window.focusWidget();
            QVERIFY(focus && page->isAncestorOf(focus));
            // A list that is empty has its button instead; where pictures are made, the prompt is what it is about.
            const bool isPrompt = page->pageId() == QLatin1String("images") && qobject_cast<const QPlainTextEdit *>(focus);
            QVERIFY2(isPrompt || qobject_cast<const QAbstractItemView *>(focus) || qobject_cast<const QPushButton *>(focus), qPrintable(described(focus)));
        }
        // The same page again: out of the filter.
        window.openPage(QStringLiteral("products"));
        window.currentPage()->focusFilter();
        QVERIFY(qobject_cast<QLineEdit *>(window.focusWidget()));
        window.openPage(QStringLiteral("products"));
        QVERIFY(!qobject_cast<QLineEdit *>(window.focusWidget()));
    }

    void everyActionIsInAMenu()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        QSet<QAction *> inMenus;
        for (QAction *top : window.menuBar()->actions()) {
            const auto *menu = top->menu<QMenu *>();
            for (QAction *action : menu->actions())
                inMenus.insert(action);
        }
        for (QAction *action : window.actions())
            QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    }

    void sessionComesBack()
    {
        UiFixture fixture;
        {
            MainWindow window(fixture.context());
            window.show();
            connectSession(fixture);
            window.resize(1111, 777);
            window.openPage(QStringLiteral("settings/network"));
            window.saveSession();
        }
        MainWindow window(fixture.context());
        window.restoreSession();
        QCOMPARE(window.currentPage()->pageId(), QStringLiteral("settings"));
        QCOMPARE(window.currentPage()->saveState().value(QStringLiteral("section")).toString(), QStringLiteral("network"));
        QVERIFY(fixture.settings().setValue(keys::kPageState, QStringLiteral("[broken")).ok());
        QVERIFY(fixture.settings().setValue(keys::kWindowGeometry, QStringLiteral("{\"version\":1,\"width\":-5}")).ok());
        MainWindow other(fixture.context());
        other.restoreSession();
        QVERIFY(other.width() > 0);
    }

    void paletteFindsAndRuns()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        QTRY_VERIFY(!window.findChild<WelcomePage *>()->isVisible());
        QVERIFY(runFromPalette(window, QStringLiteral("appearance")));
        QVERIFY(!window.findChild<CommandPalette *>()->isVisible());
        QCOMPARE(window.currentPage()->pageId(), QStringLiteral("settings"));
    }

    void thePaletteLeadsToTheLanguageModels()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        QTRY_VERIFY(!window.findChild<WelcomePage *>()->isVisible());
        window.openPage(QStringLiteral("instances"));
        QVERIFY(runFromPalette(window, QStringLiteral("language models")));
        QCOMPARE(window.currentPage()->pageId(), QStringLiteral("images"));
        const auto *tabs = window.currentPage()->findChild<QTabWidget *>();
        QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Language models"));
    }

    void paletteCreatesNothingWithoutAKey()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        QVERIFY(window.findChild<WelcomePage *>()->isVisible());
        for (QAction *action : window.actions()) {
            if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_K))
                action->trigger();
        }
        const auto *list = window.findChild<CommandPalette *>()->findChild<QListWidget *>();
        QVERIFY(list->count() > 0);
        for (int i = 0; i < list->count(); ++i)
            QVERIFY2(!list->item(i)->text().startsWith(QStringLiteral("New instance")), qPrintable(list->item(i)->text()));
    }

    void noticesAddUpAndGo()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        window.showNotice(QStringLiteral("The first sentence."));
        window.showNotice(QStringLiteral("The second sentence."));
        ErrorBanner *banner = nullptr;
        for (ErrorBanner *candidate : window.findChildren<ErrorBanner *>()) {
            if (candidate->sentence().contains(QStringLiteral("first")))
                banner = candidate;
        }
        QVERIFY(banner);
        QVERIFY(banner->sentence().contains(QStringLiteral("second")));
        for (QAbstractButton *button : banner->findChildren<QAbstractButton *>()) {
            if (button->text() == QLatin1String("Dismiss"))
                button->click();
        }
        QVERIFY(!banner->isShowing());
    }

    void aRejectedKeyIsTriedAgainOverThePage()
    {
        UiFixture fixture;
        CatalogCloud cloud;
        bool rejects = true;
        fixture.network().setResponder([&](const FakeRequest &request) {
            return rejects ? FakeAnswer::payload(R"({"code":401,"reason":"UNAUTHORIZED","message":"no such key"})", 401) : cloud.answer(request);
        });
        const SessionController &session = fixture.context().session;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        QTRY_COMPARE(session.connection(), ConnectionState::KeyRejected);
        const auto tryAgain = [&window]() -> QAbstractButton * {
            const auto *bar = window.findChild<NoticeBar *>();
            for (const ErrorBanner *banner : bar->findChildren<ErrorBanner *>()) {
                if (!banner->isShowing() || !banner->sentence().contains(QStringLiteral("NOVITA_API_KEY")))
                    continue;
                for (QAbstractButton *button : banner->findChildren<QAbstractButton *>()) {
                    if (button->text() == QLatin1String("Try again"))
                        return button;
                }
            }
            return nullptr;
        };
        QVERIFY(tryAgain());
        const int before = fixture.network().count();
        tryAgain()->click();
        QTRY_VERIFY(fixture.network().count() > before);
        QTRY_COMPARE(session.connection(), ConnectionState::KeyRejected);
        QVERIFY(tryAgain());

        rejects = false;
        QTest::keyClick(&window, Qt::Key_F5);
        QTRY_COMPARE(session.connection(), ConnectionState::Connected);
        QVERIFY(!tryAgain());
    }

    void goodNewsGoesByItself()
    {
        UiFixture fixture;
        NoticeBar bar(fixture.context());
        bar.show();
        const auto says = [&bar](const QString &words) {
            for (const ErrorBanner *banner : bar.findChildren<ErrorBanner *>()) {
                if (banner->isShowing() && banner->sentence().contains(words))
                    return true;
            }
            return false;
        };
        bar.showNotice(QStringLiteral("Stays."));
        bar.showNews(StateTone::Good, QStringLiteral("Connected."));
        QVERIFY(says(QStringLiteral("Connected")));
        bar.showNews(StateTone::Wait, QStringLiteral("Working."));
        QVERIFY(!says(QStringLiteral("Connected")));
        bar.showNews(StateTone::Good, QStringLiteral("Done."), QStringLiteral("Show"), QStringLiteral("instances/i-1"));
        QCOMPARE(bar.findChild<QTimer *>()->remainingTime() > 0, true);
        QSignalSpy asked(&bar, &NoticeBar::pageRequested);
        for (QAbstractButton *button : bar.findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == QLatin1String("Show"))
                button->click();
        }
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().toString(), QStringLiteral("instances/i-1"));
        QVERIFY(!says(QStringLiteral("Done")));
        bar.showNews(StateTone::Good, QStringLiteral("Again."));
        // The wait itself is the timer's business.
        bar.findChild<QTimer *>()->start(0);
        QTRY_VERIFY(!says(QStringLiteral("Again")));
        QVERIFY(says(QStringLiteral("Stays")));
    }

    void goodNewsTakesNoWarningAway()
    {
        UiFixture fixture;
        NoticeBar bar(fixture.context());
        bar.show();
        const auto says = [&bar](const QString &words) {
            for (const ErrorBanner *banner : bar.findChildren<ErrorBanner *>()) {
                if (banner->isShowing() && banner->sentence().contains(words))
                    return true;
            }
            return false;
        };
        bar.showNews(StateTone::Wait, QStringLiteral("Working."));
        bar.showNews(StateTone::Warn, QStringLiteral("It is not known whether X was created."));
        QVERIFY(!says(QStringLiteral("Working")));
        bar.showNews(StateTone::Good, QStringLiteral("Connected."));
        QVERIFY(says(QStringLiteral("Connected")));
        QVERIFY(says(QStringLiteral("not known")));
        bar.findChild<QTimer *>()->start(0);
        QTRY_VERIFY(!says(QStringLiteral("Connected")));
        bar.showNews(StateTone::Idle, {});
        bar.showNotice(QStringLiteral("The disk is full."));
        bar.showNews(StateTone::Warn, QStringLiteral("It is not known whether X was created."));
        QVERIFY(says(QStringLiteral("not known")));
        QVERIFY(says(QStringLiteral("disk is full")));
        for (QAbstractButton *button : bar.findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == QLatin1String("Dismiss"))
                button->click();
        }
        QVERIFY(!says(QStringLiteral("not known")));
    }

    void theTitleIsThatOfWhatIsSeen()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        QVERIFY(window.findChild<WelcomePage *>()->isVisible());
        QCOMPARE(window.windowTitle(), QStringLiteral("Novita Console"));
        connectSession(fixture);
        QTRY_COMPARE(window.windowTitle(), QStringLiteral("Instances – Novita Console"));
    }

    void quittingWhileCreatingAsks()
    {
        UiFixture fixture;
        CatalogCloud cloud;
        cloud.onCreate = FakeAnswer::hanging();
        fixture.network().setResponder([&cloud](const FakeRequest &request) { return cloud.answer(request); });
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        window.openCreateWizard({}, {});
        auto *wizard = window.findChild<CreateWizard *>();
        QTRY_VERIFY(fixture.stores().templates.contains(TemplateId(u"102"_qs)) && !wizard->draft().productId.isEmpty());
        wizard->setTemplate(TemplateId(u"102"_qs));
        wizard->goTo(wizard->stepCount() - 1);
        for (QPushButton *button : wizard->findChildren<QPushButton *>()) {
            if (button->accessibleName() == QLatin1String("Create"))
                button->click();
        }
        QCOMPARE(wizard->creating(), QStringLiteral("pytorch-2-5"));
        wizard->close();
        window.close();
        QVERIFY(window.isVisible());
        QCOMPARE(fixture.prompts().asked().size(), 1);
        QVERIFY(fixture.prompts().asked().first().text.contains(QStringLiteral("“pytorch-2-5” is being created")));
        fixture.prompts().answerNext(true);
        window.close();
        QTRY_VERIFY(!window.isVisible());
    }

    /// A press beside the words of the list does not take the mark from the section that is shown.
    void settingsMarkTheirSection()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        window.openPage(QStringLiteral("settings/monitoring"));
        QListWidget *sections = nullptr;
        for (QListWidget *list : window.findChildren<QListWidget *>()) {
            if (list->accessibleName() == QLatin1String("Settings sections"))
                sections = list;
        }
        QVERIFY(sections && sections->currentItem());
        QVERIFY(sections->currentItem()->isSelected());
        const int below = sections->visualItemRect(sections->item(sections->count() - 1)).bottom() + 20;
        QVERIFY(below < sections->viewport()->height());
        QTest::mouseClick(sections->viewport(), Qt::LeftButton, {}, QPoint(20, below));
        QVERIFY(sections->currentItem() && sections->currentItem()->isSelected());
        QCOMPARE(sections->selectedItems().size(), 1);
    }

    /// Neither an empty beginning nor a state that was saved without details makes them higher than their table.
    void detailsOfActivityLeaveRoomForTheTable()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.resize(1280, 800);
        window.show();
        connectSession(fixture);
        window.openPage(QStringLiteral("activity/requests"));
        QJsonObject state = window.currentPage()->saveState();
        QJsonObject tab = state.value(QLatin1String("events")).toObject();
        QVERIFY(tab.contains(QLatin1String("splitter")));
        tab.insert(QStringLiteral("splitter"), QJsonArray{30, 0}); // of a tab that was never in view
        state.insert(QStringLiteral("events"), tab);
        window.currentPage()->restoreState(state);
        fillActivity(fixture.stores().activity, fixture.clock());
        window.openPage(QStringLiteral("activity/events"));
        const auto tableInView = [&window]() -> TableView * {
            for (TableView *table : window.currentPage()->findChildren<TableView *>()) {
                if (table->isVisible() && table->model()->rowCount() > 0)
                    return table;
            }
            return nullptr;
        };
        QTRY_VERIFY(tableInView());
        tableInView()->selectRow(0);
        const auto details = [&window]() -> QPlainTextEdit * {
            for (QPlainTextEdit *edit : window.currentPage()->findChildren<QPlainTextEdit *>()) {
                if (edit->isVisible())
                    return edit;
            }
            return nullptr;
        };
        QTRY_VERIFY(details());
        QTRY_VERIFY2(details()->height() < tableInView()->height(), qPrintable(QString::number(details()->height())));
    }

    void emptyLogSaysWhy()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        window.openPage(QStringLiteral("activity/log"));
        const auto says = [&window](const char *words) {
            for (const EmptyState *empty : window.findChildren<EmptyState *>()) {
                if (empty->isVisible() && empty->sentence().contains(QLatin1String(words)))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(says("Nothing has been logged"));
        for (QComboBox *level : window.findChildren<QComboBox *>()) {
            if (level->isVisible() && level->accessibleName() == QLatin1String("Level"))
                level->setCurrentIndex(3);
        }
        QVERIFY(says("no line of this level"));
    }

    void badNumbersAreSaidAndNotLost()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        window.openPage(QStringLiteral("settings/network"));
        QLineEdit *field = nullptr;
        for (QLineEdit *edit : window.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == QLatin1String("Retries"))
                field = edit;
        }
        QVERIFY(field);
        field->setText(QStringLiteral("99"));
        emit field->editingFinished();
        QCOMPARE(field->text(), QStringLiteral("99"));
        QVERIFY(field->property("invalid").toBool());
        QCOMPARE(fixture.settings().value(keys::kMaxRetries), 3);
        field->setText(QStringLiteral("5"));
        emit field->editingFinished();
        QVERIFY(!field->property("invalid").toBool());
        QCOMPARE(fixture.settings().value(keys::kMaxRetries), 5);
        QCOMPARE(fixture.settings().origin(keys::kMaxRetries), SettingOrigin::Stored);
    }

    void profilesAreAddedAndRemoved()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        connectSession(fixture);
        window.openPage(QStringLiteral("settings/profiles"));
        const auto press = [&window](const QString &name) {
            for (QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
                if (button->isVisible() && button->text() == name) {
                    button->click();
                    return true;
                }
            }
            return false;
        };
        const auto field = [&window](const QString &name) {
            for (QLineEdit *edit : window.findChildren<QLineEdit *>()) {
                if (edit->isVisible() && edit->accessibleName() == name)
                    return edit;
            }
            return static_cast<QLineEdit *>(nullptr);
        };
        QVERIFY(press(QStringLiteral("Add profile")));
        QVERIFY(field(QStringLiteral("Profile name")));
        QTest::keyClicks(field(QStringLiteral("Profile name")), QStringLiteral("second"));
        field(QStringLiteral("API root"))->clear();
        QTest::keyClicks(field(QStringLiteral("API root")), QStringLiteral("http://example.org"));
        QVERIFY(press(QStringLiteral("Save")));
        QVERIFY(!fixture.context().profiles.findByName(QStringLiteral("second")));
        QCOMPARE(field(QStringLiteral("Profile name"))->text(), QStringLiteral("second"));
        field(QStringLiteral("API root"))->clear();
        QTest::keyClicks(field(QStringLiteral("API root")), QStringLiteral("https://example.org"));
        QVERIFY(press(QStringLiteral("Save")));
        QVERIFY(fixture.context().profiles.findByName(QStringLiteral("second")));
        fixture.prompts().answerNext(true);
        QVERIFY(press(QStringLiteral("Remove…")));
        QVERIFY(!fixture.context().profiles.findByName(QStringLiteral("second")));
    }

    void welcomeWantsAKeyFirst()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        auto *welcome = window.findChild<WelcomePage *>();
        QVERIFY(welcome->isVisible());
        QAbstractButton *connectButton = nullptr;
        for (QAbstractButton *button : welcome->findChildren<QAbstractButton *>()) {
            if (button->text() == QLatin1String("Test and connect"))
                connectButton = button;
        }
        QVERIFY(connectButton);
        connectButton->click();
        bool said = false;
        for (const QLabel *label : welcome->findChildren<QLabel *>())
            said = said || (label->isVisible() && label->text().contains(QStringLiteral("Paste the API key")));
        QVERIFY(said);
        QVERIFY(fixture.writes().isEmpty());
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
