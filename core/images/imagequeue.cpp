// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ImageQueue that is about its jobs, in memory and on the disk. What goes out when: imagequeuesending.cpp.
#include "core/images/imagequeue.h"

#include "core/base/logging.h"
#include "core/gallery/picturestore.h"
#include "core/images/imagerun.h"
#include "core/images/joboptions.h"

#include <algorithm>

namespace novita {

ImageQueue::ImageQueue(const Parts &parts, QObject *parent)
    : QObject(parent), m_parts(parts), m_log(std::make_unique<ImageJobLog>(parts.images)), m_pictures(std::make_unique<PictureStore>(parts.images)), m_holds(parts.clock)
{
    m_holdTimer.setSingleShot(true);
    connect(&m_holdTimer, &QTimer::timeout, this, &ImageQueue::endHoldsThatAreOver);
    connect(this, &ImageQueue::writeFailed, this, [](const Error &error) { qCWarning(lcDatabase) << "the queue of image jobs was not written:" << error.toLogString(); });
}

ImageQueue::~ImageQueue() = default;

void ImageQueue::addBackend(ImageBackend &backend)
{
    m_backends.insert(backend.id(), &backend);
    disconnect(&backend, nullptr, this, nullptr); // it may be here already
    connect(&backend, &ImageBackend::answered, this, [this, id = backend.id()] {
        if (m_holds.end(id))
            goOn();
    });
    connect(&backend, &ImageBackend::readinessChanged, this, [this] {
        emit changed({});
        sendNext();
    });
    for (const ImageJob &job : QList<ImageJob>(m_jobs.open())) {
        if (job.backend == backend.id() && job.state != ImageJobState::Waiting && !run(job.id))
            startRun(job, [](ImageRun &run) { run.follow(); });
    }
    sendNext();
}

void ImageQueue::removeBackend(const QString &id)
{
    if (ImageBackend *backend = m_backends.take(id))
        disconnect(backend, nullptr, this, nullptr);
    if (m_holds.end(id))
        armHold();
    for (const ImageJob &job : QList<ImageJob>(m_jobs.open())) {
        if (job.backend != id)
            continue;
        dropRun(job.id);
        const ImageJob *left = m_jobs.find(job.id);
        if (left->state != ImageJobState::Waiting && left->task.isEmpty())
            lose(*left, tr("Its server was taken away while it made this."));
    }
    emit changed({});
}

void ImageQueue::dropRun(const ImageJobId &id)
{
    const std::unique_ptr<ImageRun> run(m_runs.take(id));
    ImageJob *job = m_jobs.find(id);
    if (!run || !job || !run->isUnsent())
        return;
    *job = run->job();
    job->state = ImageJobState::Waiting;
    job->submittedAt.reset();
    job->updatedAt = m_parts.clock.now();
    write(*job);
}

void ImageQueue::lose(const ImageJob &job, const QString &why)
{
    ImageJob lost = job;
    lost.state = ImageJobState::Lost;
    lost.note = why;
    lost.updatedAt = m_parts.clock.now();
    keepEnded(lost);
    write(lost);
}

void ImageQueue::open(const ProfileId &profile)
{
    close();
    m_profile = profile;
    read();
}

void ImageQueue::read()
{
    m_reading.reset(m_log->open(m_profile))->onFinished(this, [this](const Result<QList<ImageJob>> &jobs) {
        if (jobs)
            opened(*jobs);
        else
            hold({}, jobs.error());
    });
    m_log->ended(m_profile, std::nullopt, JobList::kMostEnded)->onFinished(this, [this, profile = m_profile](const Result<QList<ImageJob>> &jobs) {
        if (profile != m_profile || !jobs)
            return;
        m_jobs.addEnded(*jobs);
        emit changed({});
    });
}

void ImageQueue::close()
{
    m_reading.reset();
    const QList<ImageJobId> running = m_runs.keys();
    for (const ImageJobId &id : running)
        dropRun(id);
    m_jobs.clear();
    m_holdTimer.stop();
    m_holds.clear();
    m_pauseReason.clear();
    m_profile = {};
    m_paused = true;
    m_isPauseWanted = false;
    m_isRead = false;
    emit changed({});
    emit pausedChanged();
}

void ImageQueue::opened(const QList<ImageJob> &jobs)
{
    m_isRead = true;
    // Jobs may have been added, sent and ended while it could not be read: what is here is newer than what was read.
    const QList<ImageJob> unseen = m_jobs.add(jobs);
    // With nothing that waits unseen there is nothing to hold back.
    m_paused = m_isPauseWanted || !m_pauseReason.isEmpty() || std::any_of(unseen.cbegin(), unseen.cend(), [](const ImageJob &job) { return job.state == ImageJobState::Waiting; });
    for (const ImageJob &job : unseen) {
        if (job.state == ImageJobState::Waiting || run(job.id))
            continue;
        if (job.task.isEmpty()) {
            lose(job, tr("The program ended before the reply to this job came."));
        } else if (m_backends.contains(job.backend)) {
            startRun(job, [](ImageRun &run) { run.follow(); });
        }
    }
    emit changed({});
    emit pausedChanged();
    sendNext();
}

Call<QList<ImageJobId>> *ImageQueue::add(const QList<NewImageJob> &jobs, ImageJobLog::Place place)
{
    QList<ImageJob> rows;
    for (const NewImageJob &one : jobs) {
        ImageJob job;
        job.id = ImageJobLog::newId();
        job.profile = m_profile;
        job.backend = one.backend;
        job.endpoint = one.recipe.endpoint;
        job.recipe = one.recipe.values;
        job.promptTemplate = one.promptTemplate;
        job.options = joboptions::toJson(one.options);
        job.inputs = one.inputs;
        job.batch = one.batch;
        job.cell = one.cell;
        job.expected = one.expected;
        job.createdAt = job.updatedAt = m_parts.clock.now();
        rows.append(job);
    }
    auto *call = Call<QList<ImageJobId>>::create(this);
    m_log->add(rows, place)->onFinished(call, [this, call, profile = m_profile](const Result<QList<ImageJob>> &added) {
        if (!added) {
            call->resolve(added.error());
            return;
        }
        QList<ImageJobId> ids;
        for (const ImageJob &job : *added)
            ids.append(job.id);
        if (profile == m_profile) {
            m_jobs.add(*added);
            emit changed(ids);
            sendNext();
        }
        call->resolve(ids);
    });
    return call;
}

void ImageQueue::place(const QList<ImageJobId> &ids, const ImageJobId &before)
{
    m_log->place(m_profile, ids, before)->onFinished(this, [this, profile = m_profile](const Result<Done> &done) {
        if (!done)
            emit writeFailed(done.error());
        if (!done || profile != m_profile)
            return;
        m_log->open(profile)->onFinished(this, [this, profile](const Result<QList<ImageJob>> &jobs) {
            if (!jobs || profile != m_profile)
                return;
            // The order alone: what is here is newer.
            QHash<ImageJobId, qint64> positions;
            for (const ImageJob &job : *jobs)
                positions.insert(job.id, job.position);
            m_jobs.order(positions);
            emit changed({});
        });
    });
}

void ImageQueue::keepEnded(const ImageJob &job)
{
    m_jobs.end(job);
    emit changed({job.id});
}

void ImageQueue::write(const ImageJob &job)
{
    m_log->save(job)->onFinished(this, [this, id = job.id](const Result<qint64> &version) {
        if (ImageJob *kept = version ? m_jobs.find(id) : nullptr)
            kept->version = *version;
        else if (!version)
            emit writeFailed(version.error());
    });
}

void ImageQueue::cancel(const QList<ImageJobId> &ids)
{
    for (const ImageJobId &id : ids) {
        const ImageJob *job = m_jobs.find(id);
        if (!job || !isOpen(job->state))
            continue;
        if (ImageRun *running = run(id)) {
            running->giveUp();
            continue;
        }
        ImageJob canceled = *job;
        canceled.state = job->state == ImageJobState::Waiting ? ImageJobState::Canceled : ImageJobState::Abandoned;
        canceled.updatedAt = m_parts.clock.now();
        keepEnded(canceled);
        write(canceled);
        emit finished(canceled);
    }
}

Call<QList<ImageJobId>> *ImageQueue::redo(const QList<ImageJobId> &ids)
{
    QList<NewImageJob> jobs;
    for (const ImageJobId &id : ids) {
        if (const ImageJob *job = m_jobs.find(id))
            jobs.append({job->backend, {job->endpoint, job->recipe}, job->promptTemplate, joboptions::fromJson(job->options), job->inputs, {}, {}, job->expected});
    }
    return add(jobs);
}

bool ImageQueue::followAgain(const ImageJobId &id)
{
    const ImageJob *job = m_jobs.find(id);
    if (!job || isOpen(job->state) || job->task.isEmpty() || !m_backends.contains(job->backend))
        return false;
    ImageJob again = *job;
    again.note.clear();
    m_jobs.reopen(again);
    startRun(again, [](ImageRun &run) { run.follow(); });
    return true;
}

void ImageQueue::dismiss(const QList<ImageJobId> &ids)
{
    const QList<ImageJobId> gone = m_jobs.dismiss(ids);
    if (gone.isEmpty())
        return;
    m_log->remove(gone)->onFinished(this, [this](const Result<Done> &done) {
        if (!done)
            emit writeFailed(done.error());
    });
    emit changed(gone);
}

QList<ImageJobView> ImageQueue::jobs() const
{
    QList<ImageJobView> views;
    for (const QList<ImageJob> &list : {m_jobs.open(), m_jobs.ended()}) {
        for (const ImageJob &job : list)
            views.append(viewOf(job));
    }
    return views;
}

ImageJobView ImageQueue::viewOf(const ImageJob &job) const
{
    const ImageRun *running = run(job.id);
    if (running)
        return {job, running->percent(), running->expectedAt(), running->trouble()};
    const ImageBackend *backend = m_backends.value(job.backend);
    if (job.state != ImageJobState::Waiting)
        return {job, {}, {}, {}};
    if (const QString barred = m_bars.value(job.backend); !barred.isEmpty())
        return {job, {}, {}, barred};
    if (isAwaited(job.endpoint))
        return {job, {}, {}, tr("What its model takes is not known yet: the cloud's list of video models is not here.")};
    return {job, {}, {}, backend ? backend->trouble() : tr("The server that is to make this is not there.")};
}

std::optional<ImageJobView> ImageQueue::job(const ImageJobId &id) const
{
    const ImageJob *job = m_jobs.find(id);
    return job ? std::optional(viewOf(*job)) : std::nullopt;
}

int ImageQueue::openCount() const
{
    return static_cast<int>(m_jobs.open().size());
}

bool ImageQueue::canTakeBack(const ImageJobId &id) const
{
    const ImageJob *job = m_jobs.find(id);
    const ImageRun *running = run(id);
    return job && isOpen(job->state) && (running ? running->isUnsent() : job->state == ImageJobState::Waiting);
}

bool ImageQueue::canInterrupt(const ImageJobId &id) const
{
    const ImageJob *job = m_jobs.find(id);
    const ImageBackend *backend = job ? m_backends.value(job->backend) : nullptr;
    return backend && backend->canInterrupt();
}

ImageRun *ImageQueue::run(const ImageJobId &id) const
{
    return m_runs.value(id);
}

} // namespace novita
