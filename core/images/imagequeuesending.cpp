// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ImageQueue that says which job goes out when, and what holds the others back.
#include "core/images/imagequeue.h"

#include "core/images/imagerun.h"
#include "core/images/jobfailure.h"
#include "core/images/joboptions.h"

namespace novita {

namespace {

constexpr Milliseconds kHoldAfterErrors{15000};

} // namespace

void ImageQueue::sendNext()
{
    if (m_paused || m_holds.contains(QString()) || m_profile.isEmpty())
        return;
    QHash<QString, int> room;
    for (auto backend = m_backends.cbegin(); backend != m_backends.cend(); ++backend)
        room.insert(backend.key(), m_holds.contains(backend.key()) || m_bars.contains(backend.key()) ? 0 : backend.value()->capacity());
    for (const ImageJob &job : m_jobs.open())
        room[job.backend] -= run(job.id) ? 1 : 0;
    QList<ImageJob> next;
    bool isWanting = false;
    for (const ImageJob &job : m_jobs.open()) {
        if (job.state != ImageJobState::Waiting || run(job.id) || room.value(job.backend) <= 0)
            continue;
        if (isAwaited(job.endpoint)) {
            isWanting = true;
            continue; // nobody behind it waits with it
        }
        --room[job.backend];
        next.append(job);
    }
    for (const ImageJob &job : std::as_const(next))
        send(job);
    if (isWanting)
        emit endpointAwaited();
}

bool ImageQueue::isAwaited(const QString &endpoint) const
{
    return m_parts.awaited && m_parts.awaited(endpoint) && !m_parts.endpoint(endpoint);
}

void ImageQueue::followEndpoints()
{
    emit changed({});
    sendNext();
}

void ImageQueue::send(const ImageJob &job)
{
    const EndpointSpec *endpoint = m_parts.endpoint(job.endpoint);
    if (!endpoint) {
        ImageJob failed = job;
        failed.state = ImageJobState::Failed;
        failed.note = tr("This version does not know the endpoint “%1”.").arg(job.endpoint);
        failed.updatedAt = m_parts.clock.now();
        keepEnded(failed);
        write(failed);
        emit finished(failed);
        return;
    }
    startRun(job, [endpoint = *endpoint, options = joboptions::fromJson(job.options)](ImageRun &run) { run.submit(endpoint, options); });
}

void ImageQueue::startRun(ImageJob job, const std::function<void(ImageRun &)> &begin)
{
    const ImageJobId id = job.id;
    auto *run = new ImageRun({*m_log, *m_pictures, m_parts.keeper, *m_backends.value(job.backend), m_parts.clock, m_parts.random, m_parts.webhook, m_parts.fetchWait, m_parts.later},
                             job, this);
    m_runs.insert(id, run);
    connect(run, &ImageRun::changed, this, [this, id, run] {
        if (ImageJob *kept = m_jobs.find(id))
            *kept = run->job();
        emit changed({id});
    });
    connect(run, &ImageRun::ended, this, [this, id] { runEnded(id); });
    connect(run, &ImageRun::held, this, [this, id](const Error &error) { runHeld(id, error); });
    connect(run, &ImageRun::answered, this, &ImageQueue::endpointAnswered);
    connect(run, &ImageRun::writeFailed, this, &ImageQueue::writeFailed);
    begin(*run);
}

void ImageQueue::runEnded(const ImageJobId &id)
{
    ImageRun *run = m_runs.take(id);
    const ImageJob job = run->job();
    run->deleteLater();
    keepEnded(job);
    emit finished(job);
    sendNext();
}

void ImageQueue::runHeld(const ImageJobId &id, const Error &error)
{
    ImageRun *run = m_runs.take(id);
    const QString backend = run->job().backend;
    if (ImageJob *job = m_jobs.find(id))
        *job = run->job();
    run->deleteLater();
    emit changed({id});
    const ImageBackend *refusing = jobfailure::isOfLogin(error) ? m_backends.value(backend) : nullptr;
    // It takes nothing by itself, and may have another login by now. The others go on.
    if (!refusing || !refusing->hasOwnLogin())
        hold(backend, error);
    sendNext();
}

void ImageQueue::hold(const QString &backend, const Error &error)
{
    // Whose trouble it is need not be said where there is one alone.
    const ImageBackend *held = m_backends.size() > 1 ? m_backends.value(backend) : nullptr;
    const QString reason = held ? tr("%1: %2", "a server and what is wrong").arg(held->name(), error.message) : error.message;
    if (jobfailure::needsAPerson(error)) {
        m_pauseReason = reason;
        m_paused = true;
    } else {
        m_holds.add(backend, error.retryAfter.value_or(kHoldAfterErrors), reason);
        armHold();
    }
    emit pausedChanged();
}

std::optional<TimePoint> ImageQueue::heldUntil() const
{
    return m_holds.until();
}

QString ImageQueue::holdReason() const
{
    return m_pauseReason.isEmpty() ? m_holds.reason() : m_pauseReason;
}

void ImageQueue::pause()
{
    m_paused = m_isPauseWanted = true;
    emit pausedChanged();
}

void ImageQueue::resume()
{
    m_paused = m_isPauseWanted = false;
    m_pauseReason.clear();
    if (!m_isRead && !m_reading.isBusy() && !m_profile.isEmpty())
        read(); // it could not be before
    for (ImageBackend *backend : std::as_const(m_backends))
        backend->tryAgain();
    m_holds.clear();
    goOn();
}

void ImageQueue::bar(const QString &backend, const QString &why)
{
    if (m_bars.value(backend) == why)
        return;
    if (why.isEmpty())
        m_bars.remove(backend);
    else
        m_bars.insert(backend, why);
    emit changed({});
    sendNext();
}

void ImageQueue::goOn()
{
    armHold();
    emit pausedChanged();
    sendNext();
}

void ImageQueue::armHold()
{
    m_holdTimer.stop();
    if (const std::optional<Milliseconds> left = m_holds.left())
        m_holdTimer.start(*left);
}

void ImageQueue::endHoldsThatAreOver()
{
    // A coarse timer may come a little early, and a hold may have been made longer.
    if (m_holds.endThoseOver())
        goOn();
    else
        armHold();
}

void ImageQueue::noteTask(const QString &task)
{
    for (ImageRun *run : std::as_const(m_runs)) {
        if (!task.isEmpty() && run->job().task == task)
            run->wake();
    }
}

void ImageQueue::wake()
{
    for (ImageRun *run : std::as_const(m_runs))
        run->wake();
    if (m_holds.isEmpty())
        return;
    m_holds.clear();
    goOn();
}

} // namespace novita
