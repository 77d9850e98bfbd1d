// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeclock.h"
#include "ui/models/instancemodel.h"
#include "ui/models/instancetext.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace novita;

class TestInstanceModel final : public QObject
{
    Q_OBJECT

private slots:
    void showsAnInstance();
    void stateWords_data();
    void stateWords();
    void askedActionShowsUntilTheCloudAnswers();
    void costIsAnEstimateOfTheRun();
    void unknownIsADash();
    void filterByField_data();
    void filterByField();
    void onePollTouchesOneCell();
    void showsHowAStartIsWatched();
    void regionsHaveTheNameOfTheirCluster();
    void staleRowsAfterThreeMisses();
    void keepsNoSecrets();

private:
    Instance instance(const QString &id, InstanceStatus status) const
    {
        Instance one;
        one.id = InstanceId(id);
        one.name = QStringLiteral("name-") + id;
        one.status = status;
        one.statusText = stateInfo(status).wire;
        one.productName = QStringLiteral("RTX 4090 24GB");
        one.clusterName = QStringLiteral("US-CA-06 (California)");
        one.clusterId = ClusterId(QStringLiteral("us-ca-6"));
        one.gpuNum = 2;
        one.billing = BillingMode::Spot;
        one.billingText = QStringLiteral("spot");
        one.createdAt = m_clock.now() - std::chrono::hours(3);
        one.lastStartedAt = m_clock.now() - std::chrono::hours(2);
        return one;
    }

    FakeClock m_clock;
};

