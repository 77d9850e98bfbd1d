// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/uifixture.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/models/roles.h"
#include "ui/theme.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/keyvalueeditor.h"
#include "ui/widgets/portlisteditor.h"
#include "ui/widgets/resultlistdialog.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/secretclipboard.h"
#include "ui/widgets/skeletonoverlay.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>

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
        table.resetLayout();
        QCOMPARE(table.columnWidth(0), 100);
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
        QSignalSpy remedy(&banner, &ErrorBanner::remedyRequested);
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
