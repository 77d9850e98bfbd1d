// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingskeys.h"
#include "core/workflows/metricswatch.h"
#include "tests/support/await.h"
#include "tests/support/clientstack.h"
#include "tests/support/fakeclock.h"
#include "tests/workflows/fakecloud.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

using namespace novita;
using namespace std::chrono_literals;

namespace {

const InstanceId kOne(QStringLiteral("one"));

qint64 unixOf(TimePoint at)
{
    return std::chrono::floor<Seconds>(at).time_since_epoch().count();
}

/// A cloud that measures, the program's core on it, and a history file.
struct Bench
{
    QTemporaryDir dir;
    FakeClock clock;
    FakeCloud cloud;
    ClientStack stack{cloud.nam, clock};
    QList<FakeRequest> asked; ///< for metrics
    bool fails = false;
    bool hangs = false;
    qint64 lag = 60;

    Bench()
    {
        stack.history.open(dir.filePath(QStringLiteral("history.sqlite")));
        stack.connectTo(QUrl(QStringLiteral("http://127.0.0.1:9")));
        stack.history.setProfile(ProfileId(QStringLiteral("p")), false);
        if (!stack.settings->setValue(keys::kMaxRetries, 0).ok()) // a retry would wait for a clock that stands still
            qFatal("no settings");
        cloud.intercept = [this](const QString &path, const FakeRequest &request) -> std::optional<FakeAnswer> {
            if (!path.startsWith(QLatin1String("metrics/")))
                return std::nullopt;
            asked.append(request);
            if (hangs)
                return FakeAnswer::hanging();
            return fails ? FakeAnswer::payload("{}", 500) : answer(QUrlQuery(request.request.url()));
        };
        put(kOne, QStringLiteral("running"));
    }

    /// Every asked time up to the lag: cpu is 10, the GPUs are at 40 and 60.
    FakeAnswer answer(const QUrlQuery &query) const
    {
        QJsonArray cpu;
        QJsonArray first;
        QJsonArray second;
        const qint64 step = query.queryItemValue(QStringLiteral("interval")).toLongLong();
        const qint64 end = std::min(query.queryItemValue(QStringLiteral("endTime")).toLongLong(), unixOf(clock.now()) - lag);
        for (qint64 t = query.queryItemValue(QStringLiteral("startTime")).toLongLong(); t <= end; t += step) {
            const auto point = [t](double value) { return QJsonObject{{QStringLiteral("timestamp"), QString::number(t)}, {QStringLiteral("value"), value}}; };
            cpu.append(point(10));
            first.append(point(40));
            second.append(point(60));
        }
        const QJsonArray cards{QJsonObject{{QStringLiteral("gpuId"), QStringLiteral("0")}, {QStringLiteral("items"), first}},
                               QJsonObject{{QStringLiteral("gpuId"), QStringLiteral("1")}, {QStringLiteral("items"), second}}};
        return FakeAnswer::payload(QJsonDocument(QJsonObject{{QStringLiteral("cpuUtilization"), cpu},
                                                             {QStringLiteral("gpuUtilization"), QJsonObject{{QStringLiteral("gpuIds"), cards}}}}).toJson());
    }
    void put(const InstanceId &id, const QString &status)
    {
        cloud.put(id.toString(), status);
        cloud.instances[id.toString()].insert(QStringLiteral("gpuNum"), QStringLiteral("2"));
        static_cast<void>(await(stack.refresher.refresh(DataKind::Instances)));
    }
    /// Lets the clock reach the next poll and the answer arrive.
    void pass(Milliseconds time)
    {
        clock.advance(time);
        stack.insight.metrics.wake();
        for (int i = 0; i < 20; ++i)
            QTest::qWait(1);
    }
    QList<SamplePoint> kept(const QString &key)
    {
        return await(stack.history.samples.read(ProfileId(QStringLiteral("p")), metrics::seriesName(kOne, key), clock.now() - 2h, clock.now(), 1000)).valueOr({});
    }
};

} // namespace

