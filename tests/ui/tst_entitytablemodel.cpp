// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/naturalsort.h"
#include "ui/models/recordtablemodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace novita;

namespace {

/// Something with the shape of an entity, small enough to reason about.
struct Thing
{
    JobId id;
    QString name;
    int size = 0;
    bool operator==(const Thing &) const = default;
};
using ThingStore = EntityStore<Thing>;

class ThingModel final : public RecordTableModel<Thing>
{
public:
    enum Column { Name, Size, Age };
    explicit ThingModel(ThingStore &store)
        : RecordTableModel({{QStringLiteral("name")}, {QStringLiteral("size"), true}, {QStringLiteral("age"), true, true}}, store, nullptr)
    {
        loadFromStore();
    }
    QStringList filterFields() const override { return {QStringLiteral("name"), QStringLiteral("size")}; }

private:
    QString headerText(int column) const override { return columns().at(column).id; }
    Thing makeRecord(const Thing &entity) const override { return entity; }
    QVariant cell(const Thing &record, int column, int role) const override
    {
        if (role != Qt::DisplayRole || column == Age)
            return {};
        return column == Name ? QVariant(record.name) : QVariant(record.size);
    }
    SortValue sortValue(const Thing &record, int column) const override
    {
        if (column == Name)
            return SortValue::ofText(record.name);
        return record.size < 0 ? SortValue::unknown() : SortValue::ofNumber(record.size);
    }
    QStringList filterTexts(const Thing &record) const override { return {record.name, QString::number(record.size)}; }
    QString tieText(const Thing &record) const override { return record.name; }
};

Thing thing(int id, const QString &name, int size)
{
    return {JobId(QStringLiteral("id-%1").arg(id)), name, size};
}

QStringList names(const QAbstractItemModel &model)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out.append(model.index(row, ThingModel::Name).data().toString());
    return out;
}

constexpr auto kFatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

} // namespace

class TestEntityTableModel final : public QObject
{
    Q_OBJECT

private slots:
    void takesWhatTheStoreHolds();
    void newsAreCollected();
    void slicesFinishByThemselves();
    void sortsNumbersAndKeepsUnknownLast();
    void filterHidesAndShows();
    void announcesOnlyCellsThatDiffer();
    void unchangedOrderIsNoLayoutChange();
    void currentRowMovesToNeighbourOnRemoval();
    void tickAnnouncesLiveCellsOnly();
    void resetOnlyWithTheStore();
    void randomised_data();
    void randomised();
};

void TestEntityTableModel::takesWhatTheStoreHolds()
{
    ThingStore store;
    store.upsert({thing(1, QStringLiteral("b"), 1), thing(2, QStringLiteral("a"), 2)});
    ThingModel model(store);
    QAbstractItemModelTester tester(&model, kFatal);
    model.sort(ThingModel::Name);
    model.flush();
    QCOMPARE(names(model), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(model.totalCount(), 2);
    QCOMPARE(model.idAt(0), QStringLiteral("id-2"));
    QCOMPARE(model.rowOf(QStringLiteral("id-1")), 1);
    QCOMPARE(model.rowOf(QStringLiteral("nobody")), -1);
    QCOMPARE(model.idAt(2), QString());
    QCOMPARE(model.recordAt(0)->size, 2);
    QCOMPARE(model.index(0, 1).data(IdRole).toString(), QStringLiteral("id-2"));
    QCOMPARE(model.columnOf(u"size"), 1);
    QCOMPARE(model.columnOf(u"colour"), -1);
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("size"));
}

void TestEntityTableModel::newsAreCollected()
{
    ThingStore store;
    ThingModel model(store);
    model.setFlushInterval(std::chrono::milliseconds(40));
    QSignalSpy updated(&model, &EntityTableModel::updated);
    store.upsert({thing(1, QStringLiteral("a"), 0)});
    QVERIFY(model.hasPending());
    QCOMPARE(model.rowCount(), 0);
    QTRY_COMPARE(model.rowCount(), 1);
    for (int size = 1; size <= 20; ++size)
        store.upsert({thing(1, QStringLiteral("a"), size)});
    QTRY_COMPARE(model.index(0, ThingModel::Size).data().toInt(), 20);
    QCOMPARE(updated.count(), 2);
}

void TestEntityTableModel::slicesFinishByThemselves()
{
    ThingStore store;
    ThingModel model(store);
    QAbstractItemModelTester tester(&model, kFatal);
    QList<Thing> things;
    for (int i = 0; i < 20000; ++i)
        things.append(thing(i, QStringLiteral("t%1").arg(i * 7919 % 20000), i));
    model.sort(ThingModel::Name);
    store.replaceAll(things);
    QTRY_COMPARE(model.rowCount(), 20000);
    QVERIFY(!model.hasPending());
    QCOMPARE(model.index(9999, 0).data().toString(), QStringLiteral("t9999"));
}

