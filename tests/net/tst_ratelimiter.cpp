// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/ratelimiter.h"
#include "tests/support/fakeclock.h"

#include <QTest>

#include <deque>
#include <random>

using namespace novita;

class TestRateLimiter : public QObject
{
    Q_OBJECT

private slots:
    void givesTheCapacityThenWaits();
    void neverExceedsAnyWindow_data();
    void neverExceedsAnyWindow();
    void pauseStopsEverythingAndIsNeverShortened();
    void halvesOncePerVolleyAndRecoversSlowly();
    void hasAFloor();
    void reducedPaceSpacesTheTokens();
    void wallClockJumpChangesNothing();
};

void TestRateLimiter::givesTheCapacityThenWaits()
{
    FakeClock clock;
    RateLimiter limiter(3, Seconds(60));
    for (int i = 0; i < 3; ++i)
        QVERIFY(limiter.tryTake(clock.steadyNow()));
    QVERIFY(!limiter.tryTake(clock.steadyNow()));
    QCOMPARE(limiter.used(clock.steadyNow()), 3);

    const SteadyPoint at = limiter.availableAt(clock.steadyNow());
    QVERIFY(at - clock.steadyNow() > Seconds(60));
    QVERIFY(at - clock.steadyNow() <= Milliseconds(60600));
    clock.advance(at - clock.steadyNow() - Milliseconds(1));
    QVERIFY(!limiter.tryTake(clock.steadyNow()));
    clock.advance(Milliseconds(1));
    QCOMPARE(limiter.used(clock.steadyNow()), 0);
    QVERIFY(limiter.tryTake(clock.steadyNow()));
}

void TestRateLimiter::neverExceedsAnyWindow_data()
{
    QTest::addColumn<int>("meanGapMs");
    QTest::newRow("as fast as allowed") << 0;
    QTest::newRow("bursts") << 100;
    QTest::newRow("near the limit") << 590;
    QTest::newRow("below the limit") << 900;
}

void TestRateLimiter::neverExceedsAnyWindow()
{
    QFETCH(int, meanGapMs);
    constexpr int kCapacity = 100;
    const SteadyPoint start(Milliseconds(0));
    const Milliseconds day = std::chrono::hours(24);
    RateLimiter limiter(kCapacity, Seconds(60));
    std::mt19937 random(7);
    std::exponential_distribution<double> gap(meanGapMs > 0 ? 1.0 / meanGapMs : 1.0);

    std::deque<SteadyPoint> window; // closed: both ends count
    qint64 taken = 0;
    for (SteadyPoint now = start; now < start + day;) {
        if (!limiter.tryTake(now)) {
            now = limiter.availableAt(now);
            continue;
        }
        ++taken;
        window.push_back(now);
        while (now - window.front() > Seconds(60))
            window.pop_front();
        QVERIFY(window.size() <= kCapacity);
        if (meanGapMs > 0)
            now += Milliseconds(static_cast<qint64>(gap(random)));
    }
    if (meanGapMs == 0)
        QVERIFY(taken >= 24 * 60 * kCapacity * 99 / 100);
    QVERIFY(taken > 0);
}

void TestRateLimiter::pauseStopsEverythingAndIsNeverShortened()
{
    FakeClock clock;
    RateLimiter limiter;
    limiter.pauseUntil(clock.steadyNow() + Seconds(20));
    limiter.pauseUntil(clock.steadyNow() + Seconds(5));
    QVERIFY(!limiter.tryTake(clock.steadyNow()));
    QCOMPARE(limiter.availableAt(clock.steadyNow()), clock.steadyNow() + Seconds(20));
    QCOMPARE(limiter.pausedUntil(clock.steadyNow()), std::optional(clock.steadyNow() + Seconds(20)));
    clock.advance(Seconds(20));
    QVERIFY(!limiter.pausedUntil(clock.steadyNow()));
    QVERIFY(limiter.tryTake(clock.steadyNow()));
}

void TestRateLimiter::halvesOncePerVolleyAndRecoversSlowly()
{
    FakeClock clock;
    RateLimiter limiter(100, Seconds(60));
    const SteadyPoint sent = clock.steadyNow();
    clock.advance(Milliseconds(200));
    for (int i = 0; i < 4; ++i)
        limiter.onRateLimited(sent, clock.steadyNow());
    QCOMPARE(limiter.pace(clock.steadyNow()), 50);
    clock.advance(Seconds(4)); // the retry of the same request is refused, too
    limiter.onRateLimited(clock.steadyNow(), clock.steadyNow());
    QCOMPARE(limiter.pace(clock.steadyNow()), 50);
    clock.advance(Seconds(55));
    QCOMPARE(limiter.pace(clock.steadyNow()), 50);
    clock.advance(Seconds(1));
    QCOMPARE(limiter.pace(clock.steadyNow()), 60);
    clock.advance(Seconds(60 * 10));
    QCOMPARE(limiter.pace(clock.steadyNow()), 100);
}

void TestRateLimiter::hasAFloor()
{
    FakeClock clock;
    RateLimiter limiter(100, Seconds(60));
    for (int i = 0; i < 20; ++i) {
        clock.advance(Seconds(15));
        limiter.onRateLimited(clock.steadyNow(), clock.steadyNow());
    }
    QCOMPARE(limiter.pace(clock.steadyNow()), 10);
    RateLimiter tiny(1, Seconds(60));
    tiny.onRateLimited(clock.steadyNow(), clock.steadyNow());
    QCOMPARE(tiny.pace(clock.steadyNow()), 1);
}

void TestRateLimiter::reducedPaceSpacesTheTokens()
{
    FakeClock clock;
    RateLimiter limiter(100, Seconds(60));
    for (int i = 0; i < 80; ++i)
        QVERIFY(limiter.tryTake(clock.steadyNow()));
    limiter.onRateLimited(clock.steadyNow(), clock.steadyNow());
    QCOMPARE(limiter.pace(clock.steadyNow()), 50);
    // A busy minute lies behind, and still the next one goes soon.
    QVERIFY(!limiter.tryTake(clock.steadyNow()));
    const Milliseconds gap = limiter.availableAt(clock.steadyNow()) - clock.steadyNow();
    QVERIFY(gap >= Milliseconds(1200));
    QVERIFY(gap < Milliseconds(1250));
    clock.advance(gap);
    QVERIFY(limiter.tryTake(clock.steadyNow()));
    QVERIFY(!limiter.tryTake(clock.steadyNow()));
    // The capacity itself holds all the same: 19 more, then the window is full.
    int taken = 0;
    const SteadyPoint end = clock.steadyNow() + Seconds(30);
    for (SteadyPoint at = clock.steadyNow(); at < end; at = limiter.availableAt(at))
        taken += limiter.tryTake(at) ? 1 : 0;
    QCOMPARE(taken, 19);
}

void TestRateLimiter::wallClockJumpChangesNothing()
{
    FakeClock clock;
    RateLimiter limiter(1, Seconds(60));
    QVERIFY(limiter.tryTake(clock.steadyNow()));
    clock.jumpWallClock(std::chrono::hours(24));
    QVERIFY(!limiter.tryTake(clock.steadyNow()));
}

QTEST_APPLESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
