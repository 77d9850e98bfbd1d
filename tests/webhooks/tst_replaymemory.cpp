// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/replaymemory.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace novita;
using namespace std::chrono_literals;

namespace {

constexpr TimePoint kBegin(Milliseconds(1'700'000'000'000));

ReplayKey key(qint64 number)
{
    return ReplayKey::of(QByteArray::number(number));
}

} // namespace

/// What is known again, for how long, and in how much memory.
class TestReplayMemory : public QObject
{
    Q_OBJECT

private slots:
    void fingerprintsAreTheStartOfSha256()
    {
        // SHA-256 of the empty text: e3b0c44298fc1c149afbf4c8996fb924…
        QCOMPARE(ReplayKey::of({}).high, 0xe3b0c44298fc1c14ULL);
        QCOMPARE(ReplayKey::of({}).low, 0x9afbf4c8996fb924ULL);
    }

    void lastsADay()
    {
        ReplayMemory memory;
        QVERIFY(!memory.find(key(1), kBegin));
        memory.remember(key(1), 7, kBegin);
        QCOMPARE(memory.find(key(1), kBegin + 24h - 1ms), std::optional<qint64>(7));
        QVERIFY(!memory.find(key(1), kBegin + 24h));
        memory.remember(key(1), 9, kBegin + 24h);
        QCOMPARE(memory.find(key(1), kBegin + 24h), std::optional<qint64>(9));
        memory.forget(kBegin + 24h);
        QCOMPARE(memory.size(), std::size_t(1));
        QCOMPARE(memory.find(key(1), kBegin + 24h), std::optional<qint64>(9));
    }

    void theFirstDeliveryCounts()
    {
        ReplayMemory memory;
        memory.remember(key(1), 7, kBegin);
        memory.remember(key(1), 8, kBegin + 1h);
        QCOMPARE(memory.find(key(1), kBegin + 1h), std::optional<qint64>(7));
        QVERIFY(!memory.find(key(1), kBegin + 24h));
    }

    void takesBack()
    {
        ReplayMemory memory;
        for (qint64 i = 1; i <= 10; ++i)
            memory.remember(key(i), i, kBegin);
        memory.takeBack(6);
        QCOMPARE(memory.size(), std::size_t(5));
        for (qint64 i = 1; i <= 10; ++i)
            QCOMPARE(memory.find(key(i), kBegin).has_value(), i < 6);
        memory.takeBack(1);
        QVERIFY(!memory.oldestDelivery());
    }

    void isBounded()
    {
        constexpr qint64 kMost = 1000;
        ReplayMemory memory(kMost);
        for (qint64 i = 1; i <= 50 * kMost; ++i) {
            memory.remember(key(i), i, kBegin + Milliseconds(i));
            QVERIFY(memory.size() <= std::size_t(kMost));
        }
        QCOMPARE(memory.oldestDelivery(), std::optional<qint64>(49 * kMost + 1));
        const TimePoint now = kBegin + Milliseconds(50 * kMost);
        for (qint64 i = 48 * kMost; i <= 50 * kMost; ++i)
            QCOMPARE(memory.find(key(i), now), i > 49 * kMost ? std::optional(i) : std::nullopt);
    }

    /// Against a plain map, in an order that makes the table grow, empty and wrap.
    void agreesWithAMap()
    {
        QRandomGenerator random(4711);
        ReplayMemory memory;
        std::map<qint64, std::pair<qint64, TimePoint>> expected;
        TimePoint now = kBegin;
        for (qint64 delivery = 1; delivery <= 40000; ++delivery) {
            now += Milliseconds(random.bounded(20000));
            memory.forget(now);
            const qint64 number = random.bounded(30000);
            const auto known = expected.find(number);
            const bool counts = known != expected.end() && known->second.second > now - ReplayMemory::kSpan;
            QCOMPARE(memory.find(key(number), now), counts ? std::optional(known->second.first) : std::nullopt);
            memory.remember(key(number), delivery, now);
            if (random.bounded(50) == 0)
                memory.takeBack(delivery);
            else if (!counts)
                expected[number] = {delivery, now};
        }
        for (qint64 number = 0; number < 30000; ++number) {
            const auto known = expected.find(number);
            const bool counts = known != expected.end() && known->second.second > now - ReplayMemory::kSpan;
            QCOMPARE(memory.find(key(number), now), counts ? std::optional(known->second.first) : std::nullopt);
        }
    }
};

QTEST_GUILESS_MAIN(TestReplayMemory)
#include "tst_replaymemory.moc"
