// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/database.h"
#include "core/database/eventlog.h"
#include "core/database/operationlog.h"
#include "core/database/pricehistory.h"
#include "core/database/samples.h"
#include "core/database/timeline.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace novita;

namespace {

const ProfileId kMine{QStringLiteral("mine")};
const ProfileId kOther{QStringLiteral("other")};

TimePoint at(qint64 seconds)
{
    return TimePoint(Seconds(1'800'000'000 + seconds));
}

} // namespace

/// What the tables of the history file hold, each test on a file of its own.
class TestHistory : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Database> m_database;

    QString path() const { return m_dir->filePath(QStringLiteral("history.sqlite")); }
    void reopen()
    {
        m_database.reset();
        m_database = std::make_unique<Database>(m_clock);
        QVERIFY(await(m_database->open(path())).ok());
    }
    static ActivityEvent event(qint64 seconds, const QString &text, const QString &subject = {})
    {
        ActivityEvent out;
        out.at = at(seconds);
        out.severity = EventSeverity::Warning;
        out.source = EventSource::Poll;
        out.subjectId = subject;
        out.subjectName = subject.isEmpty() ? QString() : QStringLiteral("name of ") + subject;
        out.text = text;
        return out;
    }
    static Operation operation(const QString &id, const QString &kind, OperationState state, qint64 created)
    {
        Operation out;
        out.id = OperationId(id);
        out.profile = kMine;
        out.kind = kind;
        out.title = QStringLiteral("Create box");
        out.state = state;
        out.payload = {{QStringLiteral("name"), QStringLiteral("box")}};
        out.createdAt = out.updatedAt = at(created);
        return out;
    }
    QList<SamplePoint> points(const QString &series, qint64 from, qint64 to, int most = 1000)
    {
        return await(Samples(*m_database).read(kMine, series, at(from), at(to), most)).valueOr({});
    }

private slots:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        reopen();
    }
    void cleanup()
    {
        m_database.reset();
        m_dir.reset();
    }

    void eventsComeNewestFirstOfTheirProfile()
    {
        EventLog log(*m_database);
        for (int i = 0; i < 5; ++i)
            log.append(kMine, event(i, QString::number(i), i % 2 ? QStringLiteral("odd") : QString()));
        log.append(kOther, event(9, QStringLiteral("theirs")));
        reopen();
        EventLog again(*m_database);
        const QList<ActivityEvent> all = await(again.read(kMine, {})).value();
        QCOMPARE(all.size(), 5);
        QCOMPARE(all.first().text, QStringLiteral("4"));
        QCOMPARE(all.first().at, at(4));
        QCOMPARE(all.first().severity, EventSeverity::Warning);
        QCOMPARE(all.first().source, EventSource::Poll);
        QCOMPARE(all.at(1).subjectName, QStringLiteral("name of odd"));

        const QList<ActivityEvent> odd = await(again.read(kMine, {QStringLiteral("odd"), {}, 10})).value();
        QCOMPARE(odd.size(), 2);
        const QList<ActivityEvent> page = await(again.read(kMine, {{}, qint64(all.at(1).serial), 2})).value();
        QCOMPARE(page.size(), 2);
        QCOMPARE(page.first().text, QStringLiteral("2"));

        QCOMPARE(await(again.prune(at(3))).value(), 3);
        QCOMPARE(await(again.read(kMine, {})).value().size(), 2);
        QCOMPARE(await(again.read(kOther, {})).value().size(), 1);
    }

    void operationsOutliveARestart()
    {
        Operation batch = operation(QStringLiteral("b"), QStringLiteral("batch"), OperationState::Running, 0);
        Operation row = operation(QStringLiteral("r"), QStringLiteral("create"), OperationState::Waiting, 1);
        row.parent = batch.id;
        row.deadline = at(600);
        row.worker = QStringLiteral("run-1");
        QVERIFY(await(OperationLog(*m_database).save({batch, row})).ok());
        reopen();
        OperationLog log(*m_database);
        const QList<Operation> all = await(log.read(kMine, {})).value();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all.first(), row);
        QCOMPARE(all.last(), batch);
        QCOMPARE(await(log.read(kMine, {{}, batch.id, false, 10})).value(), QList<Operation>{row});
        QCOMPARE(await(log.read(kMine, {{QStringLiteral("batch"), QStringLiteral("startup")}, {}, true, 10})).value(), QList<Operation>{batch});
        QVERIFY(await(log.read(kOther, {})).value().isEmpty());

