// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "tests/ui/instancesbench.h"
#include "ui/instances/instancedetails.h"
#include "ui/models/roles.h"
#include "ui/widgets/searchfield.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QPaintEvent>
#include <QScrollBar>
#include <QSignalSpy>

#include <utility>

using namespace novita;

namespace {

/// Adds up what a widget is asked to paint.
class PaintWatch final : public QObject
{
public:
    explicit PaintWatch(QWidget *widget) { widget->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            m_region += static_cast<QPaintEvent *>(event)->region();
        return false;
    }
    QRegion take() { return std::exchange(m_region, {}); }

private:
    QRegion m_region;
};

} // namespace

/// The list as a table: columns, keyboard, what is kept, and what is painted.
class TestInstanceTable final : public QObject, private InstancesBench
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void hugeTextsStayShort();
    void importantColumnsStayInViewBesideTheDetails();
    void copyTakesTheSelectedRows();
    void tabGoesThroughThePageInOrder();
    void menuKeyOpensTheMenuAtTheRow();
    void keyboardStaysAfterDeletion();
    void detailsAreOfTheSelectedRow();
    void keyboardGoesBetweenFilterAndRows();
    void selectAllAndDeleteKey();
    void layoutIsKeptById();
    void sessionStateRoundTrip();
    void aPollRepaintsOnlyWhatChanged();
    void tickRepaintsOnlyLiveColumns();
};

void TestInstanceTable::hugeTextsStayShort()
{
    show(3);
    const QString huge(1 << 20, u'x');
    Instance one = m_fixture->instance(0);
    one.name = huge;
    one.productName = one.clusterName = one.statusError = one.imageUrl = one.command = huge;
    one.status = InstanceStatus::Unknown;
    one.statusText = one.billingText = huge;
    one.billing = BillingMode::Unknown;
    adopt(one);
    static_cast<InstanceModel *>(model())->flush();
    QVERIFY(m_page->showInstance(QStringLiteral("i-0")));
    const int row = static_cast<InstanceModel *>(model())->rowOf(QStringLiteral("i-0"));
    for (int column = 0; column < model()->columnCount(); ++column) {
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(NoteRole)})
            QVERIFY(model()->index(row, column).data(role).toString().size() < 2000);
    }
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!m_page->grab().isNull());
    QVERIFY2(clock.elapsed() < 3000, "a page that paints a megabyte of text stands still");
    action(QStringLiteral("Delete"))->trigger();
    QVERIFY(m_fixture->prompts().asked().isEmpty() || m_fixture->prompts().asked().first().title.size() < 400);
}

void TestInstanceTable::importantColumnsStayInViewBesideTheDetails()
{
    show(6);
    // What the main window leaves of 1280 x 800 pixels.
    m_page->resize(1080, 730);
    QVERIFY(!table()->isColumnHidden(InstanceModel::Age));
    m_page->showInstance(QStringLiteral("i-0"));
    auto *details = m_page->findChild<InstanceDetails *>();
    QTRY_VERIFY(details->isVisible());
    QVERIFY(details->mapTo(m_page.get(), QPoint()).x() > table()->mapTo(m_page.get(), QPoint()).x() + 200);
    QTRY_VERIFY(table()->isColumnHidden(InstanceModel::Age));
    for (const auto column : {InstanceModel::Name, InstanceModel::State, InstanceModel::Gpu, InstanceModel::Price, InstanceModel::Cost}) {
        QVERIFY2(!table()->isColumnHidden(column), qPrintable(QString::number(column)));
        QVERIFY(table()->columnViewportPosition(column) + table()->columnWidth(column) <= table()->viewport()->width() + 1);
    }
    QTRY_VERIFY(!table()->horizontalScrollBar()->isVisible());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Escape);
    QTRY_VERIFY(!table()->isColumnHidden(InstanceModel::Age));
    // Leaving for want of room is not the person's choice.
    m_page->showInstance(QStringLiteral("i-0"));
    QTRY_VERIFY(table()->isColumnHidden(InstanceModel::Age));
    const QJsonArray columns = table()->saveLayout().value(QStringLiteral("columns")).toArray();
    QVERIFY(!columns.isEmpty());
    for (const QJsonValue &column : columns) {
        const QJsonObject entry = column.toObject();
        const QString id = entry.value(QStringLiteral("id")).toString();
        // Those that nobody has asked for yet.
        QCOMPARE(entry.value(QStringLiteral("hidden")).toBool(), id == QLatin1String("load") || id == QLatin1String("tags"));
    }
}