void TestInstanceModel::showsAnInstance()
{
    InstanceStore store;
    InstanceModel model(store, m_clock);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    store.adoptList({instance(QStringLiteral("a"), InstanceStatus::Running)}, m_clock.now());
    store.setPrices({{InstanceId(QStringLiteral("a")), Money::fromPriceUnits(70000)}});
    model.flush();
    const auto text = [&model](InstanceModel::Column column) { return model.index(0, column).data().toString(); };
    QCOMPARE(text(InstanceModel::Name), QStringLiteral("name-a"));
    QCOMPARE(text(InstanceModel::State), QStringLiteral("Running"));
    QCOMPARE(text(InstanceModel::Gpu), QStringLiteral("RTX 4090 24GB × 2"));
    QCOMPARE(text(InstanceModel::Region), QStringLiteral("US-CA-06"));
    QCOMPARE(text(InstanceModel::Billing), QStringLiteral("Spot"));
    QCOMPARE(text(InstanceModel::Price), QStringLiteral("$0.70"));
    QCOMPARE(text(InstanceModel::Cost), QStringLiteral("$1.40"));
    QVERIFY(text(InstanceModel::Uptime).startsWith(QLatin1String("2 h")));
    const QModelIndex state = model.index(0, InstanceModel::State);
    QCOMPARE(state.data(ToneRole).toInt(), static_cast<int>(StateTone::Good));
    QVERIFY(!state.data(IconNameRole).toString().isEmpty());
    QVERIFY(state.data(Qt::AccessibleTextRole).toString().startsWith(QLatin1String("Running for 2 h")));
    QVERIFY(model.index(0, InstanceModel::Cost).data(Qt::ToolTipRole).toString().contains(QLatin1String("Estimated")));
    QVERIFY(model.index(0, InstanceModel::Price).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    QSet<QString> headers;
    for (int column = 0; column < model.columnCount(); ++column)
        headers.insert(model.headerData(column, Qt::Horizontal).toString());
    QCOMPARE(headers.size(), static_cast<qsizetype>(InstanceModel::ColumnCount));
    QVERIFY(!headers.contains(QString()));
}

void TestInstanceModel::stateWords_data()
{
    QTest::addColumn<Instance>("one");
    QTest::addColumn<QString>("word");
    QTest::addColumn<StateTone>("tone");
    Instance failed = instance(QStringLiteral("f"), InstanceStatus::Exited);
    failed.statusError = QStringLiteral("image not found");
    QTest::newRow("failed") << failed << QStringLiteral("Failed") << StateTone::Bad;
    Instance stopped = instance(QStringLiteral("s"), InstanceStatus::Exited);
    QTest::newRow("stopped") << stopped << QStringLiteral("Stopped") << StateTone::Idle;
    Instance strange = instance(QStringLiteral("x"), InstanceStatus::Unknown);
    strange.statusText = QStringLiteral("defragmenting");
    QTest::newRow("unknown, verbatim") << strange << QStringLiteral("defragmenting") << StateTone::Warn;
    Instance reclaimed = instance(QStringLiteral("r"), InstanceStatus::Exited);
    reclaimed.spotStatus = SpotStatus::Terminated;
    reclaimed.spotStatusText = QStringLiteral("terminated");
    QTest::newRow("reclaimed") << reclaimed << QStringLiteral("Reclaimed") << StateTone::Warn;
    Instance warned = instance(QStringLiteral("w"), InstanceStatus::Running);
    warned.spotReclaimTime = m_clock.now() + std::chrono::minutes(52);
    QTest::newRow("reclaim announced") << warned << QStringLiteral("Reclaim in 52 min") << StateTone::Warn;
}

void TestInstanceModel::stateWords()
{
    QFETCH(Instance, one);
    QFETCH(QString, word);
    QFETCH(StateTone, tone);
    const instancetext::StateView view = instancetext::stateOf(one, nullptr, m_clock.now());
    QCOMPARE(view.word, word);
    QCOMPARE(view.tone, tone);
    QVERIFY(!view.icon.isEmpty());
}

void TestInstanceModel::askedActionShowsUntilTheCloudAnswers()
{
    InstanceStore store;
    InstanceModel model(store, m_clock);
    const InstanceId id(QStringLiteral("a"));
    store.adoptList({instance(id.toString(), InstanceStatus::Exited)}, m_clock.now());
    store.setAsked(id, InstanceAction::Start, m_clock.now());
    model.flush();
    const QModelIndex state = model.index(0, InstanceModel::State);
    QCOMPARE(state.data().toString(), QStringLiteral("Starting (asked)"));
    QVERIFY(state.data(ChangingRole).toBool());
    store.adoptList({instance(id.toString(), InstanceStatus::Starting)}, m_clock.now());
    m_clock.advance(Seconds(12));
    model.flush();
    QCOMPARE(state.data().toString(), QStringLiteral("Starting"));
    QCOMPARE(state.data(NoteRole).toString(), QStringLiteral("for 12 s"));
}

void TestInstanceModel::costIsAnEstimateOfTheRun()
{
    const Money price = Money::fromPriceUnits(100000);
    Instance one = instance(QStringLiteral("a"), InstanceStatus::Running);
    QCOMPARE(instancetext::costSoFar(one, price, m_clock.now())->toPlainString(), QStringLiteral("2.00"));
    one.status = InstanceStatus::Exited;
    one.lastStoppedAt = *one.lastStartedAt + std::chrono::minutes(30);
    QCOMPARE(instancetext::costSoFar(one, price, m_clock.now())->toPlainString(), QStringLiteral("0.50"));
    one.billing = BillingMode::Monthly;
    QVERIFY(!instancetext::costSoFar(one, price, m_clock.now()));
    one.billing = BillingMode::OnDemand;
    QVERIFY(!instancetext::costSoFar(one, std::nullopt, m_clock.now()));
    one.lastStoppedAt.reset();
    QVERIFY(!instancetext::costSoFar(one, price, m_clock.now()));
    one.status = InstanceStatus::Pulling;
    one.lastStartedAt = m_clock.now() + std::chrono::hours(1); // a cloud whose clock is ahead
    QVERIFY(instancetext::costSoFar(one, price, m_clock.now())->isZero());
}

void TestInstanceModel::unknownIsADash()
{
    InstanceStore store;
    InstanceModel model(store, m_clock);
    Instance bare;
    bare.id = InstanceId(QStringLiteral("bare"));
    store.adoptList({bare}, m_clock.now());
    model.flush();
    QCOMPARE(model.index(0, InstanceModel::Name).data().toString(), QStringLiteral("bare"));
    for (const auto column : {InstanceModel::Gpu, InstanceModel::Region, InstanceModel::Billing, InstanceModel::Price,
                              InstanceModel::Cost, InstanceModel::Uptime})
        QCOMPARE(model.index(0, column).data().toString(), QStringLiteral("–"));
}

void TestInstanceModel::filterByField_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("rows");
    QTest::newRow("state") << QStringLiteral("state:running") << 1;
    QTest::newRow("state, as shown") << QStringLiteral("state:stopped") << 1;
    QTest::newRow("state, as the cloud says") << QStringLiteral("state:exited") << 1;
    QTest::newRow("region by display name") << QStringLiteral("region:us") << 2;
    QTest::newRow("region by place") << QStringLiteral("region:california") << 2;
    QTest::newRow("gpu") << QStringLiteral("gpu:4090") << 2;
    QTest::newRow("billing") << QStringLiteral("billing:spot name:-b") << 1;
    QTest::newRow("none") << QStringLiteral("gpu:h100") << 0;
}

