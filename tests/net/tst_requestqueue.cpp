// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/requestqueue.h"
#include "tests/support/fakeclock.h"

#include <QTest>

#include <memory>

using namespace novita;
using Id = RequestQueue::Id;
using Verdict = RequestQueue::Verdict;

class TestRequestQueue : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsToTheSlots();
    void servesByPriorityThenByAge();
    void nobodyStarves();
    void raisesAndRemoves();
    void waitsForItsMoment();
    void retryKeepsItsPlace();
    void pauseHoldsEverything();
    void gateStopsOrRefuses();
    void onePassedGoesAtItsTime();
    void countsItsRoom();
    void takeAllEmptiesIt();
    void callbacksMayPush();

private:
    RequestQueue &queue() { return *m_queue; }
    FakeClock m_clock;
    std::unique_ptr<RequestQueue> m_queue;
    QList<Id> m_sent;
    QList<Id> m_refused;
    std::function<RequestQueue::Decision(Id)> m_gate;
    std::function<void(Id)> m_onRefused;
};

void TestRequestQueue::init()
{
    m_sent.clear();
    m_refused.clear();
    m_gate = [](Id) { return RequestQueue::Decision{}; };
    m_onRefused = nullptr;
    m_queue = std::make_unique<RequestQueue>(
        m_clock, RequestQueue::Callbacks{[this](Id id) { return m_gate(id); }, [this](Id id) { m_sent.append(id); },
                                         [this](Id id) {
                                             m_refused.append(id);
                                             if (m_onRefused)
                                                 m_onRefused(id);
                                         }});
    m_queue->setLimits(1, 100);
}

void TestRequestQueue::keepsToTheSlots()
{
    queue().setLimits(4, 100);
    for (Id id = 1; id <= 6; ++id)
        queue().push(id, RequestPriority::Interactive);
    QCOMPARE(m_sent, (QList<Id>{1, 2, 3, 4}));
    QCOMPARE(queue().inFlight(), 4);
    QCOMPARE(queue().waiting(), 2);
    queue().release();
    QCOMPARE(m_sent, (QList<Id>{1, 2, 3, 4, 5}));
}

void TestRequestQueue::servesByPriorityThenByAge()
{
    queue().push(1, RequestPriority::Bulk);
    queue().push(2, RequestPriority::Bulk);
    queue().push(3, RequestPriority::Poll);
    queue().push(4, RequestPriority::Interactive);
    queue().push(5, RequestPriority::Interactive);
    queue().push(6, RequestPriority::Poll);
    for (int i = 0; i < 5; ++i)
        queue().release();
    QCOMPARE(m_sent, (QList<Id>{1, 4, 5, 3, 6, 2}));
}

void TestRequestQueue::nobodyStarves()
{
    queue().push(1, RequestPriority::Interactive);
    queue().push(1000, RequestPriority::Poll);
    queue().push(2000, RequestPriority::Bulk);
    for (Id id = 2; id < 40; ++id)
        queue().push(id, RequestPriority::Interactive);
    for (int i = 0; i < 20; ++i)
        queue().release();
    QVERIFY(m_sent.contains(1000));
    QVERIFY(m_sent.contains(2000));
    QVERIFY(m_sent.indexOf(1000) >= 8);
}

void TestRequestQueue::raisesAndRemoves()
{
    queue().push(1, RequestPriority::Bulk);
    queue().push(2, RequestPriority::Bulk);
    queue().push(3, RequestPriority::Bulk);
    queue().push(4, RequestPriority::Poll);
    queue().raise(3, RequestPriority::Interactive);
    queue().raise(4, RequestPriority::Bulk); // never down
    QVERIFY(queue().remove(2));
    QVERIFY(!queue().remove(2));
    QVERIFY(!queue().remove(1)); // on its way already
    for (int i = 0; i < 2; ++i)
        queue().release();
    QCOMPARE(m_sent, (QList<Id>{1, 3, 4}));
    QCOMPARE(queue().waiting(), 0);
}

