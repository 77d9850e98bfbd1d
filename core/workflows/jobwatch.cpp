// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/jobwatch.h"

#include "core/base/logging.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/stores.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// How far the cloud's clock may be behind ours when it says when a job began.
constexpr Milliseconds kClockDoubt{60000};
constexpr double kGrowth = 1.5;
constexpr double kJitter = 0.2;

WatchedJob::State stateOf(const QString &wire)
{
    if (wire == QLatin1String("success"))
        return WatchedJob::State::Done;
    if (wire == QLatin1String("fail"))
        return WatchedJob::State::Failed;
    if (wire == QLatin1String("break"))
        return WatchedJob::State::Canceled;
    if (wire == QLatin1String("pulling") || wire == QLatin1String("pending"))
        return WatchedJob::State::Preparing;
    return WatchedJob::State::Running; // what nobody knows goes on
}

OperationState operationState(WatchedJob::State state)
{
    switch (state) {
    case WatchedJob::State::Done: return OperationState::Done;
    case WatchedJob::State::Failed: return OperationState::Failed;
    case WatchedJob::State::Canceled: return OperationState::Canceled;
    default: return OperationState::Running;
    }
}

std::optional<WatchedJob::Kind> kindOf(const InstanceRequest &request)
{
    if (request.action() == InstanceAction::SaveImage)
        return WatchedJob::Kind::SaveImage;
    if (request.action() == InstanceAction::Migrate)
        return WatchedJob::Kind::Migrate;
    return std::nullopt;
}

} // namespace

JobWatch::JobWatch(ApiClient &client, Stores &stores, InstanceCommands &commands, OperationLog &operations, const Clock &clock,
                   std::function<double()> random, QObject *parent)
    : QObject(parent)
    , m_service(client)
    , m_stores(stores)
    , m_operations(operations)
    , m_clock(clock)
    , m_random(std::move(random))
    , m_worker(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &JobWatch::read);
    connect(&commands, &InstanceCommands::asked, this, &JobWatch::onAsked);
    connect(&commands, &InstanceCommands::notTaken, this, &JobWatch::onNotTaken);
    connect(&commands, &InstanceCommands::imageJobBegun, this, &JobWatch::onJobBegun);
    connect(&commands, &InstanceCommands::taken, this, &JobWatch::onTaken);
    // Another account, with or without another profile: nobody will tell what became of what was sent.
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] { m_sending.clear(); });
}

JobWatch::~JobWatch() = default;

void JobWatch::setProfile(const ProfileId &profile)
{
    m_jobs.clear();
    m_rows.clear();
    m_sending.clear();
    m_profile = profile;
    m_loading.reset();
    m_reading.reset();
    m_timer.stop();
    if (profile.isEmpty())
        return;
    OperationLog::Filter open;
    open.kinds = {QStringLiteral("saveImage"), QStringLiteral("migrate")};
    open.openOnly = true;
    m_loading.reset(m_operations.read(profile, open))->onFinished(this, [this](const Result<QList<Operation>> &found) {
        if (!found)
            return; // without history nothing is there to go on with; the banner says why
        for (const Operation &operation : *found)
            resume(operation);
    });
}

void JobWatch::resume(const Operation &operation)
{
    if (m_rows.contains(operation.id))
        return;
    m_operations.claim(operation.id, operation.worker, m_worker)->onFinished(this, [this, operation](const Result<bool> &claimed) {
        const std::optional<WatchedJob> job = WatchedJob::fromJson(operation.payload);
        if (!claimed.valueOr(false) || !job || operation.profile != m_profile)
            return;
        Operation mine = operation;
        mine.worker = m_worker;
        m_rows.insert_or_assign(mine.id, mine);
        m_jobs.insert_or_assign(mine.id, *job);
        qCInfo(lcWorkflow).noquote() << "following the job" << job->id.toString() << "of" << job->instance.toString() << "again";
        emit changed(mine.id);
        wake();
    });
}

void JobWatch::onAsked(const Instance &before, const InstanceRequest &request)
{
    const std::optional<WatchedJob::Kind> kind = kindOf(request);
    if (!kind)
        return;
    WatchedJob job;
    job.kind = *kind;
    job.instance = before.id;
    job.name = before.displayName();
    job.image = request.input<SaveImageRequest>().image;
    job.askedAt = m_clock.now();
    for (const JobId &known : m_stores.jobs.ids()) {
        // Older ones do not come into question anyhow.
        const Job *row = m_stores.jobs.find(known);
        if (row->instanceId == before.id && (!row->createdAt || *row->createdAt >= job.askedAt - kClockDoubt))
            job.before.append(known.toString());
    }
    Operation operation;
    operation.id = OperationLog::newId();
    operation.profile = m_profile;
    operation.kind = job.operationKind();
    operation.subject = before.id.toString();
    operation.title = job.image.isEmpty() ? job.name : job.image;
    operation.worker = m_worker;
    operation.createdAt = job.askedAt;
    m_rows.insert_or_assign(operation.id, operation);
    m_jobs.insert_or_assign(operation.id, job);
    m_sending.insert(before.id, operation.id);
    save(operation.id);
    emit changed(operation.id);
    m_wait = kFirstWait;
    arm();
}

