// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/uifixture.h"
#include "ui/delegates/rowdelegate.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/models/roles.h"
#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/detailssplitter.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/keyvalueeditor.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/portlisteditor.h"
#include "ui/widgets/readonlytextaccess.h"
#include "ui/widgets/resultlistdialog.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/secretclipboard.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/tableheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/wraplayout.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QVBoxLayout>

#include <cmath>

using namespace novita;
using namespace std::chrono_literals;

namespace {

QPushButton *buttonNamed(const QWidget &parent, const QString &text)
{
    for (QPushButton *button : parent.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

} // namespace

class TestWidgets final : public QObject
{
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;

private slots:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void cleanupTestCase() { m_theme.reset(); }

    void theFlexiblePartOfALineGivesWayBeforeAnythingWraps()
    {
        QWidget window;
        auto *layout = new WrapLayout(&window);
        const auto add = [&](int least, int most) {
            auto *part = new QWidget;
            part->setMinimumSize(least, 20);
            part->setMaximumSize(most, 20);
            layout->addWidget(part);
            return part;
        };
        const QWidget *search = add(100, 300);
        const QWidget *button = add(80, 80);
        layout->setFlexible(search);
        const auto at = [&](int width) {
            layout->setGeometry({0, 0, width, 200});
            return std::pair(search->geometry(), button->geometry());
        };
        const int gap = layout->spacing();
        QCOMPARE(at(250).first.width(), 250 - 80 - gap);
        QCOMPARE(at(250).second, QRect(170, 0, 80, 20));
        QCOMPARE(at(600).first.width(), 300);
        QCOMPARE(at(600).second.left(), 300 + gap);
        QCOMPARE(at(180).first.width(), 180); // a line of its own, all of it
        QCOMPARE(at(180).second.top(), 20 + gap);
        QCOMPARE(layout->heightForWidth(180), 40 + gap);
    }

    void tableKeepsItsLayoutByColumnId()
    {
        QStandardItemModel model(3, 3);
        TableView table(*m_theme);
        table.setModel(&model);
        table.setColumnIds({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, {100, 110, 120}, {QStringLiteral("b")});
        QVERIFY(table.isColumnHidden(1));
        table.horizontalHeader()->moveSection(0, 1);
        table.setColumnWidth(0, 222);
        table.sortByColumn(1, Qt::DescendingOrder);
        const QJsonObject layout = table.saveLayout();

        QStandardItemModel grown(3, 4); // a later version: a new column in front, "c" gone
        TableView other(*m_theme);
        other.setModel(&grown);
        other.setColumnIds({QStringLiteral("new"), QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("d")});
        other.restoreLayout(layout);
        QCOMPARE(other.columnWidth(1), 222);
        QVERIFY(other.isColumnHidden(2));
        QVERIFY(!other.isColumnHidden(0));
        other.restoreLayout({{QStringLiteral("version"), 99}, {QStringLiteral("columns"), QJsonArray()}});
        QCOMPARE(other.columnWidth(1), 222);
        QJsonObject hostile = layout;
        hostile.insert(QStringLiteral("columns"), QJsonArray{QJsonObject{{QStringLiteral("id"), QStringLiteral("a")}, {QStringLiteral("width"), 1e9}, {QStringLiteral("hidden"), true}}, 5});
        table.restoreLayout(hostile);
        table.resize(150, 100); // nothing is left over
        table.show();
        table.resetLayout();
        QCOMPARE(table.columnWidth(0), 100);
    }

    /// The button that was pressed goes, and another comes: the keyboard stays here.
    void aTextToReadIsNotWrittenByAssistiveTools()
    {
        installReadOnlyTextAccess();
        QPlainTextEdit text;
        text.setReadOnly(true);
        text.setPlainText(QStringLiteral("one\ntwo"));
        text.show();
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(&text);
        QVERIFY(!access->editableTextInterface());
        access->setText(QAccessible::Value, QStringLiteral("three"));
        QCOMPARE(text.toPlainText(), QStringLiteral("one\ntwo"));
        QVERIFY(access->state().readOnly && !access->state().editable);
        QAccessibleTextInterface *read = access->textInterface();
        QVERIFY(read);
        QCOMPARE(read->characterCount(), 7);
        QCOMPARE(read->text(0, -1), QStringLiteral("one\ntwo"));
        QCOMPARE(read->text(-5, 100), QStringLiteral("one\ntwo"));
        int begin = -1;
        int end = -1;
        QCOMPARE(read->textAtOffset(5, QAccessible::LineBoundary, &begin, &end), QStringLiteral("two"));
        read->setSelection(0, 4, 7);
        QCOMPARE(text.textCursor().selectedText(), QStringLiteral("two"));
        QCOMPARE(read->selectionCount(), 1);
        read->selection(0, &begin, &end);
        QCOMPARE(begin, 4);
        QCOMPARE(end, 7);
        read->removeSelection(0);
        QCOMPARE(read->selectionCount(), 0);
        const QRect second = read->characterRect(5);
        QVERIFY(second.width() > 0 && second.height() > 0);
        QCOMPARE(read->offsetAtPoint(second.center() - QPoint(second.width() / 4, 0)), 5);
        QPlainTextEdit typed;
        QVERIFY(QAccessible::queryAccessibleInterface(&typed)->editableTextInterface()); // what is there to be written is
    }

    void emptyStateKeepsTheKeyboard()
    {
        QWidget window;
        auto *other = new QPushButton(QStringLiteral("other"), &window);
        auto *empty = new EmptyState(&window);
        auto *layout = new QVBoxLayout(&window);
        layout->addWidget(other);
        layout->addWidget(empty);
        empty->setContent(QStringLiteral("It is off."), QStringLiteral("Switch on"));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        empty->setFocus();
        QVERIFY(empty->button()->hasFocus());
        empty->setContent(QStringLiteral("It begins."));
        QVERIFY(!other->hasFocus());
        empty->setContent(QStringLiteral("It needs a secret."), QStringLiteral("Set a secret"));
        QVERIFY(empty->button()->hasFocus());
        other->setFocus();
        empty->setContent(QStringLiteral("It begins."));
        empty->setContent(QStringLiteral("It needs a secret."), QStringLiteral("Set a secret"));
        QVERIFY(other->hasFocus());
    }

    void detailsBelowKeepTheirShare()
    {
        QStandardItemModel model(30, 1);
        auto *table = new TableView(*m_theme);
        table->setModel(&model);
        table->setColumns({{QStringLiteral("a"), 200}});
        auto *details = new QWidget;
        DetailsSplitter splitter(table, table, details);
        splitter.resize(500, 400);
        splitter.show();
        splitter.openDetails();
        QVERIFY(!splitter.isBeside());
        const double share = 1.0 * details->height() / splitter.height();
        QVERIFY(share > 0.5);
        splitter.resize(500, 800);
        QVERIFY(std::abs(1.0 * details->height() / splitter.height() - share) < 0.02);
        splitter.resize(1200, 800);
        QVERIFY(splitter.isBeside());
        QCOMPARE(details->width(), DetailsSplitter::kDetailsWidth);
    }

    void columnsLeaveWhenItIsNarrow()
    {
        QStandardItemModel model(1, 3);
        TableView table(*m_theme);
        table.setModel(&model);
        table.setColumns({{QStringLiteral("a"), 100, false, 0}, {QStringLiteral("b"), 100, false, 2}, {QStringLiteral("c"), 100, false, 1}});
        table.resize(400, 200);
        table.show();
        QVERIFY(!table.isColumnHidden(1) && !table.isColumnHidden(2));
        table.resize(240, 200);
        QVERIFY(table.isColumnHidden(1) && !table.isColumnHidden(2));
        QCOMPARE(table.saveLayout().value(QStringLiteral("columns")).toArray().at(1).toObject().value(QStringLiteral("hidden")).toBool(), false);
        table.resize(60, 200);
        QVERIFY(!table.isColumnHidden(0) && table.isColumnHidden(1) && table.isColumnHidden(2));
        table.resize(240, 200);
        // What the person asks for comes, room or not, and is kept.
        QMenu menu;
        table.fillColumnMenu(&menu);
        QCOMPARE(menu.actions().at(1)->isChecked(), false);
        menu.actions().at(1)->trigger();
        QVERIFY(!table.isColumnHidden(1));
        TableView other(*m_theme);
        other.setModel(&model);
        other.setColumns({{QStringLiteral("a"), 100, false, 0}, {QStringLiteral("b"), 100, false, 2}, {QStringLiteral("c"), 100, false, 1}});
        other.resize(240, 200);
        other.show();
        other.restoreLayout(table.saveLayout());
        QVERIFY(!other.isColumnHidden(1) && other.isColumnHidden(2));
    }

    /// The last column does not stand alone at the far edge; what a person has sized stays as it is.
    void columnsShareWhatIsLeftOver()
    {
        QStandardItemModel model(1, 3);
        TableView table(*m_theme);
        table.setModel(&model);
        table.setColumnIds({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, {100, 200, 100});
        table.resize(802, 200);
        table.show();
        const int width = table.viewport()->width();
        QVERIFY(qAbs(table.columnWidth(0) - width / 4) <= 1);
        QVERIFY(qAbs(table.columnWidth(1) - width / 2) <= 1);
        table.setColumnWidth(1, 150);
        table.resize(902, 200);
        QCOMPARE(table.columnWidth(1), 150);
        const QJsonArray saved = table.saveLayout().value(QStringLiteral("columns")).toArray();
        QCOMPARE(saved.at(0).toObject().value(QStringLiteral("width")).toInt(), 100);
        QCOMPARE(saved.at(1).toObject().value(QStringLiteral("width")).toInt(), 150);
    }

    /// The line of the jobs, say, has little room for why they wait.
    void whatIsCutOffIsInTheTooltip()
    {
        ElidedLabel label;
        const QString sentence = QStringLiteral("3 jobs wait: the image server <desk> does not answer, and is asked again by itself");
        label.setFullText(sentence);
        label.resize(label.sizeHint());
        label.show();
        QCOMPARE(label.text(), sentence);
        QVERIFY(label.toolTip().isEmpty());
        label.resize(label.width() / 3, label.height());
        QVERIFY(label.text() != sentence);
        QVERIFY2(label.toolTip().contains(sentence.toHtmlEscaped()), qPrintable(label.toolTip()));
        QCOMPARE(label.accessibleName(), sentence);
    }

    /// Words can be elided, a price cannot: where a little is wanting, the words give it.
    void wordsGiveWayToNumbers()
    {
        QStandardItemModel model(1, 3);
        TableView table(*m_theme);
        table.setModel(&model);
        table.setColumnIds({QStringLiteral("name"), QStringLiteral("state"), QStringLiteral("price")}, {200, 160, 80});
        table.resize(400, 200);
        table.show();
        QVERIFY(table.viewport()->width() < 440);
        QVERIFY(table.columnWidth(2) >= 80);
        QVERIFY(table.columnWidth(0) < 200 && table.columnWidth(1) < 160);
        QVERIFY(table.columnViewportPosition(2) + table.columnWidth(2) <= table.viewport()->width());
        QCOMPARE(table.saveLayout().value(QStringLiteral("columns")).toArray().at(0).toObject().value(QStringLiteral("width")).toInt(), 200);
        // Too narrow for everything: it scrolls, and each column keeps its width.
        table.resize(250, 200);
        QCOMPARE(table.columnWidth(0), 200);
        QCOMPARE(table.columnWidth(1), 160);
    }

    void widthsFollowTheTextSize()
    {
        QStandardItemModel model(1, 2);
        TableView table(*m_theme);
        table.setModel(&model);
        table.resize(150, 100); // nothing is left over
        table.show();
        table.setColumnIds({QStringLiteral("a"), QStringLiteral("b")}, {100, 100});
        const int normal = table.columnWidth(0);
        m_theme->apply(ColorScheme::Light, 160);
        QVERIFY(table.columnWidth(0) >= normal * 14 / 10);
        QCOMPARE(table.saveLayout().value(QStringLiteral("columns")).toArray().at(0).toObject().value(QStringLiteral("width")).toInt(), 100);
        m_theme->apply(ColorScheme::Light, 100);
        QCOMPARE(table.columnWidth(0), normal);
    }

    void headersStandOverWhatTheyHead()
    {
        QStandardItemModel model(1, 2);
        model.setHeaderData(0, Qt::Horizontal, QStringLiteral("Name"));
        model.setHeaderData(1, Qt::Horizontal, QStringLiteral("$/h"));
        model.setHeaderData(1, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
        TableView table(*m_theme);
        table.setModel(&model);
        table.setColumnIds({QStringLiteral("name"), QStringLiteral("price")}, {120, 100});
        table.resize(400, 120);
        table.show();
        const auto *header = qobject_cast<TableHeader *>(table.horizontalHeader());
        QVERIFY(header);
        for (const int sorted : {0, 1}) {
            table.sortByColumn(sorted, Qt::AscendingOrder);
            QCOMPARE(header->textRect(0).left(), table.visualRect(model.index(0, 0)).left() + RowDelegate::kPadding);
            QCOMPARE(header->textRect(1).right(), table.visualRect(model.index(0, 1)).right() - RowDelegate::kPadding);
        }
        QVERIFY(!table.grab().isNull());
    }

    void guardedTextIsNotCopied()
    {
        CopyField field(CopyField::Kind::Plain);
        field.setName(QStringLiteral("Address"));
        field.setGuarded(true);
        field.setText(QStringLiteral("host\nevil\u202e"));
        QApplication::clipboard()->setText(QStringLiteral("before"));
        field.copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("before"));
        QCOMPARE(field.field()->text(), QStringLiteral("host evil"));
        QVERIFY(!buttonNamed(field, QStringLiteral("Copy"))->isEnabled());
        field.setText(QStringLiteral("a long but harmless address that does not fit"));
        field.resize(150, 40);
        field.show();
        QVERIFY(!field.grab().isNull());
        field.copy();
        QCOMPARE(QApplication::clipboard()->text(), field.text());
        QVERIFY(field.field()->toolTip().contains(field.text()));
        // Nothing is guarded unless asked for: a value may have many lines.
        CopyField free(CopyField::Kind::Secret);
        free.setText(QStringLiteral("-----BEGIN\nKEY"));
        free.copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("-----BEGIN\nKEY"));
    }

    void thousandsOfResultsAreCountedAsTheyCome()
    {
        ResultListDialog dialog(*m_theme, QStringLiteral("Stop 10000 instances"));
        QList<ResultRow> rows(10000, {QStringLiteral("a"), ResultRow::State::Waiting, {}});
        QElapsedTimer clock;
        clock.start();
        dialog.setRows(rows);
        for (int i = 0; i < rows.size(); ++i)
            dialog.setRow(i, {QStringLiteral("a"), i % 10 ? ResultRow::State::Done : ResultRow::State::Failed, {}});
        dialog.setFinished(true);
        QVERIFY2(clock.elapsed() < 3000, "counting all rows for each of them takes minutes");
        bool told = false;
        for (const QLabel *label : dialog.findChildren<QLabel *>())
            told = told || label->text().startsWith(QStringLiteral("9,000 of 10,000 done"));
        QVERIFY(told);
    }

    void bannerNamesWhatFailed()
    {
        ErrorBanner banner(*m_theme);
        const QSignalSpy remedy(&banner, &ErrorBanner::remedyRequested);
        banner.setError(Error::make(ErrorKind::Network, QStringLiteral("x")), QStringLiteral("Could not stop “a”"), QStringLiteral("Retry"));
        QVERIFY(banner.sentence().startsWith(QStringLiteral("Could not stop “a”: ")));
        QVERIFY(buttonNamed(banner, QStringLiteral("Retry")));
        QEvent language(QEvent::LanguageChange);
        QCoreApplication::sendEvent(&banner, &language);
        QVERIFY(banner.sentence().startsWith(QStringLiteral("Could not stop “a”: ")));
        banner.setError(Error::make(ErrorKind::Unauthorized, QStringLiteral("x")));
        QVERIFY(!banner.sentence().contains(QStringLiteral("“a”")));
    }

    void lastColumnCannotBeHidden()
    {
        QStandardItemModel model(1, 2);
        TableView table(*m_theme);
        table.setModel(&model);
        table.setColumnIds({QStringLiteral("a"), QStringLiteral("b")});
        QMenu menu;
        table.fillColumnMenu(&menu);
        menu.actions().at(0)->trigger();
        QVERIFY(table.isColumnHidden(0));
        table.fillColumnMenu(&menu);
        QVERIFY(!menu.actions().at(1)->isEnabled());
    }

    void rowsArePaintedInEverySituation()
    {
        QStandardItemModel model(2, 2);
        model.setData(model.index(0, 0), QStringLiteral("a very long name that does not fit into the column at all"));
        model.setItemData(model.index(0, 1), {{Qt::DisplayRole, QStringLiteral("Starting")}, {ToneRole, int(StateTone::Wait)}, {ChangingRole, true}, {NoteRole, QStringLiteral("for 6 s")}});
        model.setItemData(model.index(1, 1), {{Qt::DisplayRole, QStringLiteral("Running")}, {ToneRole, int(StateTone::Good)}, {IconNameRole, QStringLiteral("checkmark")}, {StaleRole, true}});
        TableView table(*m_theme);
        table.setModel(&model);
        table.setColumnIds({QStringLiteral("name"), QStringLiteral("state")}, {120, 160});
        table.setItemDelegateForColumn(1, new StatusDelegate(*m_theme, &table));
        table.resize(320, 160);
        table.show();
        const QImage plain = table.grab().toImage();
        table.selectRow(0);
        QVERIFY(table.grab().toImage() != plain);
        QCOMPARE(table.visibleRows(), std::make_pair(0, 1));
        QCOMPARE(table.rowHeight(0), m_theme->rowHeight(false));
        table.setCompact(true);
        QCOMPARE(table.rowHeight(0), m_theme->rowHeight(true));
    }

    void bannerSaysWhatToDo()
    {
        ErrorBanner banner(*m_theme);
        QVERIFY(!banner.isShowing());
        banner.setError(Error::make(ErrorKind::Canceled, QStringLiteral("x")));
        QVERIFY(!banner.isShowing());
        banner.setError(Error::make(ErrorKind::Unauthorized, QStringLiteral("no")));
        QVERIFY(banner.isShowing());
        QVERIFY(!buttonNamed(banner, QStringLiteral("Open profiles"))); // nobody listens: it would do nothing
        QSignalSpy remedy(&banner, &ErrorBanner::remedyRequested);
        banner.setRemedies({ErrorRemedy::Retry});
        banner.setError(Error::make(ErrorKind::Unauthorized, QStringLiteral("no")));
        QVERIFY(!buttonNamed(banner, QStringLiteral("Open profiles")));
        banner.setRemedies({ErrorRemedy::Retry, ErrorRemedy::OpenProfiles});
        banner.setError(Error::make(ErrorKind::Unauthorized, QStringLiteral("no")));
        buttonNamed(banner, QStringLiteral("Open profiles"))->click();
        QCOMPARE(remedy.count(), 1);
        buttonNamed(banner, QStringLiteral("Details"))->click();
        buttonNamed(banner, QStringLiteral("Copy"))->click();
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("unauthorized")));
        banner.setError(std::nullopt);
        QVERIFY(!banner.isShowing());
    }

    void secretsLeaveTheClipboard()
    {
        SecretClipboard clipboard;
        clipboard.copy(QStringLiteral("hunter2hunter2"), 0s);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("hunter2hunter2"));
        QVERIFY(QApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("x-kde-passwordManagerHint")));
        QTRY_COMPARE(QApplication::clipboard()->text(), QString());
        clipboard.copy(QStringLiteral("hunter2hunter2"), 0s);
        QApplication::clipboard()->setText(QStringLiteral("other"));
        QSignalSpy cleared(&clipboard, &SecretClipboard::cleared);
        QTRY_COMPARE(cleared.count(), 1);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("other"));
    }

    void secretFieldIsMasked()
    {
        CopyField field(CopyField::Kind::Secret);
        field.setName(QStringLiteral("Password"));
        field.setText(QStringLiteral("s3cret"));
        QCOMPARE(field.field()->echoMode(), QLineEdit::Password);
        QCOMPARE(field.field()->accessibleName(), QStringLiteral("Password"));
        buttonNamed(field, QStringLiteral("Show"))->click();
        QCOMPARE(field.field()->echoMode(), QLineEdit::Normal);
        buttonNamed(field, QStringLiteral("Copy"))->click();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("s3cret"));
    }

    void searchFieldRestsBeforeItTells()
    {
        SearchField field(*m_theme);
        QSignalSpy told(&field, &SearchField::filterChanged);
        QTest::keyClicks(&field, QStringLiteral("gpu"));
        QCOMPARE(told.count(), 0);
        QTRY_COMPARE(told.count(), 1);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(told.count(), 2);
        QVERIFY(field.text().isEmpty());
    }

    void editorsGiveBackWhatTheyWereGiven()
    {
        KeyValueEditor env;
        const QList<EnvVar> values{{QStringLiteral("A"), QStringLiteral("1")}, {QStringLiteral("B"), QString()}};
        env.setValues(values);
        QCOMPARE(env.values(), values);
        QSignalSpy changed(&env, &KeyValueEditor::valuesChanged);
        buttonNamed(env, QStringLiteral("Remove"))->click();
        QCOMPARE(env.values().size(), 1);
        QCOMPARE(changed.count(), 1);

        PortListEditor ports;
        const QList<DraftPort> list{{8080, QStringLiteral("http")}, {22, QStringLiteral("tcp")}};
        ports.setPorts(list);
        QCOMPARE(ports.ports(), list);
        buttonNamed(ports, QStringLiteral("Add port"))->click();
        QCOMPARE(ports.ports().last().port, 8081);
    }

    void questionNeedsItsWord()
    {
        ConfirmRequest request;
        request.title = QStringLiteral("Delete 3 instances?");
        request.confirmLabel = QStringLiteral("Delete 3 instances");
        request.typeToConfirm = QStringLiteral("delete");
        ConfirmDialog dialog(request);
        QPushButton *confirm = buttonNamed(dialog, request.confirmLabel);
        QVERIFY(!confirm->isEnabled());
        QTest::keyClicks(dialog.findChild<QLineEdit *>(), QStringLiteral("delete"));
        QVERIFY(confirm->isEnabled());
        QVERIFY(!confirm->isDefault());
    }

    void resultsEndWithARetry()
    {
        ResultListDialog dialog(*m_theme, QStringLiteral("Stop 2 instances"));
        dialog.setRows({{QStringLiteral("a"), ResultRow::State::Running, {}}, {QStringLiteral("b"), ResultRow::State::Waiting, {}}});
        QVERIFY(!buttonNamed(dialog, QStringLiteral("Cancel the rest"))->isHidden());
        dialog.setRow(0, {QStringLiteral("a"), ResultRow::State::Done, {}});
        dialog.setRow(1, {QStringLiteral("b"), ResultRow::State::Failed, QStringLiteral("no capacity")});
        dialog.setFinished(true);
        QVERIFY(buttonNamed(dialog, QStringLiteral("Cancel the rest"))->isHidden());
        QSignalSpy retry(&dialog, &ResultListDialog::retryRequested);
        buttonNamed(dialog, QStringLiteral("Retry failed"))->click();
        QCOMPARE(retry.count(), 1);
    }

    void headerFoldsWhatHasNoRoom()
    {
        QAction start(QStringLiteral("Start"), nullptr);
        QAction stop(QStringLiteral("Stop everything"), nullptr);
        QAction create(QStringLiteral("New instance"), nullptr);
        QAction clone(QStringLiteral("Clone"), nullptr);
        QMenu menu;
        menu.addAction(&clone);
        QWidget page; // a window of its own would not become narrower than its layout
        PageHeader header(*m_theme, &page);
        header.setTitle(QStringLiteral("Instances"));
        header.addSecondary(&start);
        ActionButton *stopButton = header.addSecondary(&stop);
        header.addMenuButton(QStringLiteral("More"), &menu);
        ActionButton *createButton = header.setPrimary(&create);
        header.resize(1000, 40);
        page.show();
        QVERIFY(header.folded().isEmpty());
        header.resize(header.minimumSizeHint().width() + 1, 40);
        QTRY_COMPARE(header.folded(), (QList<QAction *>{&start, &stop}));
        QVERIFY(!stopButton->isVisible());
        QVERIFY(header.rect().contains(createButton->geometry()));
        QCOMPARE(menu.actions().mid(0, 2), (QList<QAction *>{&start, &stop}));
        QVERIFY(menu.actions().at(2)->isSeparator());
        stop.setVisible(false);
        QTRY_COMPARE(header.folded(), QList<QAction *>{&start});
        stop.setVisible(true);
        header.resize(1000, 40);
        QTRY_VERIFY(header.folded().isEmpty());
        QVERIFY(stopButton->isVisible());
        QCOMPARE(menu.actions(), QList<QAction *>{&clone});
    }

    void headerMakesAMenuWhereThereIsNone()
    {
        QAction watch(QStringLiteral("Watch this product"), nullptr);
        QAction create(QStringLiteral("Create from this"), nullptr);
        QWidget page;
        PageHeader header(*m_theme, &page);
        header.addSecondary(&watch);
        header.setPrimary(&create);
        header.resize(header.minimumSizeHint().width() + 1, 40);
        page.show();
        QTRY_COMPARE(header.folded(), QList<QAction *>{&watch});
        QPushButton *more = buttonNamed(header, QStringLiteral("More"));
        QVERIFY(more && more->isVisible());
        QCOMPARE(more->menu()->actions(), QList<QAction *>{&watch});
        header.resize(1000, 40);
        QTRY_VERIFY(!more->isVisible());
    }

    void skeletonNeverCoversRows()
    {
        QStandardItemModel model(0, 1);
        TableView table(*m_theme);
        table.setModel(&model);
        table.resize(300, 200);
        table.show();
        auto *skeleton = new SkeletonOverlay(*m_theme, &table);
        skeleton->setLoading(true);
        QVERIFY(!skeleton->isVisible());
        QTRY_VERIFY(skeleton->isVisible());
        skeleton->setLoading(false);
        QVERIFY(!skeleton->isVisible());
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