void TestEntityTableModel::sortsNumbersAndKeepsUnknownLast()
{
    ThingStore store;
    store.upsert({thing(1, QStringLiteral("w-10"), 5), thing(2, QStringLiteral("w-9"), 5), thing(3, QStringLiteral("x"), -1),
                  thing(4, QStringLiteral("y"), 7)});
    ThingModel model(store);
    QAbstractItemModelTester tester(&model, kFatal);
    model.flush();
    model.sort(ThingModel::Size, Qt::AscendingOrder);
    QCOMPARE(names(model), QStringList({QStringLiteral("w-9"), QStringLiteral("w-10"), QStringLiteral("y"), QStringLiteral("x")}));
    model.sort(ThingModel::Size, Qt::DescendingOrder);
    QCOMPARE(names(model), QStringList({QStringLiteral("y"), QStringLiteral("w-9"), QStringLiteral("w-10"), QStringLiteral("x")}));
}

void TestEntityTableModel::filterHidesAndShows()
{
    ThingStore store;
    store.upsert({thing(1, QStringLiteral("apple"), 1), thing(2, QStringLiteral("pear"), 2)});
    ThingModel model(store);
    QAbstractItemModelTester tester(&model, kFatal);
    model.flush();
    model.setFilter(QStringLiteral("name:pea"));
    QCOMPARE(names(model), QStringList{QStringLiteral("pear")});
    QCOMPARE(model.totalCount(), 2);
    store.upsert({thing(1, QStringLiteral("peach"), 1)});
    model.flush();
    QCOMPARE(model.rowCount(), 2);
    store.upsert({thing(2, QStringLiteral("plum"), 2)});
    model.flush();
    QCOMPARE(names(model), QStringList{QStringLiteral("peach")});
    QCOMPARE(model.rowOf(QStringLiteral("id-2")), -1);
    model.setFilter(QString());
    QCOMPARE(model.rowCount(), 2);
}

void TestEntityTableModel::announcesOnlyCellsThatDiffer()
{
    ThingStore store;
    for (int i = 0; i < 10; ++i)
        store.upsert({thing(i, QStringLiteral("t%1").arg(i), i)});
    ThingModel model(store);
    model.sort(ThingModel::Name);
    model.flush();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    store.upsert({thing(3, QStringLiteral("t3"), 33), thing(4, QStringLiteral("t4"), 44), thing(7, QStringLiteral("t7"), 77)});
    model.flush();
    QCOMPARE(changed.count(), 2);
    QCOMPARE(changed.at(0).at(0).toModelIndex(), model.index(3, ThingModel::Size));
    QCOMPARE(changed.at(0).at(1).toModelIndex(), model.index(4, ThingModel::Size));
    QCOMPARE(changed.at(1).at(0).toModelIndex(), model.index(7, ThingModel::Size));
    QCOMPARE(changed.at(1).at(1).toModelIndex(), model.index(7, ThingModel::Size));
}

void TestEntityTableModel::unchangedOrderIsNoLayoutChange()
{
    ThingStore store;
    store.upsert({thing(1, QStringLiteral("a"), 1), thing(2, QStringLiteral("b"), 5)});
    ThingModel model(store);
    model.sort(ThingModel::Size);
    model.flush();
    QSignalSpy layout(&model, &QAbstractItemModel::layoutChanged);
    store.upsert({thing(1, QStringLiteral("a"), 2)});
    model.flush();
    QCOMPARE(layout.count(), 0);
    store.upsert({thing(1, QStringLiteral("a"), 9)});
    model.flush();
    QCOMPARE(layout.count(), 1);
    QCOMPARE(names(model), QStringList({QStringLiteral("b"), QStringLiteral("a")}));
}

void TestEntityTableModel::currentRowMovesToNeighbourOnRemoval()
{
    ThingStore store;
    store.upsert({thing(1, QStringLiteral("a"), 1), thing(2, QStringLiteral("b"), 2), thing(3, QStringLiteral("c"), 3)});
    ThingModel model(store);
    model.sort(ThingModel::Name);
    model.flush();
    QItemSelectionModel selection(&model);
    selection.setCurrentIndex(model.index(1, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    store.remove({JobId(QStringLiteral("id-2"))});
    model.flush();
    QVERIFY(selection.currentIndex().isValid());
    QVERIFY(model.idAt(selection.currentIndex().row()) != QStringLiteral("id-2"));
}

void TestEntityTableModel::tickAnnouncesLiveCellsOnly()
{
    ThingStore store;
    for (int i = 0; i < 100; ++i)
        store.upsert({thing(i, QStringLiteral("t%1").arg(i), i)});
    ThingModel model(store);
    model.flush();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.tick(10, 19);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toModelIndex(), model.index(10, ThingModel::Age));
    QCOMPARE(changed.at(0).at(1).toModelIndex(), model.index(19, ThingModel::Age));
    changed.clear();
    model.tick(-1, 1000);
    QCOMPARE(changed.at(0).at(1).toModelIndex(), model.index(99, ThingModel::Age));
}

void TestEntityTableModel::resetOnlyWithTheStore()
{
    ThingStore store;
    store.upsert({thing(1, QStringLiteral("a"), 1)});
    ThingModel model(store);
    QAbstractItemModelTester tester(&model, kFatal);
    model.flush();
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    store.replaceAll({});
    model.flush();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.count(), 0);
    store.upsert({thing(2, QStringLiteral("b"), 1)});
    store.reset();
    QCOMPARE(reset.count(), 1);
    model.flush();
    QCOMPARE(model.rowCount(), 0);
    store.upsert({thing(3, QStringLiteral("c"), 1)});
    model.flush();
    QCOMPARE(names(model), QStringList{QStringLiteral("c")});
}