        row.state = OperationState::Done;
        row.outcome = {{QStringLiteral("instance"), QStringLiteral("i-1")}};
        QVERIFY(await(log.save(row)).ok());
        QCOMPARE(await(log.read(kMine, {{}, {}, true, 10})).value(), QList<Operation>{batch});
        QCOMPARE(await(log.prune(at(100))).value(), 1); // what is open stays
        QCOMPARE(await(log.read(kMine, {})).value(), QList<Operation>{batch});
    }

    void oneOfTwoWorkersGetsAnOperation()
    {
        OperationLog log(*m_database);
        QVERIFY(await(log.save(operation(QStringLiteral("o"), QStringLiteral("create"), OperationState::Waiting, 0))).ok());
        const OperationId id(QStringLiteral("o"));
        QVERIFY(await(log.claim(id, {}, QStringLiteral("first"))).value());
        QVERIFY(!await(log.claim(id, {}, QStringLiteral("second"))).value());
        QVERIFY(await(log.claim(id, QStringLiteral("first"), QStringLiteral("second"))).value());
        QVERIFY(await(log.save(operation(QStringLiteral("o"), QStringLiteral("create"), OperationState::Done, 0))).ok());
        QVERIFY(!await(log.claim(id, {}, QStringLiteral("third"))).value());
    }

    void timelineKeepsItsOrder()
    {
        Timeline timeline(*m_database);
        const InstanceId box(QStringLiteral("box"));
        timeline.append(kMine, box, {at(0), QStringLiteral("requested"), {}});
        timeline.append(kMine, box, {at(5), QStringLiteral("pulling"), QStringLiteral("image of 3 GB")});
        timeline.append(kMine, InstanceId(QStringLiteral("else")), {at(6), QStringLiteral("ready"), {}});
        timeline.append(kOther, box, {at(7), QStringLiteral("ready"), {}});
        const QList<TimelineEntry> seen = await(timeline.read(kMine, box)).value();
        QCOMPARE(seen.size(), 2);
        QCOMPARE(seen.last(), (TimelineEntry{at(5), QStringLiteral("pulling"), QStringLiteral("image of 3 GB")}));
        QCOMPARE(await(timeline.read(kMine, box, 1)).value().first().state, QStringLiteral("pulling"));
        QCOMPARE(await(timeline.prune(at(6))).value(), 2);
    }

    void spansAreTakenFromTheLastBeginning()
    {
        Timeline timeline(*m_database);
        const auto step = [&timeline](const char *box, int second, const char *state, const ProfileId &profile = kMine) {
            timeline.append(profile, InstanceId(QString::fromLatin1(box)), {at(second), QString::fromLatin1(state), {}});
        };
        step("a", 0, "requested");
        step("b", 1, "requested");
        step("a", 4, "pulling");
        step("c", 6, "requested", kOther);
        step("c", 7, "ready", kOther);
        step("a", 10, "ready");
        step("a", 12, "ready"); // looked at again
        step("b", 20, "requested");
        step("b", 50, "ready");
        step("d", 60, "ready"); // its beginning was not seen
        step("b", 70, "requested");
        const auto spans = [&timeline](int limit) {
            return await(timeline.spans(kMine, QStringLiteral("requested"), QStringLiteral("ready"), limit)).value();
        };
        QCOMPARE(spans(200), (QList<Milliseconds>{std::chrono::seconds(30), std::chrono::seconds(10)}));
        QCOMPARE(spans(1).size(), 1);
    }

    void samplesAreReadAsTheyWere()
    {
        Samples samples(*m_database);
        samples.append(kMine, at(0), {{QStringLiteral("burn"), 1.5}, {QStringLiteral("running"), 2}});
        samples.append(kMine, at(5), {{QStringLiteral("burn"), 2.5}, {QStringLiteral("nonsense"), std::numeric_limits<double>::quiet_NaN()}});
        samples.append(kOther, at(5), {{QStringLiteral("burn"), 99}});
        const QList<SamplePoint> burn = points(QStringLiteral("burn"), 0, 10);
        QCOMPARE(burn.size(), 2);
        QCOMPARE(burn.first(), (SamplePoint{at(0), 1.5, 1.5, 1.5, 1}));
        QCOMPARE(burn.last().mean, 2.5);
        QVERIFY(points(QStringLiteral("nonsense"), 0, 10).isEmpty());
        QVERIFY(points(QStringLiteral("unheard of"), 0, 10).isEmpty());
        QCOMPARE(points(QStringLiteral("burn"), 0, 5).size(), 1); // the end is not in it
    }

    void manySamplesArePutTogetherAndAGapStaysAGap()
    {
        Samples samples(*m_database);
        for (int i = 0; i < 600; ++i) {
            if (i < 200 || i >= 400)
                samples.append(kMine, at(i), {{QStringLiteral("gpu"), i % 10 == 0 ? 100.0 : 10.0}});
        }
        const QList<SamplePoint> gpu = points(QStringLiteral("gpu"), 0, 600, 60);
        QCOMPARE(gpu.size(), 40);
        for (const SamplePoint &point : gpu) {
            QCOMPARE(point.low, 10.0);
            QCOMPARE(point.high, 100.0); // a peak is not averaged away
            QCOMPARE(point.mean, 19.0);
            QCOMPARE(point.count, 10);
            QVERIFY(point.at < at(200) || point.at >= at(400));
        }
    }

    void oldSamplesAgeIntoRollUps()
    {
        Samples samples(*m_database);
        constexpr qint64 kDay = 24 * 3600;
        for (qint64 s = 0; s < 10 * kDay; s += 600)
            samples.append(kMine, at(s), {{QStringLiteral("burn"), double(s / kDay)}});
        const TimePoint now = at(10 * kDay);
        QVERIFY(await(samples.maintain(now, now - std::chrono::hours(24 * 9))).ok());
        QVERIFY(await(samples.maintain(now, now - std::chrono::hours(24 * 9))).ok()); // again: the same

        QCOMPARE(points(QStringLiteral("burn"), 9 * kDay, 10 * kDay).size(), 144); // raw
        const QList<SamplePoint> week = points(QStringLiteral("burn"), 3 * kDay, 10 * kDay, 10000);
        QCOMPARE(week.size(), 7 * 144); // 5 minutes: one sample each
        const QList<SamplePoint> all = points(QStringLiteral("burn"), 0, 10 * kDay, 10000);
        QCOMPARE(all.size(), 9 * 24);   // hours, the first day gone
        QCOMPARE(all.first().count, 6);
        QCOMPARE(all.first().mean, 1.0);
        QCOMPARE(await(m_database->run<qint64>([](SqlSession &session) -> Result<qint64> {
                     return session.value(QStringLiteral("SELECT count(*) FROM sample"))->toLongLong();
                 })).value(), 26 * 6);
    }

    void whatIsTooNewForARollUpIsReadAsItIs()
    {
        Samples samples(*m_database);
        constexpr qint64 kDay = 24 * 3600;
        for (qint64 s = 0; s < 3 * kDay; s += 600)
            samples.append(kMine, at(s), {{QStringLiteral("burn"), 1}});
        QVERIFY(await(samples.maintain(at(3 * kDay), at(0))).ok());
        samples.append(kMine, at(3 * kDay + 60), {{QStringLiteral("burn"), 5}});
        samples.append(kMine, at(3 * kDay + 120), {{QStringLiteral("burn"), 7}});
        const QList<SamplePoint> days = points(QStringLiteral("burn"), kDay, 3 * kDay + 600, 10000);
        QCOMPARE(days.size(), 2 * 144 + 2); // nothing twice
        QCOMPARE(days.last().mean, 7.0);
        const QList<SamplePoint> weeks = points(QStringLiteral("burn"), -20 * kDay, 3 * kDay + 600, 10000);
        QCOMPARE(weeks.last().mean, 6.0); // both in one stretch
    }

    void severalSeriesAreReadTogether()
    {
        Samples samples(*m_database);
        samples.append(kMine, at(0), {{QStringLiteral("burn"), 1.5}, {QStringLiteral("running"), 2}});
        samples.append(kOther, at(0), {{QStringLiteral("other"), 9}});
        const QStringList names{QStringLiteral("burn"), QStringLiteral("running"), QStringLiteral("other")};
        const auto all = await(samples.readAll(kMine, names, at(0), at(10), 10)).value();
        QCOMPARE(all.size(), 2); // what has no points is not in it, nor what is another's
        QCOMPARE(all.value(QStringLiteral("burn")).first().mean, 1.5);
        QCOMPARE(all.value(QStringLiteral("running")).first().mean, 2.0);
    }

    void pricesKeepOnlyWhatMoved()
    {
        PriceHistory prices(*m_database);
        const ProductId product(QStringLiteral("4090"));
        const auto point = [&product](qint64 seconds, std::optional<qint64> units, bool available) {
            return PricePoint{product, BillingMode::Spot, at(seconds), units ? std::optional(Money::fromPriceUnits(*units)) : std::nullopt, available};
        };
        prices.record(kMine, {point(0, 17500, true)});
        prices.record(kMine, {point(60, 17500, true)});
        prices.record(kMine, {point(120, 17500, false)});
        prices.record(kMine, {point(180, std::nullopt, false)});
        prices.record(kMine, {point(240, 20000, true)});
        const QList<PricePoint> all = await(prices.read(kMine, product, BillingMode::Spot, at(-100), at(1000))).value();
        QCOMPARE(all.size(), 4);
        QCOMPARE(all.at(0).price, std::optional(Money::fromPriceUnits(17500)));
        QVERIFY(!all.at(1).available);
        QVERIFY(!all.at(2).price);
        const QList<PricePoint> late = await(prices.read(kMine, product, BillingMode::Spot, at(200), at(1000))).value();
        QCOMPARE(late.size(), 2);
        QCOMPARE(late.first().at, at(180)); // in force when the span begins
        QVERIFY(await(prices.read(kMine, product, BillingMode::OnDemand, at(-100), at(1000))).value().isEmpty());
        QCOMPARE(await(prices.prune(at(5000))).value(), 3);
        QCOMPARE(await(prices.read(kMine, product, BillingMode::Spot, at(-100), at(1000))).value().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
