// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/circuitbreaker.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace novita;
using Admission = CircuitBreaker::Admission;
using Outcome = CircuitBreaker::Outcome;

class TestCircuitBreaker : public QObject
{
    Q_OBJECT

private slots:
    void opensAfterConsecutiveFailuresOnly();
    void letsOneProbeThroughAtATime();
    void threeSuccessesCloseIt();
    void oneFailureOpensItAgain();
    void stragglersDoNotCount();
    void canceledProbeMakesRoom();
    void tryNowProbesBeforeTime();
    void wallClockJumpChangesNothing();

private:
    static void fail(CircuitBreaker &breaker, const FakeClock &clock, int times);
};

void TestCircuitBreaker::fail(CircuitBreaker &breaker, const FakeClock &clock, int times)
{
    for (int i = 0; i < times; ++i)
        breaker.record(breaker.admit(), Outcome::Failure, clock.steadyNow());
}

void TestCircuitBreaker::opensAfterConsecutiveFailuresOnly()
{
    FakeClock clock;
    CircuitBreaker breaker;
    fail(breaker, clock, 4);
    breaker.record(breaker.admit(), Outcome::Success, clock.steadyNow());
    fail(breaker, clock, 4);
    QCOMPARE(breaker.state(), BreakerState::Closed);
    QVERIFY(!breaker.retryAt());
    fail(breaker, clock, 1);
    QCOMPARE(breaker.state(), BreakerState::Open);
    QCOMPARE(breaker.retryAt(), std::optional(clock.steadyNow() + Seconds(60)));
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Refused);
}

void TestCircuitBreaker::letsOneProbeThroughAtATime()
{
    FakeClock clock;
    CircuitBreaker breaker;
    fail(breaker, clock, 5);
    clock.advance(Milliseconds(59999));
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Refused);
    clock.advance(Milliseconds(1));
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Allowed);
    const CircuitBreaker::Ticket probe = breaker.admit();
    QVERIFY(probe.probe);
    QCOMPARE(breaker.state(), BreakerState::HalfOpen);
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::ProbeRunning);
    breaker.record(probe, Outcome::Success, clock.steadyNow());
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Allowed);
}

void TestCircuitBreaker::threeSuccessesCloseIt()
{
    FakeClock clock;
    CircuitBreaker breaker;
    fail(breaker, clock, 5);
    clock.advance(Seconds(60));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(breaker.state(), i == 0 ? BreakerState::Open : BreakerState::HalfOpen);
        breaker.record(breaker.admit(), Outcome::Success, clock.steadyNow());
    }
    QCOMPARE(breaker.state(), BreakerState::Closed);
    // Failures of before are forgotten.
    fail(breaker, clock, 4);
    QCOMPARE(breaker.state(), BreakerState::Closed);
}

void TestCircuitBreaker::oneFailureOpensItAgain()
{
    FakeClock clock;
    CircuitBreaker breaker;
    fail(breaker, clock, 5);
    clock.advance(Seconds(60));
    breaker.record(breaker.admit(), Outcome::Success, clock.steadyNow());
    breaker.record(breaker.admit(), Outcome::Success, clock.steadyNow());
    fail(breaker, clock, 1);
    QCOMPARE(breaker.state(), BreakerState::Open);
    QCOMPARE(breaker.retryAt(), std::optional(clock.steadyNow() + Seconds(60)));
    // The successes of the last round do not count in the next.
    clock.advance(Seconds(60));
    breaker.record(breaker.admit(), Outcome::Success, clock.steadyNow());
    QCOMPARE(breaker.state(), BreakerState::HalfOpen);
}

void TestCircuitBreaker::stragglersDoNotCount()
{
    FakeClock clock;
    CircuitBreaker breaker;
    const CircuitBreaker::Ticket early = breaker.admit();
    fail(breaker, clock, 5);
    breaker.record(early, Outcome::Success, clock.steadyNow());
    QCOMPARE(breaker.state(), BreakerState::Open);
    clock.advance(Seconds(60));
    const CircuitBreaker::Ticket probe = breaker.admit();
    breaker.record(early, Outcome::Failure, clock.steadyNow());
    QCOMPARE(breaker.state(), BreakerState::HalfOpen);
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::ProbeRunning);
    breaker.record(probe, Outcome::Success, clock.steadyNow());
    QCOMPARE(breaker.state(), BreakerState::HalfOpen);
}

void TestCircuitBreaker::canceledProbeMakesRoom()
{
    FakeClock clock;
    CircuitBreaker breaker;
    fail(breaker, clock, 5);
    clock.advance(Seconds(60));
    breaker.record(breaker.admit(), Outcome::Unknown, clock.steadyNow());
    QCOMPARE(breaker.state(), BreakerState::HalfOpen);
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Allowed);
}

void TestCircuitBreaker::tryNowProbesBeforeTime()
{
    FakeClock clock;
    CircuitBreaker breaker;
    fail(breaker, clock, 5);
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Refused);
    breaker.allowProbe(clock.steadyNow());
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Allowed);
    fail(breaker, clock, 1);
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Refused);
}

void TestCircuitBreaker::wallClockJumpChangesNothing()
{
    FakeClock clock;
    CircuitBreaker breaker;
    fail(breaker, clock, 5);
    clock.jumpWallClock(std::chrono::hours(24));
    QCOMPARE(breaker.check(clock.steadyNow()), Admission::Refused);
}

QTEST_APPLESS_MAIN(TestCircuitBreaker)
#include "tst_circuitbreaker.moc"
