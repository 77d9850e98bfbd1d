// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/imagequeue.h"

#include "core/base/logging.h"
#include "core/gallery/picturestore.h"
#include "core/images/imagerun.h"
#include "core/images/joboptions.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostEndedShown = 200;
constexpr Milliseconds kHoldAfterErrors{15000};
constexpr Milliseconds kShortestHold{1}; // of the timer: it must not spin

/// Waiting alone does not help.
bool needsAPerson(const Error &error)
{
    return error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Quota || error.kind == ErrorKind::Keychain || error.kind == ErrorKind::Storage;
}

} // namespace

ImageQueue::ImageQueue(const Parts &parts, QObject *parent)
    : QObject(parent), m_parts(parts), m_log(std::make_unique<ImageJobLog>(parts.images)), m_pictures(std::make_unique<PictureStore>(parts.images))
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
    connect(&backend, &ImageBackend::readinessChanged, this, [this] {
        emit changed({});
        sendNext();
    });
    for (const ImageJob &job : QList<ImageJob>(m_open)) {
        if (job.backend == backend.id() && job.state != ImageJobState::Waiting && !run(job.id))
            startRun(job, [](ImageRun &run) { run.follow(); });
    }
    sendNext();
}

void ImageQueue::removeBackend(const QString &id)
{
    if (ImageBackend *backend = m_backends.take(id))
        disconnect(backend, nullptr, this, nullptr);
    if (m_holds.remove(id))
        armHold();
    for (const ImageJob &job : QList<ImageJob>(m_open)) {
        if (job.backend != id)
            continue;
        delete m_runs.take(job.id);
        if (job.state != ImageJobState::Waiting && job.task.isEmpty())
            lose(job, tr("Its server was taken away while it made this."));
    }
    emit changed({});
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
    m_log->ended(m_profile, std::nullopt, kMostEndedShown)->onFinished(this, [this, profile = m_profile](const Result<QList<ImageJob>> &jobs) {
        if (profile != m_profile || !jobs)
            return;
        takeEnded(*jobs);
        emit changed({});
    });
}

void ImageQueue::close()
{
    m_reading.reset();
    qDeleteAll(m_runs);
    m_runs.clear();
    m_open.clear();
    m_ended.clear();
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
    QList<ImageJob> unseen = jobs;
    unseen.removeIf([this](const ImageJob &job) { return find(job.id) != nullptr; });
    m_open += unseen;
    std::stable_sort(m_open.begin(), m_open.end(), [](const ImageJob &a, const ImageJob &b) { return a.position < b.position; });
    // With nothing that waits unseen there is nothing to hold back.
    m_paused = m_isPauseWanted || !m_pauseReason.isEmpty() || std::any_of(unseen.cbegin(), unseen.cend(), [](const ImageJob &job) { return job.state == ImageJobState::Waiting; });
    for (const ImageJob &job : std::as_const(unseen)) {
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

void ImageQueue::takeEnded(const QList<ImageJob> &jobs)
{
    for (const ImageJob &job : jobs) {
        if (m_ended.size() >= kMostEndedShown)
            return;
        if (!find(job.id)) // it may have ended while this was read
            m_ended.append(job);
    }
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
            m_open += *added;
            std::stable_sort(m_open.begin(), m_open.end(), [](const ImageJob &a, const ImageJob &b) { return a.position < b.position; });
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
            for (ImageJob &job : m_open)
                job.position = positions.value(job.id, job.position);
            std::stable_sort(m_open.begin(), m_open.end(), [](const ImageJob &a, const ImageJob &b) { return a.position < b.position; });
            emit changed({});
        });
    });
}

