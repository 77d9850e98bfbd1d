// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverystore.h"
#include "tests/support/sharedclock.h"
#include "tests/ui/webhooksbench.h"
#include "ui/models/roles.h"
#include "ui/webhooks/deliverymodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

namespace {

class Bench
{
public:
    explicit Bench(bool tested = true) : store(clock, folder.filePath(QStringLiteral("deliveries.sqlite"))), model(store, clock)
    {
        if (tested)
            tester.emplace(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    bool fill(int count)
    {
        const bool done = WebhooksBench::fill(store, count, clock.now(), m_filled);
        m_filled += count;
        return done;
    }
    bool settle()
    {
        return QTest::qWaitFor([this] { return model.wasRead() && !model.isLoading(); }, 20000);
    }
    bool rows(int count)
    {
        return QTest::qWaitFor([&] { return model.rowCount() == count; }, 20000);
    }
    QString text(int row, int column) const { return model.index(row, column).data().toString(); }

    QTemporaryDir folder;
    SharedClock clock;
    DeliveryStore store;
    DeliveryModel model;
    std::optional<QAbstractItemModelTester> tester;

private:
    int m_filled = 0;
};

} // namespace

class TestDeliveryModel final : public QObject
{
    Q_OBJECT

private slots:
    void newestFirstAndPageByPage()
    {
        Bench bench;
        QVERIFY(bench.fill(450));
        QVERIFY(!bench.model.wasRead());
        bench.model.reload();
        QVERIFY(bench.model.isLoading());
        QVERIFY(bench.settle());
        QCOMPARE(bench.model.total(), 450);
        QCOMPARE(bench.model.at(0)->id, 450);
        while (bench.model.canFetchMore({})) {
            bench.model.fetchMore({});
            QVERIFY(bench.settle());
        }
        QCOMPARE(bench.model.rowCount(), 450);
        QCOMPARE(bench.model.at(449)->id, 1);
        QVERIFY(bench.model.isComplete());
        QCOMPARE(bench.model.rowOf(450), 0);
        QCOMPARE(bench.model.rowOf(1), 449);
        QCOMPARE(bench.model.rowOf(451), -1);
    }

