// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/database.h"

#include "core/base/logging.h"
#include "core/database/databaseworker.h"

#include <QMutex>
#include <QMutexLocker>
#include <QThread>

namespace novita {

/// The way back from the database thread. It outlives the Database when a hung disk keeps the thread busy.
struct Database::Outbox
{
    QMutex mutex;
    Database *owner = nullptr;

    void deliver(std::function<void()> news)
    {
        const QMutexLocker lock(&mutex);
        if (owner)
            QMetaObject::invokeMethod(owner, std::move(news), Qt::QueuedConnection);
    }
};

Database::Database(const Clock &clock, QObject *parent, const DatabaseKind &kind)
    : QObject(parent), m_outbox(std::make_shared<Outbox>()), m_thread(new QThread), m_worker(nullptr)
{
    m_outbox->owner = this;
    m_worker = new DatabaseWorker(clock, [outbox = m_outbox, this](const DatabaseStatus &status) {
        outbox->deliver([this, status] { setStatus(status); });
    }, kind);
    m_worker->moveToThread(m_thread);
    connect(m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->setObjectName(QStringLiteral("database"));
    m_thread->start(QThread::LowPriority);
    m_groupTimer.setSingleShot(true);
    connect(&m_groupTimer, &QTimer::timeout, this, &Database::flush);
}

Database::~Database()
{
    flush();
    // Queued behind all that was given before: quit() at once would leave the loop ahead of it.
    QMetaObject::invokeMethod(m_worker, [thread = m_thread] { thread->quit(); }, Qt::QueuedConnection);
    const bool ended = m_thread->wait(static_cast<unsigned long>(kLastWrites.count()));
    {
        const QMutexLocker lock(&m_outbox->mutex);
        m_outbox->owner = nullptr;
    }
    if (ended)
        delete m_thread;
    else
        qCWarning(lcDatabase) << "the disk does not answer: the last writes may be lost";
}

void Database::setStatus(const DatabaseStatus &status)
{
    if (status == m_status)
        return;
    m_status = status;
    emit statusChanged(m_status);
}

Call<Done> *Database::open(const QString &path)
{
    auto *call = Call<Done>::create(this);
    const QPointer<Call<Done>> out(call);
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, outbox = m_outbox, path, out] {
        const std::optional<Error> error = worker->open(path);
        outbox->deliver([out, error] {
            if (out)
                out->resolve(error ? Result<Done>(*error) : Result<Done>(Done{}));
        });
    }, Qt::QueuedConnection);
    return call;
}

void Database::enqueue(Step step, Ended ended)
{
    flush(); // keeps the order
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, outbox = m_outbox, step = std::move(step), ended = std::move(ended)] {
        const std::optional<Error> error = worker->run(step);
        outbox->deliver([ended, error] { ended(error); });
    }, Qt::QueuedConnection);
}

void Database::post(Work<Done> work)
{
    if (m_status.state == DatabaseStatus::State::Unavailable)
        return;
    if (m_underWay >= kMaxWaiting) {
        if (++m_dropped % kGroupSize == 1)
            qCWarning(lcDatabase) << "the disk is too slow:" << m_dropped << "entries of the history were dropped";
        return;
    }
    m_posted.push_back([work = std::move(work)](SqlSession &session) -> std::optional<Error> {
        const Result<Done> result = work(session);
        return result ? std::nullopt : std::optional<Error>(result.error());
    });
    if (m_posted.size() >= static_cast<std::size_t>(kGroupSize))
        flush();
    else if (!m_groupTimer.isActive())
        m_groupTimer.start(kGroupDelay);
}

void Database::flush()
{
    m_groupTimer.stop();
    if (m_posted.empty())
        return;
    const int size = static_cast<int>(m_posted.size());
    m_underWay += size;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, outbox = m_outbox, group = std::exchange(m_posted, {}), size, this] {
        worker->runGroup(group);
        outbox->deliver([this, size] { groupWritten(size); });
    }, Qt::QueuedConnection);
}

void Database::groupWritten(int size)
{
    m_underWay -= size;
}

} // namespace novita
