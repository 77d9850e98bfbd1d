// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace novita {

/// The untyped half of Call<T>: life cycle, cancel, retry news. See Call<T>.
class CallBase : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallBase)

public:
    ~CallBase() override;

    /// Withdraws the operation: the producer's canceler runs (aborts the reply or leaves the queue) and the call ends
    /// as ErrorKind::Canceled. Idempotent; nothing happens once a result stands.
    void cancel();

    /// A result stands (its delivery may still be on the way through the event loop).
    bool isSettled() const { return m_settled; }

    /// For producers: what `cancel()` shall stop. Called at most once, never after the call is settled.
    void setCanceler(std::function<void()> canceler);

signals:
    /// A transient failure will be repeated: `attempt` is the number of the coming attempt (2, 3, …).
    void retryScheduled(int attempt, std::chrono::milliseconds delay);
    /// All listeners have had the result; the object deletes itself right after.
    void delivered();

protected:
    explicit CallBase(QObject *parent);
    void settle();

    virtual void deliver() = 0;
    virtual void settleCanceled() = 0;

private:
    std::function<void()> m_canceler;
    bool m_settled = false;
};

/// The one async primitive: an operation that delivers exactly one Result<T>.
///
/// - Created by a producer (service, secret store), which calls `resolve()` once. Owned by `parent`; deletes itself
///   after delivery. Nobody stores the raw pointer: use CallGuard or QPointer.
/// - Listeners attach with `onFinished(context, f)`; any number; each is called once, always through the event loop
///   (also for a cache hit or a refused request), in the order of attaching, unless its context object has died.
/// - All in one thread: the thread that made it.
/// - Destroying an unsettled call (its parent dies) runs the canceler and delivers nothing.
template<typename T>
class Call final : public CallBase
{
public:
    using Handler = std::function<void(const Result<T> &)>;

    [[nodiscard]] static Call *create(QObject *parent = nullptr) { return new Call(parent); }

    /// A call that is settled from the start; delivery is still queued.
    [[nodiscard]] static Call *settledWith(Result<T> result, QObject *parent = nullptr)
    {
        auto *call = new Call(parent);
        call->resolve(std::move(result));
        return call;
    }

    Call *onFinished(const QObject *context, Handler handler)
    {
        m_listeners.push_back({context, std::move(handler)});
        return this;
    }

    /// For producers: ends the call. A second call is ignored (the first result stands).
    void resolve(Result<T> result)
    {
        if (isSettled())
            return;
        m_result.emplace(std::move(result));
        settle();
    }

private:
    struct Listener
    {
        QPointer<const QObject> context;
        Handler handler;
    };

    explicit Call(QObject *parent) : CallBase(parent) {}

    void settleCanceled() override { resolve(Error::make(ErrorKind::Canceled, QStringLiteral("Canceled"))); }

    void deliver() override
    {
        // A handler may attach further listeners or delete the parent: work on a moved-out list and watch ourselves.
        QPointer<Call> self(this);
        const Result<T> result = std::move(*m_result);
        while (self && !m_listeners.empty()) {
            const std::vector<Listener> listeners = std::move(m_listeners);
            m_listeners.clear();
            for (const Listener &listener : listeners) {
                if (listener.context)
                    listener.handler(result);
            }
        }
    }

    std::vector<Listener> m_listeners;
    std::optional<Result<T>> m_result;
};

/// Owns at most one running call: assigning another or destroying the guard cancels what it held, and after a cancel
/// by the guard no listener of that call is told. One guard per independent question a page asks.
class CallGuard
{
public:
    CallGuard() = default;
    ~CallGuard() { reset(); }
    Q_DISABLE_COPY(CallGuard)
    CallGuard(CallGuard &&other) noexcept : m_call(std::exchange(other.m_call, nullptr)) {}
    CallGuard &operator=(CallGuard &&other) noexcept
    {
        if (this != &other) {
            reset();
            m_call = std::exchange(other.m_call, nullptr);
        }
        return *this;
    }

    /// Takes `call` in place of the one held. Returns `call`, to attach listeners to.
    template<typename T>
    Call<T> *reset(Call<T> *call)
    {
        reset();
        m_call = call;
        return call;
    }
    void reset();

    /// A call is held and no result stands yet.
    bool isBusy() const { return m_call && !m_call->isSettled(); }

private:
    QPointer<CallBase> m_call;
};

} // namespace novita
