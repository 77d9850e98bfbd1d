// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/call.h"

#include <QSignalSpy>
#include <QTest>

using namespace novita;

class TestCall : public QObject
{
    Q_OBJECT

private slots:
    void deliversOnceThroughTheEventLoop();
    void deliversToEveryListenerInOrder();
    void skipsListenersWhoseContextDied();
    void cancelRunsTheCancelerAndEndsAsCanceled();
    void cancelAfterResolveChangesNothing();
    void destroyingAnUnsettledCallCancelsSilently();
    void guardCancelsWhatItReplaces();
    void guardMayBeResetFromItsOwnHandler();
    void listenerAddedWhileDeliveringIsServed();
    void deletesItself();
};

void TestCall::deliversOnceThroughTheEventLoop()
{
    QObject context;
    int count = 0;
    auto *call = Call<int>::create();
    call->onFinished(&context, [&](const Result<int> &r) { ++count; QCOMPARE(r.value(), 7); });
    call->resolve(7);
    call->resolve(8);
    QCOMPARE(count, 0);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestCall::deliversToEveryListenerInOrder()
{
    QObject context;
    QList<int> order;
    auto *call = Call<int>::settledWith(1);
    for (int i = 0; i < 3; ++i)
        call->onFinished(&context, [&order, i](const Result<int> &) { order << i; });
    QCoreApplication::processEvents();
    QCOMPARE(order, (QList<int>{0, 1, 2}));
}

void TestCall::skipsListenersWhoseContextDied()
{
    QObject alive;
    int count = 0;
    auto *call = Call<int>::create();
    {
        QObject dead;
        call->onFinished(&dead, [&](const Result<int> &) { count += 100; });
        call->onFinished(&alive, [&](const Result<int> &) { ++count; });
        call->resolve(1);
    }
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestCall::cancelRunsTheCancelerAndEndsAsCanceled()
{
    QObject context;
    int canceled = 0;
    std::optional<Result<int>> seen;
    auto *call = Call<int>::create();
    call->setCanceler([&] {
        ++canceled;
        call->resolve(5); // an aborted reply that answers all the same must not win
    });
    call->onFinished(&context, [&](const Result<int> &r) { seen = r; });
    call->cancel();
    call->cancel();
    QCOMPARE(canceled, 1);
    QCoreApplication::processEvents();
    QVERIFY(seen && !seen->ok());
    QVERIFY(seen->error().isCanceled());
}

void TestCall::cancelAfterResolveChangesNothing()
{
    QObject context;
    int value = 0;
    auto *call = Call<int>::create();
    call->setCanceler([&] { value = -1; });
    call->onFinished(&context, [&](const Result<int> &r) { value = r.valueOr(-2); });
    call->resolve(3);
    call->cancel();
    QCoreApplication::processEvents();
    QCOMPARE(value, 3);
}

void TestCall::destroyingAnUnsettledCallCancelsSilently()
{
    QObject context;
    bool canceled = false;
    bool told = false;
    {
        QObject parent;
        auto *call = Call<int>::create(&parent);
        call->setCanceler([&] { canceled = true; });
        call->onFinished(&context, [&](const Result<int> &) { told = true; });
    }
    QCoreApplication::processEvents();
    QVERIFY(canceled);
    QVERIFY(!told);
}

void TestCall::guardCancelsWhatItReplaces()
{
    QObject context;
    QStringList log;
    CallGuard guard;
    auto *first = guard.reset(Call<int>::create());
    first->setCanceler([&] { log << QStringLiteral("first canceled"); });
    first->onFinished(&context, [&](const Result<int> &) { log << QStringLiteral("late answer"); });
    QVERIFY(guard.isBusy());
    auto *second = guard.reset(Call<int>::create());
    second->onFinished(&context, [&](const Result<int> &) { log << QStringLiteral("second"); });
    second->resolve(2);
    QVERIFY(!guard.isBusy());
    QCoreApplication::processEvents();
    QCOMPARE(log, (QStringList{QStringLiteral("first canceled"), QStringLiteral("second")}));
}

void TestCall::guardMayBeResetFromItsOwnHandler()
{
    QObject context;
    CallGuard guard;
    int rounds = 0;
    std::function<void()> next = [&] {
        guard.reset(Call<int>::settledWith(rounds))->onFinished(&context, [&](const Result<int> &) {
            if (++rounds < 5)
                next();
        });
    };
    next();
    QTRY_COMPARE(rounds, 5);
}

void TestCall::listenerAddedWhileDeliveringIsServed()
{
    QObject context;
    int count = 0;
    auto *call = Call<int>::settledWith(1);
    call->onFinished(&context, [&](const Result<int> &) {
        ++count;
        call->onFinished(&context, [&](const Result<int> &) { ++count; });
    });
    QCoreApplication::processEvents();
    QCOMPARE(count, 2);
}

void TestCall::deletesItself()
{
    QPointer<CallBase> call = Call<int>::settledWith(1);
    QSignalSpy spy(call.data(), &CallBase::delivered);
    QTRY_VERIFY(!call);
    QCOMPARE(spy.count(), 1);
}

QTEST_GUILESS_MAIN(TestCall)
#include "tst_call.moc"