void TestInstanceTable::copyTakesTheSelectedRows()
{
    show(4);
    Instance one = m_fixture->instance(1);
    one.name = QStringLiteral("=HYPERLINK(\"evil\")\tx");
    adopt(one);
    static_cast<InstanceModel *>(model())->flush();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    table()->setFocus();
    select({QStringLiteral("i-0"), QStringLiteral("i-1")});
    QTest::keyClick(table(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.join(u'|').contains(QLatin1String("'=HYPERLINK(\"evil\") x\t")));
    QVERIFY(lines.join(u'|').contains(QLatin1String("worker-0\tRunning\tRTX 4090 24GB")));
    QCOMPARE(lines.first().count(u'\t'), lines.last().count(u'\t'));
}

void TestInstanceTable::tabGoesThroughThePageInOrder()
{
    show(4);
    m_page->showInstance(QStringLiteral("i-0"));
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->focusFilter();
    const QList<QWidget *> wanted{named<QAbstractButton>(QStringLiteral("Columns")), named<QAbstractButton>(QStringLiteral("Export…")), table()};
    for (QWidget *next : wanted) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), next);
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(m_page->findChild<InstanceDetails *>()->isAncestorOf(QApplication::focusWidget()));
}

void TestInstanceTable::menuKeyOpensTheMenuAtTheRow()
{
    show(4);
    table()->setFocus();
    select({QStringLiteral("i-0")});
    const QPoint middle = table()->visualRect(table()->currentIndex()).center();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, table()->viewport()->mapToGlobal(middle));
    QApplication::sendEvent(table(), &event);
    QMenu *menu = nullptr;
    QTRY_VERIFY((menu = qobject_cast<QMenu *>(QApplication::activePopupWidget())));
    QStringList texts;
    for (const QAction *one : menu->actions())
        texts.append(one->text());
    QVERIFY(texts.contains(QStringLiteral("Stop")));
    QVERIFY(texts.contains(QStringLiteral("Copy")));
    menu->close();
}

void TestInstanceTable::keyboardStaysAfterDeletion()
{
    show(10);
    table()->setFocus();
    select({QStringLiteral("i-4")});
    const int row = table()->currentIndex().row();
    m_fixture->stores().instances.remove({InstanceId(QStringLiteral("i-4"))});
    QTRY_COMPARE(model()->rowCount(), 9);
    QVERIFY(table()->currentIndex().isValid());
    QVERIFY(qAbs(table()->currentIndex().row() - row) <= 1);
    QVERIFY(table()->hasFocus());
}

void TestInstanceTable::detailsAreOfTheSelectedRow()
{
    show(10);
    table()->setFocus();
    auto *details = m_page->findChild<InstanceDetails *>();
    QVERIFY(!details->isVisible());
    select({QStringLiteral("i-4")});
    QVERIFY(details->isVisible());
    m_fixture->stores().instances.remove({InstanceId(QStringLiteral("i-4"))});
    QTRY_COMPARE(model()->rowCount(), 9);
    QTRY_VERIFY(!details->isVisible());
    QVERIFY(details->instanceId().isEmpty());
    QVERIFY(!table()->selectionModel()->hasSelection());
    // The next key takes the row where the keyboard stands.
    const int row = table()->currentIndex().row();
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(table()->currentIndex().row(), row);
    QVERIFY(table()->isCurrentSelected());
    QTRY_VERIFY(details->isVisible());
    QCOMPARE(details->instanceId().toString(), static_cast<InstanceModel *>(model())->idAt(row));
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(table()->currentIndex().row(), row + 1);
}

void TestInstanceTable::keyboardGoesBetweenFilterAndRows()
{
    show(10);
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    auto *filter = m_page->findChild<SearchField *>();
    m_page->focusFilter();
    QVERIFY(filter->hasFocus());
    QTest::keyClick(filter, Qt::Key_Down);
    QVERIFY(table()->hasFocus());
    QTest::keyClick(table(), Qt::Key_Down);
    QCOMPARE(table()->selectedRowNumbers(), QList<int>{0});
    m_page->focusFilter();
    QTest::keyClicks(filter, QStringLiteral("worker-3"));
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(filter->hasFocus() && filter->text().isEmpty());
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(table()->hasFocus());
    QVERIFY(m_page->findChild<InstanceDetails *>()->isVisible());
}

void TestInstanceTable::selectAllAndDeleteKey()
{
    show(4);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 4);
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTest::keyClick(table(), Qt::Key_Delete);
    QTRY_COMPARE(m_fixture->prompts().asked().size(), 1);
}