void TestInstanceModel::filterByField()
{
    QFETCH(QString, filter);
    QFETCH(int, rows);
    InstanceStore store;
    InstanceModel model(store, m_clock);
    store.adoptList({instance(QStringLiteral("a"), InstanceStatus::Running), instance(QStringLiteral("b"), InstanceStatus::Exited)},
                    m_clock.now());
    model.flush();
    model.setFilter(filter);
    QCOMPARE(model.rowCount(), rows);
}

void TestInstanceModel::onePollTouchesOneCell()
{
    InstanceStore store;
    InstanceModel model(store, m_clock);
    QList<Instance> list;
    for (int i = 0; i < 50; ++i)
        list.append(instance(QString::number(i), InstanceStatus::Running));
    store.adoptList(list, m_clock.now());
    model.sort(InstanceModel::Name);
    model.flush();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    m_clock.advance(Seconds(5));
    list[7].status = InstanceStatus::Stopping;
    list[7].statusText = QStringLiteral("stopping");
    store.adoptList(list, m_clock.now());
    model.flush();
    QCOMPARE(changed.count(), 2); // the state and, as it does not run any more, the uptime
    const int row = model.rowOf(QStringLiteral("7"));
    QCOMPARE(changed.at(0).at(0).toModelIndex(), model.index(row, InstanceModel::State));
    QCOMPARE(changed.at(1).at(1).toModelIndex(), model.index(row, InstanceModel::Uptime));
}

void TestInstanceModel::showsHowAStartIsWatched()
{
    InstanceStore store;
    InstanceModel model(store, m_clock);
    const InstanceId runs(QStringLiteral("a"));
    const InstanceId pulls(QStringLiteral("b"));
    QList<Instance> list{instance(runs.toString(), InstanceStatus::Running), instance(pulls.toString(), InstanceStatus::Pulling),
                         instance(QStringLiteral("c"), InstanceStatus::Running)};
    store.adoptList(list, m_clock.now());
    model.sort(InstanceModel::Name);
    model.flush();
    const auto state = [&model](int row) { return model.index(row, InstanceModel::State); };
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    store.setStartupMarks({{runs, StartupMark::Checking}, {pulls, StartupMark::TimedOut}});
    model.flush();
    QCOMPARE(state(0).data().toString(), QStringLiteral("Checking endpoints"));
    QCOMPARE(state(0).data(ToneRole).toInt(), static_cast<int>(StateTone::Wait));
    QVERIFY(state(0).data(ChangingRole).toBool());
    QCOMPARE(state(1).data().toString(), QStringLiteral("Timed out"));
    QCOMPARE(state(1).data(ToneRole).toInt(), static_cast<int>(StateTone::Warn));
    QVERIFY(!state(1).data(IconNameRole).toString().isEmpty());
    QCOMPARE(changed.size(), 1); // the two cells beside each other, and nothing of the third row
    QCOMPARE(changed.first().first().toModelIndex(), state(0));
    QCOMPARE(changed.first().at(1).toModelIndex(), state(1));

    changed.clear();
    store.setStartupMarks({{runs, StartupMark::Ready}});
    model.flush();
    QCOMPARE(state(0).data().toString(), QStringLiteral("Ready"));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(1).toModelIndex(), state(0));
    // Found by either word.
    const QList<std::pair<QString, int>> filters{{QStringLiteral("state:ready"), 1}, {QStringLiteral("state:running"), 2},
                                                 {QStringLiteral("state:\"timed out\""), 1}, {QStringLiteral("state:pulling"), 1}};
    for (const auto &[filter, rows] : filters) {
        model.setFilter(filter);
        QVERIFY2(model.rowCount() == rows, qPrintable(filter));
    }
    model.setFilter({});

    store.setStartupMarks({{runs, StartupMark::Failed}, {pulls, StartupMark::Failed}});
    model.flush();
    QCOMPARE(state(0).data().toString(), QStringLiteral("Not reachable"));
    QCOMPARE(state(0).data(ToneRole).toInt(), static_cast<int>(StateTone::Warn));
    QCOMPARE(state(1).data().toString(), QStringLiteral("Pulling image")); // what failed may go on after all

    // The cloud's word again when the run is over; a failure is told before anything else.
    list[0] = instance(runs.toString(), InstanceStatus::Stopping);
    list[1].statusError = QStringLiteral("image not found");
    list[1].status = InstanceStatus::Exited;
    store.adoptList(list, m_clock.now());
    model.flush();
    QCOMPARE(state(0).data().toString(), QStringLiteral("Stopping"));
    QCOMPARE(state(1).data().toString(), QStringLiteral("Failed"));
}