class TestMetricsWatch final : public QObject
{
    Q_OBJECT

private slots:
    void asksOnlyWhileSomebodyWatches()
    {
        Bench bench;
        bench.pass(5min);
        QCOMPARE(bench.asked.size(), 0);
        {
            const MetricsInterest first = bench.stack.insight.metrics.watch(kOne);
            const MetricsInterest second = bench.stack.insight.metrics.watch(kOne);
            bench.pass(1ms);
            QCOMPARE(bench.asked.size(), 1);
            bench.pass(29s);
            QCOMPARE(bench.asked.size(), 1);
            bench.pass(2s);
            QCOMPARE(bench.asked.size(), 2);
        }
        bench.pass(5min);
        QCOMPARE(bench.asked.size(), 2);
        const QUrlQuery query(bench.asked.first().request.url());
        QCOMPARE(bench.asked.first().path(), QStringLiteral("/openapi/v1/metrics/gpu/instance"));
        QCOMPARE(query.queryItemValue(QStringLiteral("instanceId")), QStringLiteral("one"));
        QVERIFY(query.queryItemValue(QStringLiteral("interval")).toInt() > 15);
    }

    void aMovedInterestIsOne()
    {
        Bench bench;
        MetricsInterest kept;
        {
            MetricsInterest first = bench.stack.insight.metrics.watch(kOne);
            kept = std::move(first);
        }
        bench.pass(1ms);
        QCOMPARE(bench.asked.size(), 1);
        kept = {};
        bench.pass(1min);
        QCOMPARE(bench.asked.size(), 1);
    }

    void onlyRunningInstancesAreAsked()
    {
        Bench bench;
        bench.put(kOne, QStringLiteral("exited"));
        const MetricsInterest interest = bench.stack.insight.metrics.watch(kOne);
        bench.pass(1min);
        QCOMPARE(bench.asked.size(), 0);
        bench.put(kOne, QStringLiteral("running"));
        bench.pass(1min);
        QCOMPARE(bench.asked.size(), 1);
    }

    void keepsWhatItLearns()
    {
        Bench bench;
        QSignalSpy updated(&bench.stack.insight.metrics, &MetricsWatch::updated);
        const MetricsInterest interest = bench.stack.insight.metrics.watch(kOne);
        bench.pass(1ms);
        QCOMPARE(updated.size(), 1);
        QVERIFY(bench.kept(QStringLiteral("cpu")).size() >= 10);
        QCOMPARE(bench.kept(QStringLiteral("gpu")).first().mean, 50.0);
        QCOMPARE(bench.kept(QStringLiteral("gpu1")).first().mean, 60.0);
        const std::optional<GpuLoad> load = bench.stack.stores.instances.extra(kOne)->gpuLoad;
        QVERIFY(load);
        QCOMPARE(load->percent, 50.0);
        QVERIFY(bench.clock.now() - load->at >= 60s && bench.clock.now() - load->at < 100s);
        // Asked again 47 s later, the cloud tells of the same times: no further points between them.
        bench.pass(47s);
        const QList<SamplePoint> cpu = bench.kept(QStringLiteral("cpu"));
        for (qsizetype i = 1; i < cpu.size(); ++i)
            QCOMPARE(cpu.at(i).at - cpu.at(i - 1).at, Milliseconds(20s));
    }

    void aPauseLeavesNoHole()
    {
        Bench bench;
        const MetricsInterest interest = bench.stack.insight.metrics.watch(kOne);
        bench.pass(1ms);
        bench.pass(30min);
        const QUrlQuery query(bench.asked.last().request.url());
        const qint64 span = query.queryItemValue(QStringLiteral("endTime")).toLongLong() - query.queryItemValue(QStringLiteral("startTime")).toLongLong();
        QVERIFY2(span > 1800 && span <= 3600, qPrintable(QString::number(span)));
    }

    void failuresAreAskedMoreSeldom()
    {
        Bench bench;
        QSignalSpy failed(&bench.stack.insight.metrics, &MetricsWatch::failed);
        bench.fails = true;
        const MetricsInterest interest = bench.stack.insight.metrics.watch(kOne);
        bench.pass(1ms);
        QCOMPARE(failed.size(), 1);
        bench.pass(31s);
        QCOMPARE(bench.asked.size(), 1);
        bench.pass(30s);
        QCOMPARE(bench.asked.size(), 2);
        bench.pass(61s);
        QCOMPARE(bench.asked.size(), 2);
        bench.fails = false;
        bench.pass(10min);
        QCOMPARE(bench.asked.size(), 3);
        bench.pass(31s);
        QCOMPARE(bench.asked.size(), 4);
    }