void TestInstanceTable::layoutIsKeptById()
{
    show(4);
    table()->horizontalHeader()->moveSection(0, 3);
    table()->setColumnHidden(InstanceModel::Billing, true);
    table()->setColumnWidth(InstanceModel::Gpu, 222);
    table()->sortByColumn(InstanceModel::Region, Qt::DescendingOrder);
    QTRY_VERIFY(!m_fixture->settings().value(keys::kInstanceColumns).isEmpty());
    QTRY_VERIFY(m_fixture->settings().value(keys::kInstanceColumns).contains(QLatin1String("222")));
    openPage();
    QCOMPARE(table()->columnWidth(InstanceModel::Gpu), 222);
    QVERIFY(table()->isColumnHidden(InstanceModel::Billing));
    QCOMPARE(table()->horizontalHeader()->visualIndex(InstanceModel::Name), 3);
    QCOMPARE(table()->horizontalHeader()->sortIndicatorSection(), static_cast<int>(InstanceModel::Region));
}

void TestInstanceTable::sessionStateRoundTrip()
{
    show(20);
    named<SearchField>(QStringLiteral("Filter instances"))->setFilter(QStringLiteral("worker-1"));
    m_page->showInstance(QStringLiteral("i-12"));
    const QJsonObject state = m_page->saveState();
    openPage();
    m_page->restoreState(state);
    m_page->show();
    QCOMPARE(named<SearchField>(QStringLiteral("Filter instances"))->text(), QStringLiteral("worker-1"));
    QTRY_COMPARE(model()->index(table()->currentIndex().row(), 0).data(IdRole).toString(), QStringLiteral("i-12"));
}

void TestInstanceTable::aPollRepaintsOnlyWhatChanged()
{
    show(1000);
    table()->clearSelection();
    QTRY_VERIFY(table()->viewport()->isVisible());
    m_page->deactivate(); // no ticks in between
    QCoreApplication::sendPostedEvents();
    PaintWatch watch(table()->viewport());
    QTRY_VERIFY((QCoreApplication::sendPostedEvents(), watch.take().isEmpty()));
    QSignalSpy changed(model(), &QAbstractItemModel::dataChanged);
    QSignalSpy layout(model(), &QAbstractItemModel::layoutChanged);

    QList<Instance> rows = m_fixture->stores().instances.all();
    QSet<QString> touched;
    for (int i = 0; i < 10; ++i) { // 1 %, spread over the list, some of them on screen
        Instance &one = rows[i < 5 ? i * 3 : i * 97];
        one.status = one.status == InstanceStatus::Running ? InstanceStatus::Stopping : InstanceStatus::Running;
        one.statusText = stateInfo(one.status).wire;
        touched.insert(one.id.toString());
    }
    m_fixture->stores().instances.adoptList(rows, m_fixture->clock().now());
    QTRY_VERIFY(!changed.isEmpty());
    QRegion painted;
    QTRY_VERIFY((painted += watch.take(), !painted.isEmpty()));

    QCOMPARE(layout.count(), 0);
    QSet<QString> announced;
    for (const QList<QVariant> &signal : changed) {
        for (int row = signal.at(0).toModelIndex().row(); row <= signal.at(1).toModelIndex().row(); ++row)
            announced.insert(model()->index(row, 0).data(IdRole).toString());
    }
    QCOMPARE(announced, touched);
    const auto [first, last] = table()->visibleRows();
    for (int row = first; row <= last; ++row) {
        const bool isTouched = touched.contains(model()->index(row, 0).data(IdRole).toString());
        const QRect middle = table()->visualRect(model()->index(row, InstanceModel::State)).adjusted(4, 4, -4, -4);
        QVERIFY2(painted.intersects(middle) == isTouched, qPrintable(QString::number(row)));
        QVERIFY(!painted.intersects(table()->visualRect(model()->index(row, InstanceModel::Name)).adjusted(4, 4, -4, -4)));
    }
}

void TestInstanceTable::tickRepaintsOnlyLiveColumns()
{
    show(200);
    PaintWatch watch(table()->viewport());
    QSignalSpy changed(model(), &QAbstractItemModel::dataChanged);
    QTRY_VERIFY(changed.count() > 0);
    const auto [first, last] = table()->visibleRows();
    for (const QList<QVariant> &signal : changed) {
        QVERIFY(signal.at(0).toModelIndex().row() >= first);
        QVERIFY(signal.at(1).toModelIndex().row() <= last);
        QVERIFY(signal.at(0).toModelIndex().column() != InstanceModel::Name);
    }
}

QTEST_MAIN(TestInstanceTable)
#include "tst_instancetable.moc"