void TestRequestQueue::waitsForItsMoment()
{
    queue().pushLater(1, RequestPriority::Interactive, m_clock.steadyNow() + Seconds(5));
    QVERIFY(m_sent.isEmpty());
    QCOMPARE(queue().waiting(), 1);
    m_clock.advance(Seconds(5));
    queue().pump();
    QCOMPARE(m_sent, (QList<Id>{1}));

    // And without anybody's help: the timer.
    queue().release();
    queue().pushLater(2, RequestPriority::Interactive, m_clock.steadyNow() + Milliseconds(10));
    m_clock.advance(Milliseconds(10));
    QTRY_COMPARE(m_sent, (QList<Id>{1, 2}));
}

void TestRequestQueue::retryKeepsItsPlace()
{
    queue().push(1, RequestPriority::Interactive);
    queue().push(3, RequestPriority::Interactive);
    queue().pushLater(2, RequestPriority::Interactive, m_clock.steadyNow() + Seconds(1));
    m_clock.advance(Seconds(2));
    queue().release();
    QCOMPARE(m_sent, (QList<Id>{1, 2}));
}

void TestRequestQueue::pauseHoldsEverything()
{
    queue().setPaused(true);
    queue().push(1, RequestPriority::Interactive);
    QVERIFY(m_sent.isEmpty());
    queue().setPaused(false);
    QCOMPARE(m_sent, (QList<Id>{1}));
}

void TestRequestQueue::gateStopsOrRefuses()
{
    const SteadyPoint open = m_clock.steadyNow() + Milliseconds(20);
    m_gate = [this, open](Id id) -> RequestQueue::Decision {
        if (id == 2)
            return {Verdict::Refuse, {}};
        if (m_clock.steadyNow() < open)
            return {Verdict::Wait, open};
        return {};
    };
    queue().push(1, RequestPriority::Poll);
    queue().push(2, RequestPriority::Interactive);
    QVERIFY(m_sent.isEmpty());
    QCOMPARE(m_refused, (QList<Id>{2}));
    QCOMPARE(queue().waiting(), 1);
    m_clock.advance(Milliseconds(20));
    QTRY_COMPARE(m_sent, (QList<Id>{1}));
}

/// And nobody waits with it.
void TestRequestQueue::onePassedGoesAtItsTime()
{
    const SteadyPoint open = m_clock.steadyNow() + Milliseconds(20);
    m_gate = [this, open](Id id) -> RequestQueue::Decision {
        return id == 1 && m_clock.steadyNow() < open ? RequestQueue::Decision{Verdict::Pass, open} : RequestQueue::Decision{};
    };
    queue().setLimits(2, 10);
    queue().push(1, RequestPriority::Bulk);
    queue().push(2, RequestPriority::Bulk);
    QCOMPARE(m_sent, (QList<Id>{2}));
    QCOMPARE(queue().waiting(), 1);
    m_clock.advance(Milliseconds(20));
    QTRY_COMPARE(m_sent, (QList<Id>{2, 1}));
}

void TestRequestQueue::countsItsRoom()
{
    queue().setLimits(1, 2);
    queue().push(1, RequestPriority::Interactive);
    QVERIFY(queue().hasRoom());
    queue().push(2, RequestPriority::Interactive);
    queue().push(3, RequestPriority::Interactive);
    QVERIFY(!queue().hasRoom());
    queue().release();
    QVERIFY(queue().hasRoom());
}

void TestRequestQueue::takeAllEmptiesIt()
{
    queue().setPaused(true);
    queue().push(2, RequestPriority::Interactive);
    queue().push(1, RequestPriority::Bulk);
    queue().pushLater(3, RequestPriority::Poll, m_clock.steadyNow() + Seconds(1));
    QCOMPARE(queue().takeAll(), (std::vector<Id>{1, 2, 3}));
    QCOMPARE(queue().waiting(), 0);
    queue().setPaused(false);
    QVERIFY(m_sent.isEmpty());
}

void TestRequestQueue::callbacksMayPush()
{
    m_gate = [](Id id) { return RequestQueue::Decision{id == 1 ? Verdict::Refuse : Verdict::Go, {}}; };
    m_onRefused = [this](Id) { queue().push(9, RequestPriority::Interactive); };
    queue().push(1, RequestPriority::Interactive);
    QCOMPARE(m_refused, (QList<Id>{1}));
    QCOMPARE(m_sent, (QList<Id>{9}));
}

QTEST_GUILESS_MAIN(TestRequestQueue)
#include "tst_requestqueue.moc"