    void manyAreAskedInTurnWithinTheBudget()
    {
        Bench bench;
        std::vector<MetricsInterest> all;
        for (int i = 0; i < 40; ++i) {
            bench.cloud.put(QStringLiteral("m%1").arg(i), QStringLiteral("running"));
            all.push_back(bench.stack.insight.metrics.watch(InstanceId(QStringLiteral("m%1").arg(i))));
        }
        static_cast<void>(await(bench.stack.refresher.refresh(DataKind::Instances)));
        for (int i = 0; i < 36; ++i)
            bench.pass(10s);
        // 6 minutes at 20 a minute, and the first round.
        QVERIFY2(bench.asked.size() <= 6 * MetricsWatch::kMostPollsPerMinute + 40, qPrintable(QString::number(bench.asked.size())));
        QVERIFY2(bench.asked.size() >= 60, qPrintable(QString::number(bench.asked.size())));
    }

    void spanComesFromCloudAndFile()
    {
        Bench bench;
        const ProfileId profile(QStringLiteral("p"));
        // What the cloud has forgotten and the file has not, with a hole in it.
        const TimePoint old = bench.clock.now() - 100min;
        bench.stack.history.samples.append(profile, old, {{metrics::seriesName(kOne, QStringLiteral("cpu")), 77}});
        const Result<MetricsSpan> span = await(bench.stack.insight.metrics.read(kOne, 3h));
        QVERIFY(span);
        QVERIFY(!span->problem && !span->shorter);
        QCOMPARE(span->step, Seconds(30));
        const QList<MetricPoint> cpu = span->series.value(QStringLiteral("cpu"));
        QVERIFY2(cpu.size() > 300, qPrintable(QString::number(cpu.size())));
        QVERIFY(std::is_sorted(cpu.begin(), cpu.end(), [](const MetricPoint &a, const MetricPoint &b) { return a.at < b.at; }));
        QVERIFY(span->series.contains(QStringLiteral("gpu1")));

        bench.fails = true;
        bench.clock.advance(1min);
        const Result<MetricsSpan> offline = await(bench.stack.insight.metrics.read(kOne, 3h));
        QVERIFY(offline);
        QVERIFY(offline->problem);
        QVERIFY(offline->series.value(QStringLiteral("cpu")).size() > 300);
    }

    void aSpanOfTheAccountBeforeIsCanceled()
    {
        Bench bench;
        bench.hangs = true;
        Call<MetricsSpan> *span = bench.stack.insight.metrics.read(kOne, 3h);
        QTRY_COMPARE(bench.asked.size(), 1);
        bench.stack.client.cancelAll();
        bench.stack.stores.resetCloudData();
        const Result<MetricsSpan> read = await(span);
        QVERIFY(!read);
        QVERIFY(read.error().isCanceled());
    }

    void mergePrefersFreshPoints()
    {
        const TimePoint at{1000s};
        const QList<MetricPoint> kept{{at, 1}, {at + 31s, 2}, {at + 95s, 3}};
        const QList<MetricPoint> fresh{{at + 30s, 9}};
        QCOMPARE(metrics::merged(kept, fresh, 30s), (QList<MetricPoint>{{at, 1}, {at + 30s, 9}, {at + 95s, 3}}));
        QCOMPARE(metrics::merged(kept, {}, 30s), kept);
        const MetricSeries both = metrics::merged({{QStringLiteral("cpu"), kept}}, {{QStringLiteral("gpu"), fresh}}, 30s, at + 40s);
        QCOMPARE(both.value(QStringLiteral("cpu")).size(), 1);
        QCOMPARE(both.value(QStringLiteral("gpu")).size(), 0);
    }

    void stepsSuitTheScreen_data()
    {
        QTest::addColumn<int>("span");
        QTest::addColumn<int>("step");
        QTest::newRow("5 min") << 300 << 20;
        QTest::newRow("30 min") << 1800 << 30;
        QTest::newRow("3 h") << 10800 << 30;
        QTest::newRow("24 h") << 86400 << 300;
        QTest::newRow("7 d") << 604800 << 1800;
        QTest::newRow("a year") << 31536000 << 3600;
    }
    void stepsSuitTheScreen()
    {
        QFETCH(int, span);
        QFETCH(int, step);
        QCOMPARE(MetricsWatch::stepFor(Seconds(span)).count(), step);
    }
};

QTEST_GUILESS_MAIN(TestMetricsWatch)
#include "tst_metricswatch.moc"