void TestInstanceModel::regionsHaveTheNameOfTheirCluster()
{
    InstanceStore store;
    ClusterStore clusters;
    InstanceModel model(store, m_clock);
    model.setClusters(clusters);
    Instance one = instance(QStringLiteral("a"), InstanceStatus::Running);
    one.clusterName.clear();
    store.adoptList({one}, m_clock.now());
    model.flush();
    const QModelIndex region = model.index(0, InstanceModel::Region);
    QCOMPARE(region.data().toString(), QStringLiteral("us-ca-6"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    Cluster cluster;
    cluster.id = one.clusterId;
    cluster.name = QStringLiteral("US-CA-06 (California)");
    clusters.replaceAll({cluster});
    clusters.markRefreshed(m_clock.now());
    QCOMPARE(region.data().toString(), QStringLiteral("US-CA-06"));
    QVERIFY(region.data(Qt::ToolTipRole).toString().contains(QStringLiteral("US-CA-06 (California)")));
    QTRY_VERIFY(!changed.isEmpty());
}

void TestInstanceModel::staleRowsAfterThreeMisses()
{
    InstanceStore store;
    InstanceModel model(store, m_clock);
    store.adoptList({instance(QStringLiteral("a"), InstanceStatus::Running)}, m_clock.now());
    model.flush();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QModelIndex name = model.index(0, InstanceModel::Name);
    for (int miss = 0; miss < 3; ++miss) {
        QVERIFY(!name.data(StaleRole).toBool());
        store.markRefreshFailed(Error::make(ErrorKind::Network, QStringLiteral("no route")));
    }
    QVERIFY(name.data(StaleRole).toBool());
    QCOMPARE(changed.count(), 1);
    store.markRefreshed(m_clock.now());
    QVERIFY(!name.data(StaleRole).toBool());
}

void TestInstanceModel::keepsNoSecrets()
{
    InstanceStore store;
    InstanceModel model(store, m_clock);
    Instance one = instance(QStringLiteral("a"), InstanceStatus::Running);
    one.envs = {{QStringLiteral("TOKEN"), QStringLiteral("hunter2")}};
    one.connection = ConnectionInfo{};
    one.connection->sshPassword = QStringLiteral("hunter2");
    store.adoptRows({one}, m_clock.now(), false);
    model.flush();
    const InstanceRecord *record = model.recordAt(0);
    QVERIFY(record);
    QVERIFY(record->instance->envs.isEmpty());
    QVERIFY(!record->instance->connection);
    model.setFilter(QStringLiteral("hunter2"));
    QCOMPARE(model.rowCount(), 0);
}


QTEST_GUILESS_MAIN(TestInstanceModel)
#include "tst_instancemodel.moc"
