// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverystore.h"

#include "core/base/logging.h"
#include "core/webhooks/deliveryarchive.h"
#include "core/webhooks/deliverypipeline.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QPointer>
#include <QThread>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <mutex>

namespace novita {

namespace {

constexpr qint64 kLastWritesMs = 5000;
constexpr int kArchiveNiceness = 10;

/// What serveArchive() does can wait; where there are fewer processors than busy threads, the ones that owe answers go first. Qt has priorities only for
/// real-time threads on Linux.
void giveWay()
{
#ifdef Q_OS_LINUX
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kArchiveNiceness);
#else
    QThread::currentThread()->setPriority(QThread::LowPriority);
#endif
}

} // namespace

/// The way back to the store's own thread, cut when the store goes.
struct DeliveryStore::Link
{
    std::mutex mutex;
    DeliveryStore *owner = nullptr;

    void deliver(std::function<void()> answer)
    {
        const std::lock_guard lock(mutex);
        if (owner)
            QMetaObject::invokeMethod(owner, std::move(answer), Qt::QueuedConnection);
    }
};

DeliveryStore::DeliveryStore(const Clock &clock, const QString &path, QObject *parent, qint64 journalBytes)
    : QObject(parent), m_clock(clock), m_link(std::make_shared<Link>())
{
    m_link->owner = this;
    m_status.state = DatabaseStatus::State::Opening;
    m_status.path = path;
    m_pipeline = std::make_shared<DeliveryPipeline>(clock, path, journalBytes, [this, link = m_link](const DatabaseStatus &status) {
        link->deliver([this, status] { setStatus(status); });
    });
    m_threads = {QThread::create([pipeline = m_pipeline] { pipeline->serveArrivals(); }), QThread::create([pipeline = m_pipeline] {
                     giveWay();
                     pipeline->serveArchive();
                 })};
    m_threads[0]->setObjectName(QStringLiteral("arrivals"));
    m_threads[1]->setObjectName(QStringLiteral("deliveries"));
    for (QThread *thread : m_threads) {
        connect(thread, &QThread::finished, thread, &QObject::deleteLater); // one that outlives the store has nobody else
        thread->start();
    }
}

DeliveryStore::~DeliveryStore()
{
    m_pipeline->end();
    const QDeadlineTimer deadline(kLastWritesMs);
    const bool ended = std::all_of(m_threads.begin(), m_threads.end(), [&deadline](QThread *thread) { return thread->wait(deadline); });
    {
        const std::lock_guard lock(m_link->mutex);
        m_link->owner = nullptr;
    }
    if (ended)
        qDeleteAll(m_threads);
    else
        qCWarning(lcDatabase) << "the disk does not answer: deliveries that were not answered may be lost";
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
    if (!m_pipeline->add(pending))
        pending.stored(Error::make(ErrorKind::Storage, QCoreApplication::translate("DeliveryStore", "The disk is too slow for the webhook deliveries that arrive.")));
}

void DeliveryStore::note(Delivery refusal)
{
    PendingDelivery pending{std::move(refusal), {}, {}};
    m_pipeline->add(pending);
}

template<typename T>
Call<T> *DeliveryStore::run(std::function<Result<T>(DeliveryArchive &)> work)
{
    auto *call = Call<T>::create(this);
    m_pipeline->ask([work = std::move(work), link = m_link, out = QPointer<Call<T>>(call)](DeliveryArchive &archive) {
        link->deliver([out, result = work(archive)] {
            if (out)
                out->resolve(result);
        });
    });
    return call;
}

Call<DeliveryPage> *DeliveryStore::list(const DeliveryQuery &query)
{
    return run<DeliveryPage>([query](DeliveryArchive &archive) { return archive.list(query); });
}

Call<Delivery> *DeliveryStore::read(qint64 id)
{
    return run<Delivery>([id](DeliveryArchive &archive) { return archive.read(id); });
}

Call<Done> *DeliveryStore::setRetention(const DeliveryRetention &retention)
{
    DeliveryRetention within = retention;
    within.days = std::clamp(within.days, 1, 3650);
    within.bytes = std::max<qint64>(within.bytes, 1024 * 1024);
    return run<Done>([within, now = m_clock.now()](DeliveryArchive &archive) { return archive.keep(within, now); });
}

} // namespace novita
