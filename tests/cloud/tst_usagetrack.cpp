// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/burn.h"
#include "core/cloud/types/usagetrack.h"

#include <QJsonArray>
#include <QTest>

using namespace novita;
using S = InstanceStatus;

namespace {

constexpr TimePoint kBegin{Seconds(1767225600)};
constexpr Money kPrice = Money::fromPriceUnits(36000); // ten units a second
constexpr std::chrono::hours kDay{24};

TimePoint at(qint64 seconds)
{
    return kBegin + Seconds(seconds);
}

/// What the cloud says of one instance, moment by moment.
struct Story
{
    Instance instance;
    UsageTrack track;
    std::optional<TimePoint> seen;
    std::optional<Money> price = kPrice;

    Story()
    {
        instance.id = InstanceId(QStringLiteral("i"));
        instance.kind = QStringLiteral("gpu");
        instance.billing = BillingMode::OnDemand;
        instance.rootfsGb = 60;
        instance.createdAt = at(0);
    }
    void says(S status, qint64 second)
    {
        instance.status = status;
        track.observe(usageFacts(instance, price), at(second), seen);
        seen = at(second);
    }
    void confirms(qint64 second) { seen = at(second); }
    void started(qint64 second) { instance.lastStartedAt = at(second); }
    void stopped(qint64 second) { instance.lastStoppedAt = at(second); }
    qint64 gpu(qint64 from, qint64 to) const { return track.cost(at(from), at(to)).gpu.rounded().priceUnits(); }
    bool isComplete(qint64 from, qint64 to) const { return track.cost(at(from), at(to)).complete; }
};

/// Created at 0, pulling from 11, running from 60.
Story running()
{
    Story story;
    story.says(S::Pending, 0);
    story.says(S::Creating, 3);
    story.says(S::Pulling, 11);
    story.started(60);
    story.says(S::Running, 60);
    return story;
}

} // namespace

class TestUsageTrack final : public QObject
{
    Q_OBJECT

private slots:
    void countsFromPullingOnUntilItStops()
    {
        Story story = running();
        QCOMPARE(story.gpu(0, 61), 500);
        QVERIFY(story.isComplete(0, 61));
        story.says(S::ToStop, 100);
        story.says(S::Stopping, 102);
        story.stopped(111);
        story.says(S::Exited, 113); // seen two seconds later; the cloud says when
        QCOMPARE(story.gpu(0, 5000), 1000);
        story.says(S::ToStart, 200);
        story.says(S::Starting, 202);
        story.started(217);
        story.says(S::Running, 220);
        QCOMPARE(story.gpu(0, 227), 1100);
        QCOMPARE(story.gpu(111, 227), 100);
        QVERIFY(story.isComplete(0, 227));
    }

    void aRestartGoesOnCounting()
    {
        Story story = running();
        story.says(S::ToRestart, 100);
        story.says(S::Restarting, 101);
        story.started(111);
        story.says(S::Running, 115);
        QCOMPARE(story.gpu(0, 211), 2000);
        QCOMPARE(story.track.spans().size(), std::size_t(2)); // before pulling, and since
    }

    void priceThatComesLaterHoldsFromTheBegin()
    {
        Story story;
        story.price.reset();
        story.says(S::Pending, 0);
        story.says(S::Pulling, 10);
        QCOMPARE(story.gpu(0, 20), 0);
        QVERIFY(!story.isComplete(0, 20));
        story.price = kPrice;
        story.says(S::Pulling, 15);
        QCOMPARE(story.gpu(0, 20), 100);
        QVERIFY(story.isComplete(0, 20));
        // Another price later does not reach back.
        story.price = kPrice * 2;
        story.says(S::Running, 20);
        QCOMPARE(story.gpu(0, 30), 300);
    }

    void disksCostWhileStopped()
    {
        Story story;
        story.instance.rootfsGb = 84; // 24 GB: 12000 units a day, 500 an hour
        story.instance.volumes = {{QStringLiteral("network"), 1000.0, StorageId(QStringLiteral("ns")), {}}, {QStringLiteral("local"), 24.0, {}, {}}};
        story.says(S::Pending, 0);
        story.says(S::Pulling, 10);
        story.stopped(20);
        story.started(15);
        story.says(S::Exited, 20);
        const UsageCost cost = story.track.cost(at(0), at(10 + 3600));
        QCOMPARE(cost.disk.rounded().priceUnits(), 1000);
        QCOMPARE(cost.gpu.rounded().priceUnits(), 100);
        story.says(S::ToRemove, 10 + 3600);
        QCOMPARE(story.track.cost(at(0), at(100000)).disk.rounded().priceUnits(), 1000);
    }

    void subscriptionsCostNothingByTheHour()
    {
        Story story;
        story.instance.billing = BillingMode::Monthly;
        story.instance.rootfsGb = 200;
        story.price.reset();
        story.says(S::Pulling, 0);
        story.says(S::Running, 10);
        QCOMPARE(story.gpu(0, 100000), 0);
        QVERIFY(story.isComplete(0, 100000));
        QVERIFY(story.track.cost(at(0), at(100000)).disk.isZero());
    }