void ImageQueue::sendNext()
{
    if (m_paused || m_holds.contains(QString()) || m_profile.isEmpty())
        return;
    QHash<QString, int> room;
    for (auto backend = m_backends.cbegin(); backend != m_backends.cend(); ++backend)
        room.insert(backend.key(), m_holds.contains(backend.key()) || m_bars.contains(backend.key()) ? 0 : backend.value()->capacity());
    for (const ImageJob &job : std::as_const(m_open))
        room[job.backend] -= run(job.id) ? 1 : 0;
    QList<ImageJob> next;
    bool isWanting = false;
    for (const ImageJob &job : std::as_const(m_open)) {
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
        if (ImageJob *kept = find(id))
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
    if (ImageJob *job = find(id))
        *job = run->job();
    run->deleteLater();
    emit changed({id});
    const bool isLogin = error.kind == ErrorKind::Unauthorized || error.kind == ErrorKind::Forbidden;
    const ImageBackend *refusing = isLogin ? m_backends.value(backend) : nullptr;
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
    if (needsAPerson(error)) {
        m_pauseReason = reason;
        m_paused = true;
    } else {
        const Milliseconds wait = error.retryAfter.value_or(kHoldAfterErrors);
        m_holds.insert(backend, {m_parts.clock.now() + wait, m_parts.clock.steadyNow() + wait, reason});
        armHold();
    }
    emit pausedChanged();
}

std::optional<QString> ImageQueue::firstHeld() const
{
    std::optional<QString> first;
    for (auto hold = m_holds.cbegin(); hold != m_holds.cend(); ++hold) {
        if (!first || hold->ends < m_holds.value(*first).ends)
            first = hold.key();
    }
    return first;
}

std::optional<TimePoint> ImageQueue::heldUntil() const
{
    const std::optional<QString> first = firstHeld();
    return first ? std::optional(m_holds.value(*first).until) : std::nullopt;
}

QString ImageQueue::holdReason() const
{
    const std::optional<QString> first = firstHeld();
    return !m_pauseReason.isEmpty() || !first ? m_pauseReason : m_holds.value(*first).reason;
}

void ImageQueue::keepEnded(const ImageJob &job)
{
    m_open.removeIf([&job](const ImageJob &one) { return one.id == job.id; });
    m_ended.removeIf([&job](const ImageJob &one) { return one.id == job.id; });
    m_ended.prepend(job);
    if (m_ended.size() > kMostEndedShown)
        m_ended.removeLast();
    emit changed({job.id});
}

void ImageQueue::write(const ImageJob &job)
{
    m_log->save(job)->onFinished(this, [this, id = job.id](const Result<qint64> &version) {
        if (ImageJob *kept = version ? find(id) : nullptr)
            kept->version = *version;
        else if (!version)
            emit writeFailed(version.error());
    });
}

void ImageQueue::cancel(const QList<ImageJobId> &ids)
{
    for (const ImageJobId &id : ids) {
        const ImageJob *job = find(id);
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
        if (const ImageJob *job = find(id))
            jobs.append({job->backend, {job->endpoint, job->recipe}, job->promptTemplate, joboptions::fromJson(job->options), job->inputs, {}, {}, job->expected});
    }
    return add(jobs);
}

bool ImageQueue::followAgain(const ImageJobId &id)
{
    const ImageJob *job = find(id);
    if (!job || isOpen(job->state) || job->task.isEmpty() || !m_backends.contains(job->backend))
        return false;
    ImageJob again = *job;
    again.note.clear();
    m_ended.removeIf([&id](const ImageJob &one) { return one.id == id; });
    m_open.prepend(again);
    startRun(again, [](ImageRun &run) { run.follow(); });
    return true;
}

void ImageQueue::dismiss(const QList<ImageJobId> &ids)
{
    QList<ImageJobId> gone;
    m_ended.removeIf([&](const ImageJob &job) {
        const bool isMeant = ids.contains(job.id);
        if (isMeant)
            gone.append(job.id);
        return isMeant;
    });
    if (gone.isEmpty())
        return;
    m_log->remove(gone)->onFinished(this, [this](const Result<Done> &done) {
        if (!done)
            emit writeFailed(done.error());
    });
    emit changed(gone);
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
    endHold();
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

void ImageQueue::endHold()
{
    m_holdTimer.stop();
    m_holds.clear();
    emit pausedChanged();
    sendNext();
}

void ImageQueue::armHold()
{
    m_holdTimer.stop();
    if (const std::optional<QString> first = firstHeld())
        m_holdTimer.start(std::max(kShortestHold, m_holds.value(*first).ends - m_parts.clock.steadyNow()));
}

void ImageQueue::endHoldsThatAreOver()
{
    // A coarse timer may come a little early, and a hold may have been made longer.
    const qsizetype over = m_holds.removeIf([now = m_parts.clock.steadyNow()](const auto &hold) { return hold.value().ends <= now; });
    armHold();
    if (over == 0)
        return;
    emit pausedChanged();
    sendNext();
}

QList<ImageJobView> ImageQueue::jobs() const
{
    QList<ImageJobView> views;
    for (const QList<ImageJob> &list : {m_open, m_ended}) {
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
    const ImageJob *job = find(id);
    return job ? std::optional(viewOf(*job)) : std::nullopt;
}

int ImageQueue::openCount() const
{
    return static_cast<int>(m_open.size());
}

bool ImageQueue::canInterrupt(const ImageJobId &id) const
{
    const ImageJob *job = find(id);
    const ImageBackend *backend = job ? m_backends.value(job->backend) : nullptr;
    return backend && backend->canInterrupt();
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
    if (!m_holds.isEmpty())
        endHold();
}

ImageRun *ImageQueue::run(const ImageJobId &id) const
{
    return m_runs.value(id);
}

ImageJob *ImageQueue::find(const ImageJobId &id)
{
    return const_cast<ImageJob *>(std::as_const(*this).find(id));
}

const ImageJob *ImageQueue::find(const ImageJobId &id) const
{
    for (const QList<ImageJob> *list : {&m_open, &m_ended}) {
        const auto found = std::find_if(list->begin(), list->end(), [&id](const ImageJob &job) { return job.id == id; });
        if (found != list->end())
            return &*found;
    }
    return nullptr;
}

} // namespace novita
