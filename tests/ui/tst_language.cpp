// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "tests/ui/activitysamples.h"
#include "ui/createwizard/createwizard.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/welcome/welcomepage.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTranslator>

using namespace novita;

namespace {

/// A language in which every word is recognised.
class Pseudo final : public QTranslator
{
public:
    QString translate(const char *, const char *source, const char *, int) const override { return u'«' + QString::fromUtf8(source) + u'»'; }
    bool isEmpty() const override { return false; }
};

/// Names, numbers, addresses, units and what the cloud said are the same in every language.
bool isData(const QString &text)
{
    static const QRegularExpression letters(QStringLiteral("[A-Za-z]{2,}"));
    static const QRegularExpression data(QStringLiteral(
        "^(test-\\d+|worker-\\d+|i-\\d+|Novita|sk_.*|https?://.*|docker\\.io/.*|GB|CPU|GPU|RAM|VRAM|vCPU|ms|"
        "[A-Z]{2}-[A-Z]+-\\d+.*|[A-Z0-9 ]+GB.*|http|tcp|comfyui-flux|\\d+/(http|tcp).*|.*\\$[\\d,.]+(/h)?|English|American English|U\\.S\\. English|Ctrl\\+.*|F\\d+)$"));
    return text.contains(u'«') || !text.contains(letters) || data.match(text).hasMatch();
}

void note(QStringList &out, const QWidget &where, const char *what, const QString &text)
{
    if (isData(text))
        return;
    QStringList path;
    for (const QWidget *widget = &where; widget && path.size() < 4; widget = widget->parentWidget())
        path.prepend(QLatin1String(widget->metaObject()->className()));
    out.append(QStringLiteral("%1 %2: “%3”").arg(path.join(u'/'), QLatin1String(what), text));
}

void noteHeader(QStringList &out, const QTableView &table)
{
    for (int column = 0; column < table.model()->columnCount(); ++column) {
        if (!table.isColumnHidden(column))
            note(out, table, "column", table.model()->headerData(column, Qt::Horizontal).toString());
    }
}

/// What a person sees, or hears by a screen reader, that is still English.
QStringList stillEnglish(const QWidget &root)
{
    QStringList out;
    note(out, root, "title", root.windowTitle());
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(&root))
            continue;
        note(out, *widget, "tooltip", widget->toolTip());
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            note(out, *label, "label", label->text());
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            note(out, *button, "button", button->text());
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget); edit && !qobject_cast<const QAbstractSpinBox *>(edit->parentWidget()))
            note(out, *edit, "placeholder", edit->placeholderText());
        if (const auto *box = qobject_cast<const QSpinBox *>(widget))
            note(out, *box, "suffix", box->suffix());
        if (const auto *combo = qobject_cast<const QComboBox *>(widget)) {
            for (int i = 0; i < combo->count(); ++i)
                note(out, *combo, "choice", combo->itemText(i));
        }
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i)
                note(out, *tabs, "tab", tabs->tabText(i));
        }
        if (const auto *list = qobject_cast<const QListWidget *>(widget)) {
            for (int i = 0; i < list->count(); ++i)
                note(out, *list, "item", list->item(i)->text());
        }
        if (const auto *table = qobject_cast<const QTableView *>(widget))
            noteHeader(out, *table);
        const bool named = qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QAbstractItemView *>(widget);
        if (named && !qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) && !qobject_cast<const QComboBox *>(widget->parentWidget()))
            note(out, *widget, "name", widget->accessibleName());
    }
    return out;
}

void noteActions(QStringList &out, const QWidget &owner, const QList<QAction *> &actions)
{
    for (const QAction *action : actions) {
        note(out, owner, "action", action->text());
        note(out, owner, "action's tooltip", action->toolTip());
    }
}

} // namespace

/// The language changes while the program runs: nothing that is seen stays in the old one.
class TestLanguage final : public QObject
{
    Q_OBJECT

    Pseudo m_language;

    void change()
    {
        QCoreApplication::installTranslator(&m_language);
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }

private slots:
    void cleanup() { QCoreApplication::removeTranslator(&m_language); }

    void welcomeIsTranslated()
    {
        UiFixture fixture;
        MainWindow window(fixture.context());
        window.show();
        const auto *welcome = window.findChild<WelcomePage *>();
        QVERIFY(welcome->isVisible());
        change();
        QStringList english = stillEnglish(*welcome);
        noteActions(english, window, window.actions());
        note(english, window, "title", window.windowTitle());
        QVERIFY2(english.isEmpty(), qPrintable(english.join(u'\n')));
    }

    void everyPageIsTranslated()
    {
        UiFixture fixture;
        CatalogCloud cloud;
        fixture.network().setResponder([&cloud](const FakeRequest &request) { return cloud.answer(request); });
        fillActivity(fixture.stores().activity, fixture.clock());
        MainWindow window(fixture.context());
        window.resize(1280, 800);
        window.show();
        fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_tests_only"));
        fixture.context().session.start();
        QTRY_VERIFY(fixture.stores().products.refreshedAt() && !window.findChild<WelcomePage *>()->isVisible());
        fixture.fill(6);
        const QStringList pages{QStringLiteral("dashboard"), QStringLiteral("instances"), QStringLiteral("instances/i-1"), QStringLiteral("products"), QStringLiteral("templates"),
                                QStringLiteral("activity/requests"), QStringLiteral("activity/events"), QStringLiteral("activity/operations"), QStringLiteral("activity/log"),
                                QStringLiteral("settings/general"), QStringLiteral("settings/profiles"), QStringLiteral("settings/network"),
                                QStringLiteral("settings/monitoring"), QStringLiteral("settings/webhooks"), QStringLiteral("settings/appearance")};
        // Seen once in English, so that texts made on the way are there to be forgotten.
        for (const QString &page : pages) {
            QVERIFY(window.openPage(page));
            QCoreApplication::processEvents();
        }
        change();
        QStringList english;
        for (const QString &page : pages) {
            QVERIFY(window.openPage(page));
            QCoreApplication::processEvents();
            english += stillEnglish(window);
            noteActions(english, window, window.currentPage()->pageActions());
        }
        english.removeDuplicates();
        QVERIFY2(english.isEmpty(), qPrintable(english.join(u'\n')));
    }

    void anOpenWizardIsTranslated()
    {
        UiFixture fixture;
        CatalogCloud cloud;
        fixture.network().setResponder([&cloud](const FakeRequest &request) { return cloud.answer(request); });
        CreateWizard wizard(fixture.context());
        wizard.show();
        QTRY_VERIFY(fixture.stores().templates.contains(TemplateId(u"101"_qs)) && !wizard.draft().productId.isEmpty());
        wizard.setTemplate(TemplateId(u"101"_qs));
        for (int step = 0; step < wizard.stepCount(); ++step)
            wizard.goTo(step);
        change();
        QStringList english;
        for (int step = 0; step < wizard.stepCount(); ++step) {
            wizard.goTo(step);
            QCoreApplication::processEvents();
            english += stillEnglish(wizard);
        }
        english.removeDuplicates();
        QVERIFY2(english.isEmpty(), qPrintable(english.join(u'\n')));
    }
};

QTEST_MAIN(TestLanguage)
#include "tst_language.moc"