void JobWatch::onTaken(const Instance &before, InstanceAction action)
{
    if (action != InstanceAction::SaveImage && action != InstanceAction::Migrate)
        return;
    m_sending.remove(before.id);
    m_wait = kFirstWait;
    arm();
}

OperationId JobWatch::openFor(const InstanceId &instance, WatchedJob::Kind kind) const
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [&](const auto &entry) {
        return entry.second.instance == instance && entry.second.kind == kind && entry.second.id.isEmpty() && !entry.second.isOver();
    });
    return found == m_jobs.end() ? OperationId() : found->first;
}

void JobWatch::onNotTaken(const Instance &before, const InstanceRequest &request, const Error &error)
{
    const std::optional<WatchedJob::Kind> kind = kindOf(request);
    // What was taken back before it was sent has no row, and another of the instance may be open.
    if (!kind || m_sending.remove(before.id) == 0)
        return;
    const OperationId id = openFor(before.id, *kind);
    // In doubt it may run all the same: it is looked for like one of an earlier run.
    if (id.isEmpty() || error.effectUnknown)
        return;
    // The action has told its failure; there is no job to speak of.
    m_jobs.at(id).state = error.isCanceled() ? WatchedJob::State::Canceled : WatchedJob::State::Failed;
    m_jobs.at(id).reason = error.message;
    save(id);
    emit changed(id);
    arm();
}

void JobWatch::onJobBegun(const InstanceId &instance, const JobId &job)
{
    const OperationId id = openFor(instance, WatchedJob::Kind::SaveImage);
    if (id.isEmpty() || job.isEmpty())
        return;
    WatchedJob now = m_jobs.at(id);
    now.id = job;
    now.state = WatchedJob::State::Preparing;
    now.unseen = 0;
    adopt(id, now);
    m_wait = kFirstWait;
    arm();
}

const WatchedJob *JobWatch::find(const OperationId &id) const
{
    const auto found = m_jobs.find(id);
    return found == m_jobs.end() ? nullptr : &found->second;
}

int JobWatch::openCount() const
{
    return static_cast<int>(std::count_if(m_jobs.begin(), m_jobs.end(), [](const auto &entry) { return !entry.second.isOver(); }));
}

void JobWatch::wake()
{
    m_wait = kFirstWait;
    m_timer.stop();
    read();
}

void JobWatch::read()
{
    if (m_reading.isBusy() || openCount() == 0)
        return;
    TimePoint since = m_clock.now();
    for (const auto &[id, job] : m_jobs) {
        if (!job.isOver())
            since = std::min(since, job.askedAt);
    }
    JobFilter filter;
    filter.since = since - kClockDoubt;
    m_reading.reset(m_service.list(filter, {RequestPriority::Poll, true, 0}))->onFinished(this, [this](const Result<RowList<Job>> &read) {
        onRead(read);
    });
}

void JobWatch::onRead(const Result<RowList<Job>> &read)
{
    bool moved = false;
    if (read) {
        m_stores.jobs.upsert(*read);
        // Copied: whoever hears of an end may begin another.
        const std::map<OperationId, WatchedJob> before = m_jobs;
        for (const auto &[id, known] : before) {
            // Whose request waits will hear of its own job; any other that shows is somebody else's.
            if (known.isOver() || !m_jobs.contains(id) || m_sending.value(known.instance) == id)
                continue;
            WatchedJob job = m_jobs.at(id);
            if (!follow(job, *read) && !read->partial)
                missed(job);
            moved = moved || job.state != known.state;
            adopt(id, job);
        }
    }
    m_wait = moved ? kFirstWait : std::min(kLongestWait, Milliseconds(static_cast<qint64>(static_cast<double>(m_wait.count()) * kGrowth)));
    arm();
}

bool JobWatch::follow(WatchedJob &job, const RowList<Job> &rows) const
{
    const auto isKnown = [this](const JobId &id) {
        return std::any_of(m_jobs.begin(), m_jobs.end(), [&id](const auto &entry) { return entry.second.id == id; });
    };
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Job &one) {
        if (!job.id.isEmpty())
            return one.id == job.id;
        return one.instanceId == job.instance && one.type == job.jobType() && (!one.createdAt || *one.createdAt >= job.askedAt - kClockDoubt)
               && !isKnown(one.id) && !job.before.contains(one.id.toString());
    });
    if (row == rows.end())
        return false;
    job.id = row->id;
    job.state = stateOf(row->state);
    job.logAddress = row->logAddress;
    if (job.state == WatchedJob::State::Failed)
        job.reason = row->error;
    job.unseen = 0;
    return true;
}