void TestEntityTableModel::randomised_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("population");
    QTest::addColumn<int>("mostChanges");
    for (int seed = 1; seed <= 6; ++seed)
        QTest::addRow("small steps %d", seed) << seed << 40 << 6;
    for (int seed = 7; seed <= 10; ++seed)
        QTest::addRow("large steps %d", seed) << seed << 300 << 250;
}

/// After any sequence of changes the model shows exactly what a plain sort and filter of the store would show, the selected
/// entities that are still shown are still selected, and the model was never reset.
void TestEntityTableModel::randomised()
{
    QFETCH(int, seed);
    QFETCH(int, population);
    QFETCH(int, mostChanges);
    QRandomGenerator random(static_cast<quint32>(seed));
    ThingStore store;
    ThingModel model(store);
    QAbstractItemModelTester tester(&model, kFatal);
    QItemSelectionModel selection(&model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QStringList filters{QString(), QStringLiteral("name:1"), QStringLiteral("2"), QStringLiteral("size:3 n")};
    const auto anyThing = [&] {
        return thing(random.bounded(population), QStringLiteral("n-%1").arg(random.bounded(50)), random.bounded(30) - 2);
    };
    for (int step = 0; step < 120; ++step) {
        const int changes = random.bounded(1, mostChanges);
        QList<Thing> upserts;
        QList<JobId> removals;
        for (int i = 0; i < changes; ++i) {
            if (random.bounded(3) == 0)
                removals.append(thing(random.bounded(population), {}, 0).id);
            else
                upserts.append(anyThing());
        }
        store.upsert(upserts);
        store.remove(removals);
        if (random.bounded(5) == 0)
            model.sort(random.bounded(2), random.bounded(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        if (random.bounded(5) == 0)
            model.setFilter(filters.at(random.bounded(static_cast<int>(filters.size()))));
        if (random.bounded(4) == 0 && model.rowCount() > 0)
            selection.select(model.index(random.bounded(model.rowCount()), 0), QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
        QStringList selected;
        for (const QModelIndex &index : selection.selectedRows())
            selected.append(index.data(IdRole).toString());
        model.flush();

        QList<Thing> expected = store.all();
        const RowFilter filter(model.filter(), model.filterFields());
        expected.removeIf([&](const Thing &one) {
            return !filter.matches(RowFilter::haystack({one.name, QString::number(one.size)}));
        });
        const int column = model.sortColumn();
        const bool ascending = model.sortOrder() == Qt::AscendingOrder;
        std::sort(expected.begin(), expected.end(), [&](const Thing &a, const Thing &b) {
            if (column == ThingModel::Size && (a.size < 0) != (b.size < 0))
                return b.size < 0;
            if (column == ThingModel::Size && a.size != b.size && a.size >= 0)
                return (a.size < b.size) == ascending;
            const QString left = naturalSortKey(a.name);
            const QString right = naturalSortKey(b.name);
            if (left != right)
                return (left < right) == (ascending || column != ThingModel::Name);
            return a.id < b.id;
        });
        QStringList expectedIds;
        for (const Thing &one : std::as_const(expected))
            expectedIds.append(one.id.toString());
        QStringList ids;
        for (int row = 0; row < model.rowCount(); ++row) {
            ids.append(model.idAt(row));
            QCOMPARE(model.rowOf(ids.last()), row);
        }
        QCOMPARE(ids, expectedIds);
        QStringList stillSelected;
        for (const QModelIndex &index : selection.selectedRows())
            stillSelected.append(index.data(IdRole).toString());
        for (const QString &id : std::as_const(selected))
            QCOMPARE(stillSelected.contains(id), expectedIds.contains(id));
    }
    QCOMPARE(resets.count(), 0);
}

QTEST_GUILESS_MAIN(TestEntityTableModel)
#include "tst_entitytablemodel.moc"