    /// First sight of what has run for long: this run is known, what was before is not.
    void firstLookTakesThisRunOnly()
    {
        Story story;
        story.started(1000);
        story.says(S::Running, 5000);
        QCOMPARE(story.gpu(0, 5000), 40000);
        QVERIFY(!story.isComplete(0, 5000));
        QVERIFY(story.isComplete(1000, 5000));

        Story over;
        over.started(1000);
        over.stopped(1100);
        over.says(S::Exited, 5000);
        QCOMPARE(over.gpu(0, 9000), 1000);
        QCOMPARE(over.track.knownSince(), std::optional(at(1000)));
    }

    // ---- the program was off

    void ranOnWhileNobodyLooked()
    {
        Story story = running();
        story.confirms(100);
        story.says(S::Running, 3 * 86400);
        QCOMPARE(story.gpu(0, 3 * 86400), (3LL * 86400 - 11) * 10);
        QVERIFY(story.isComplete(0, 3 * 86400));
    }

    void stoppedWhileNobodyLooked()
    {
        Story story = running();
        story.confirms(100);
        story.stopped(50000);
        story.says(S::Exited, 3 * 86400);
        QCOMPARE(story.gpu(0, 3 * 86400), (50000LL - 11) * 10);
        QVERIFY(story.isComplete(0, 3 * 86400));
    }

    void stoppedAndStartedWhileNobodyLooked()
    {
        Story story = running();
        story.confirms(100);
        story.stopped(50000);
        story.started(60000);
        story.says(S::Running, 100000);
        // Proven: until the last stop, and from the last start on. It may have been more often.
        QCOMPARE(story.gpu(0, 100000), (50000LL - 11 + 40000) * 10);
        QVERIFY(!story.isComplete(0, 100000));
        QVERIFY(story.isComplete(60000, 100000));
    }

    void ranAndStoppedWhileNobodyLooked()
    {
        Story story = running();
        story.stopped(100);
        story.says(S::Exited, 100);
        story.started(40000);
        story.stopped(50000);
        story.says(S::Exited, 100000);
        QCOMPARE(story.gpu(0, 100000), (100LL - 11 + 10000) * 10);
        QVERIFY(!story.isComplete(0, 100000));
        QVERIFY(story.isComplete(50000, 100000));
    }

    void goneWhileNobodyLooked()
    {
        Story story = running();
        story.confirms(100);
        story.track.end(at(100000), at(100));
        QCOMPARE(story.gpu(0, 100000), 890);
        QVERIFY(!story.isComplete(0, 100000));
        Story near = running();
        near.confirms(100);
        near.track.end(at(105), at(100));
        QCOMPARE(near.gpu(0, 100000), 940);
        QVERIFY(near.isComplete(0, 100000));
    }

    // ---- clocks, files

    void aClockThatJumpsBreaksNothing()
    {
        Story story = running();
        story.says(S::ToStop, 5000);
        story.stopped(90);
        story.says(S::Exited, 95); // our clock was set back
        QVERIFY(story.gpu(0, 100000) >= 0);
        for (std::size_t i = 1; i < story.track.spans().size(); ++i) {
            QVERIFY(story.track.spans().at(i - 1).to.has_value());
            QVERIFY(*story.track.spans().at(i - 1).to <= story.track.spans().at(i).from);
        }
        story.started(2000);
        story.says(S::Running, 2000);
        QCOMPARE(story.gpu(10000, 20000), 100000);
    }

    void comesBackFromTheFileAsItWas()
    {
        Story story = running();
        story.stopped(100);
        story.says(S::Exited, 100);
        const std::optional<UsageTrack> read = UsageTrack::fromJson(story.track.toJson());
        QVERIFY(read);
        QCOMPARE(read->spans(), story.track.spans());
        QCOMPARE(read->knownSince(), story.track.knownSince());
        story.track = *read;
        story.says(S::Starting, 120);
        story.started(130);
        story.says(S::Running, 130);
        QCOMPARE(story.gpu(0, 140), 990);
    }

    void refusesWhatIsNoTrack()
    {
        QVERIFY(!UsageTrack::fromJson({}));
        QJsonObject json = running().track.toJson();
        QJsonArray spans = json.value(QLatin1String("spans")).toArray();
        spans.append(spans.first()); // out of order
        json.insert(QStringLiteral("spans"), spans);
        QVERIFY(!UsageTrack::fromJson(json));
    }

    void forgetsOldSpans()
    {
        Story story = running();
        for (qint64 day = 1; day < 40; ++day) {
            story.stopped(day * 86400);
            story.says(S::Exited, day * 86400);
            story.started(day * 86400 + 100);
            story.says(S::Running, day * 86400 + 100);
        }
        const qint64 recent = story.gpu(35 * 86400, 39 * 86400);
        story.track.forgetBefore(kBegin + kDay * 35);
        QCOMPARE(story.gpu(35 * 86400, 39 * 86400), recent);
        QVERIFY(!story.isComplete(0, 39 * 86400));
        QVERIFY(story.track.spans().size() < 12);
    }
};

QTEST_GUILESS_MAIN(TestUsageTrack)
#include "tst_usagetrack.moc"