    void cells()
    {
        Bench bench;
        QVERIFY(bench.fill(7));
        bench.model.reload();
        QVERIFY(bench.rows(7));
        int duplicate = -1;
        for (int row = 0; row < 7; ++row) {
            if (bench.model.at(row)->result == DeliveryResult::Duplicate)
                duplicate = row;
        }
        QVERIFY(duplicate >= 0);
        const QModelIndex cell = bench.model.index(duplicate, DeliveryModel::Outcome);
        QCOMPARE(cell.data().toString(), QStringLiteral("Duplicate"));
        QCOMPARE(cell.data(NoteRole).toString(), QStringLiteral("of #3"));
        QCOMPARE(cell.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Duplicate of #3"));
        QVERIFY(!cell.data(IconNameRole).toString().isEmpty());
        QVERIFY(cell.data(ToneRole).isValid());
        QVERIFY(!cell.data(Qt::ToolTipRole).toString().isEmpty());
        QCOMPARE(bench.text(0, DeliveryModel::Address), QStringLiteral("10.0.0.7"));
        for (int column = 0; column < DeliveryModel::ColumnCount; ++column)
            QVERIFY(!bench.model.headerData(column, Qt::Horizontal).toString().isEmpty());
        QCOMPARE(DeliveryModel::columnIds().size(), int(DeliveryModel::ColumnCount));
    }

    void newsComeInAtTheTop()
    {
        Bench bench;
        QVERIFY(bench.fill(20));
        bench.model.reload();
        QVERIFY(bench.rows(20));
        const QPersistentModelIndex kept = bench.model.index(4, 0);
        QSignalSpy resets(&bench.model, &QAbstractItemModel::modelReset);
        QVERIFY(bench.fill(5));
        bench.model.look();
        bench.model.look(); // while the first is on its way
        QVERIFY(bench.rows(25));
        QCOMPARE(kept.row(), 9);
        QCOMPARE(bench.model.at(0)->id, 25);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(bench.model.total(), 25);
    }

    void manyNewsTakeSeveralPages()
    {
        Bench bench;
        QVERIFY(bench.fill(3));
        bench.model.reload();
        QVERIFY(bench.rows(3));
        QVERIFY(bench.fill(2500));
        bench.model.look();
        QVERIFY(bench.rows(2503));
        for (int row = 0; row < 2503; ++row)
            QCOMPARE(bench.model.at(row)->id, qint64(2503 - row));
    }

    void newsWaitWhileNotFollowing()
    {
        Bench bench;
        QVERIFY(bench.fill(10));
        bench.model.reload();
        QVERIFY(bench.rows(10));
        bench.model.setFollowing(false);
        QVERIFY(bench.fill(12));
        bench.model.look();
        QTRY_COMPARE(bench.model.waiting(), 12);
        QCOMPARE(bench.model.rowCount(), 10);
        QVERIFY(bench.fill(1500));
        bench.model.look();
        QTRY_VERIFY(bench.model.isMoreWaiting());
        QCOMPARE(bench.model.waiting(), DeliveryModel::kMostWaiting);
        bench.model.showNewest();
        QVERIFY(bench.settle());
        QCOMPARE(bench.model.at(0)->id, 1522);
        QCOMPARE(bench.model.waiting(), 0);
        QVERIFY(bench.fill(2));
        bench.model.look();
        QTRY_COMPARE(bench.model.waiting(), 2);
        bench.model.setFollowing(true);
        QCOMPARE(bench.model.at(0)->id, 1524);
        QCOMPARE(bench.model.waiting(), 0);
    }

    void aFilterLooksThroughEverything()
    {
        Bench bench;
        QVERIFY(bench.fill(3000));
        bench.model.setFilter(QStringLiteral("subject:i-7"), std::nullopt);
        QVERIFY(bench.settle());
        QVERIFY(bench.model.isComplete() || bench.model.rowCount() >= DeliveryModel::kPage);
        while (bench.model.canFetchMore({})) {
            bench.model.fetchMore({});
            QVERIFY(bench.settle());
        }
        QVERIFY(bench.model.rowCount() > 0);
        for (int row = 0; row < bench.model.rowCount(); ++row)
            QVERIFY(bench.model.at(row)->subject.startsWith(QStringLiteral("i-7")));
        QVERIFY(bench.model.rowOf(8) >= 0); // among the oldest
        bench.model.setFilter(QStringLiteral("bad signature"), std::nullopt);
        QVERIFY(bench.settle());
        QVERIFY(bench.model.rowCount() > 0);
        QCOMPARE(bench.model.at(0)->result, DeliveryResult::BadSignature);
        bench.model.setFilter(QStringLiteral("nothing like it"), std::nullopt);
        QTRY_VERIFY(bench.model.isComplete());
        QCOMPARE(bench.model.rowCount(), 0);
        QVERIFY(bench.model.isFiltered());
        bench.model.setFilter({}, DeliveryResult::TooOld);
        QVERIFY(bench.settle());
        QCOMPARE(bench.model.total(), 125);
        QCOMPARE(bench.model.rowCount(), 125);
        // News that do not answer to the filter stay outside.
        QVERIFY(bench.fill(24));
        bench.model.look();
        QVERIFY(bench.rows(126));
    }

    void holdsSoManyAndNoMore()
    {
        Bench bench(false); // the tester reads all rows after each step
        QVERIFY(bench.fill(DeliveryModel::kMostRows + 300));
        bench.model.reload();
        QVERIFY(bench.settle());
        while (bench.model.canFetchMore({})) {
            bench.model.fetchMore({});
            QVERIFY(bench.settle());
        }
        QCOMPARE(bench.model.rowCount(), DeliveryModel::kMostRows);
        QVERIFY(bench.model.isFull());
        QVERIFY(bench.fill(50));
        bench.model.look();
        QTRY_COMPARE(bench.model.at(0)->id, qint64(DeliveryModel::kMostRows + 350));
        QCOMPARE(bench.model.rowCount(), DeliveryModel::kMostRows);
        QCOMPARE(bench.model.at(bench.model.rowCount() - 1)->id, 351);
    }

    void aStoreThatFailsIsSaid()
    {
        QTemporaryDir folder;
        SharedClock clock;
        DeliveryStore store(clock, folder.filePath(QStringLiteral("no such folder/deliveries.sqlite")));
        DeliveryModel model(store, clock);
        model.reload();
        QTRY_VERIFY(model.error().has_value());
        QCOMPARE(model.error()->kind, ErrorKind::Storage);
        QVERIFY(!model.isLoading());
        QVERIFY(!model.wasRead());
    }
};

QTEST_GUILESS_MAIN(TestDeliveryModel)
#include "tst_deliverymodel.moc"