void JobWatch::missed(WatchedJob &job) const
{
    const Instance *instance = m_stores.instances.find(job.instance);
    if (++job.unseen < kMostUnseen)
        return;
    // A migration without a job of its own shows in the instance alone.
    if (job.kind == WatchedJob::Kind::Migrate && job.id.isEmpty()) {
        if (instance && instance->status == InstanceStatus::Migrating)
            return;
        job.state = instance && instance->status == InstanceStatus::Running ? WatchedJob::State::Done : WatchedJob::State::Failed;
        job.reason = job.state == WatchedJob::State::Failed ? tr("The instance is not running after the migration.") : QString();
        return;
    }
    job.state = WatchedJob::State::Failed;
    job.reason = job.id.isEmpty() ? tr("The cloud shows no such job; whether it was begun is not known.") : tr("The cloud does not know the job any more.");
}

void JobWatch::adopt(const OperationId &id, const WatchedJob &now)
{
    const WatchedJob before = std::exchange(m_jobs.at(id), now);
    if (before == now)
        return;
    if (before.state != now.state || before.id != now.id)
        save(id);
    emit changed(id);
    if (now.isOver() && !before.isOver()) {
        tell(now);
        emit ended(now);
    }
}

void JobWatch::save(const OperationId &id)
{
    Operation &operation = m_rows.at(id);
    const WatchedJob &job = m_jobs.at(id);
    operation.payload = job.toJson();
    operation.state = operationState(job.state);
    operation.updatedAt = m_clock.now();
    if (job.isOver())
        operation.outcome = {{QStringLiteral("reason"), job.reason}};
    m_operations.save(operation);
}

void JobWatch::tell(const WatchedJob &job) const
{
    const bool image = job.kind == WatchedJob::Kind::SaveImage;
    ActivityEvent event;
    switch (job.state) {
    case WatchedJob::State::Done:
        event.severity = EventSeverity::Success;
        event.text = image ? tr("The image %1 of “%2” was saved.").arg(job.image, job.name) : tr("“%1” was migrated.").arg(job.name);
        break;
    case WatchedJob::State::Canceled:
        event.severity = EventSeverity::Info;
        event.text = image ? tr("Saving the image %1 of “%2” was canceled.").arg(job.image, job.name) : tr("The migration of “%1” was canceled.").arg(job.name);
        break;
    default:
        event.severity = EventSeverity::Problem;
        event.text = image ? tr("The image %1 of “%2” could not be saved. %3").arg(job.image, job.name, job.reason)
                           : tr("“%1” could not be migrated. %2").arg(job.name, job.reason);
        event.text = event.text.trimmed();
        break;
    }
    event.at = m_clock.now();
    event.source = EventSource::Poll;
    event.subjectId = job.instance.toString();
    event.subjectName = job.name;
    m_stores.activity.addEvent(std::move(event));
}

void JobWatch::arm()
{
    if (openCount() == 0) {
        m_timer.stop();
        return;
    }
    const double factor = 1.0 - kJitter + 2.0 * kJitter * m_random();
    m_timer.start(Milliseconds(static_cast<qint64>(static_cast<double>(m_wait.count()) * factor)));
}

Call<Done> *JobWatch::cancel(const OperationId &id)
{
    const WatchedJob *job = find(id);
    if (!job || job->isOver())
        return Call<Done>::settledWith(Error::make(ErrorKind::Conflict, tr("It has ended already.")), this);
    if (job->id.isEmpty())
        return Call<Done>::settledWith(Error::make(ErrorKind::Conflict, tr("The cloud has not named its job yet.")), this);
    auto *call = Call<Done>::create(this);
    const QPointer<Call<Done>> out(call);
    m_service.cancel(job->id)->onFinished(this, [this, id, job = job->id, out, account = m_stores.instances.account()](const Result<Done> &result) {
        const bool stillOurs = account == m_stores.instances.account();
        if (result || result.error().isCanceled() || !stillOurs) {
            if (out)
                out->resolve(result);
            if (stillOurs)
                wake();
            return;
        }
        // It may have ended, or been canceled by a request whose answer was lost: what the cloud says of the job decides.
        JobFilter filter;
        filter.id = job;
        m_service.list(filter, {RequestPriority::Interactive, true, 0})->onFinished(this, [this, id, out, result, account](const Result<RowList<Job>> &read) {
            if (read && account == m_stores.instances.account() && m_jobs.contains(id)) {
                WatchedJob now = m_jobs.at(id);
                if (follow(now, *read))
                    adopt(id, now);
            }
            const bool over = m_jobs.contains(id) && m_jobs.at(id).isOver();
            if (out)
                out->resolve(over ? Result<Done>(Done{}) : result);
        });
    });
    return call;
}

Call<Done> *JobWatch::cancelForeign(const JobId &id)
{
    auto *call = m_service.cancel(id);
    call->onFinished(this, [this, id, account = m_stores.instances.account()](const Result<Done> &) {
        if (account != m_stores.instances.account())
            return;
        JobFilter filter;
        filter.id = id;
        m_service.list(filter, {RequestPriority::Interactive, true, 0})->onFinished(this, [this, account](const Result<RowList<Job>> &read) {
            if (!read || account != m_stores.instances.account())
                return;
            m_stores.jobs.upsert(*read);
            emit changed({});
        });
    });
    return call;
}

} // namespace novita
