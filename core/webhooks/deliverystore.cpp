// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverystore.h"

#include "core/base/logging.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>

namespace novita {

namespace {

constexpr unsigned long kLastWritesMs = 5000;

} // namespace

/// What the threads share; outlives the store when a hung disk keeps its thread busy.
struct DeliveryStore::Queue
{
    std::mutex mutex;
    std::condition_variable news;
    std::deque<PendingDelivery> deliveries;
    std::deque<std::function<void(DeliveryWriter &)>> works;
    int refusals = 0; ///< of the deliveries
    bool ending = false;

    std::mutex ownerMutex;
    DeliveryStore *owner = nullptr;

    void deliver(std::function<void()> answer)
    {
        const std::lock_guard lock(ownerMutex);
        if (owner)
            QMetaObject::invokeMethod(owner, std::move(answer), Qt::QueuedConnection);
    }

    /// The thread's whole life: takes what has come together, writes it, sees what came meanwhile.
    void serve(DeliveryWriter &writer)
    {
        std::unique_lock lock(mutex);
        while (true) {
            news.wait(lock, [this] { return ending || !deliveries.empty() || !works.empty(); });
            if (deliveries.empty() && works.empty())
                return;
            const auto count = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(deliveries.size()), kGroupSize);
            std::vector<PendingDelivery> group(std::make_move_iterator(deliveries.begin()), std::make_move_iterator(deliveries.begin() + count));
            deliveries.erase(deliveries.begin(), deliveries.begin() + count);
            refusals -= static_cast<int>(std::count_if(group.begin(), group.end(), [](const PendingDelivery &one) { return !one.stored; }));
            // One at a time: nobody's delivery waits behind a row of readings.
            std::function<void(DeliveryWriter &)> work;
            if (!works.empty()) {
                work = std::move(works.front());
                works.pop_front();
            }
            lock.unlock();
            if (!group.empty())
                writer.store(std::move(group));
            if (work)
                work(writer);
            lock.lock();
        }
    }
};

DeliveryStore::DeliveryStore(const Clock &clock, const QString &path, QObject *parent)
    : QObject(parent), m_clock(clock), m_queue(std::make_shared<Queue>())
{
    m_queue->owner = this;
    m_status.state = DatabaseStatus::State::Opening;
    m_status.path = path;
    m_thread = QThread::create([this, queue = m_queue, path, &clock] {
        DeliveryWriter writer(clock, path, [this, queue](const DatabaseStatus &status) {
            queue->deliver([this, status] { setStatus(status); });
        });
        queue->serve(writer);
    });
    m_thread->setObjectName(QStringLiteral("deliveries"));
    m_thread->start();
}

DeliveryStore::~DeliveryStore()
{
    {
        const std::lock_guard lock(m_queue->mutex);
        m_queue->ending = true;
    }
    m_queue->news.notify_one();
    const bool ended = m_thread->wait(kLastWritesMs);
    {
        const std::lock_guard lock(m_queue->ownerMutex);
        m_queue->owner = nullptr;
    }
    if (ended)
        delete m_thread;
    else
        qCWarning(lcDatabase) << "the disk does not answer: the last deliveries may be lost";
}

void DeliveryStore::setStatus(const DatabaseStatus &status)
{
    if (status == m_status)
        return;
    m_status = status;
    emit statusChanged(m_status);
}

void DeliveryStore::add(PendingDelivery pending)
{
    std::unique_lock lock(m_queue->mutex);
    if (m_queue->deliveries.size() >= static_cast<std::size_t>(kMaxWaiting)) {
        lock.unlock();
        pending.stored(Error::make(ErrorKind::Storage, QCoreApplication::translate("DeliveryStore", "The disk is too slow for the webhook deliveries that arrive.")));
        return;
    }
    m_queue->deliveries.push_back(std::move(pending));
    lock.unlock();
    m_queue->news.notify_one();
}

void DeliveryStore::note(Delivery refusal)
{
    std::unique_lock lock(m_queue->mutex);
    if (m_queue->refusals >= kMaxWaitingRefusals)
        return;
    ++m_queue->refusals;
    m_queue->deliveries.push_back({std::move(refusal), {}, {}});
    lock.unlock();
    m_queue->news.notify_one();
}

template<typename T>
Call<T> *DeliveryStore::run(std::function<Result<T>(DeliveryWriter &)> work)
{
    auto *call = Call<T>::create(this);
    const QPointer<Call<T>> out(call);
    {
        const std::lock_guard lock(m_queue->mutex);
        m_queue->works.push_back([work = std::move(work), queue = m_queue.get(), out](DeliveryWriter &writer) {
            queue->deliver([out, result = work(writer)] {
                if (out)
                    out->resolve(result);
            });
        });
    }
    m_queue->news.notify_one();
    return call;
}

Call<DeliveryPage> *DeliveryStore::list(const DeliveryQuery &query)
{
    return run<DeliveryPage>([query](DeliveryWriter &writer) { return writer.list(query); });
}

Call<Delivery> *DeliveryStore::read(qint64 id)
{
    return run<Delivery>([id](DeliveryWriter &writer) { return writer.read(id); });
}

Call<Done> *DeliveryStore::setRetention(const DeliveryRetention &retention)
{
    DeliveryRetention within = retention;
    within.days = std::clamp(within.days, 1, 3650);
    within.bytes = std::max<qint64>(within.bytes, 1024 * 1024);
    return run<Done>([within, now = m_clock.now()](DeliveryWriter &writer) { return writer.keep(within, now); });
}

} // namespace novita
