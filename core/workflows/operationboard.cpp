// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/operationboard.h"

#include "core/workflows/batchcreate.h"
#include "core/workflows/batchruns.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/history.h"
#include "core/workflows/jobwatch.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kSoon{150};
const QLatin1String kJobPrefix("job:");

QString phaseWord(StartupState state)
{
    return QCoreApplication::translate("StartupState", startupInfo(state).label);
}

bool isJobKind(const QString &kind)
{
    return kind == QLatin1String("saveImage") || kind == QLatin1String("migrate");
}

OperationState stateOf(const Job &job)
{
    if (job.state == QLatin1String("success"))
        return OperationState::Done;
    if (job.state == QLatin1String("fail"))
        return OperationState::Failed;
    return job.state == QLatin1String("break") ? OperationState::Canceled : OperationState::Running;
}

} // namespace

OperationBoard::OperationBoard(Stores &stores, History &history, CreateInstance &creates, StartupWatch &startups, BatchRuns &batches, JobWatch &jobs,
                               QObject *parent)
    : QObject(parent), m_stores(stores), m_history(history), m_creates(creates), m_startups(startups), m_batches(batches), m_jobs(jobs)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &OperationBoard::refresh);
    connect(&creates, &CreateInstance::made, this, &OperationBoard::changeSoon);
    connect(&creates, &CreateInstance::resumed, this, &OperationBoard::changeSoon);
    connect(&startups, &StartupWatch::changed, this, &OperationBoard::changeSoon);
    connect(&batches, &BatchRuns::changed, this, &OperationBoard::changeSoon);
    connect(&jobs, &JobWatch::changed, this, &OperationBoard::changeSoon);
    connect(&stores.jobs, &EntityStoreBase::freshnessChanged, this, &OperationBoard::changeSoon);
    connect(&stores.jobs, &EntityStoreBase::wasReset, this, [this] {
        m_reading.reset();
        m_operations.clear();
        adopt({});
        changeSoon();
    });
}

void OperationBoard::changeSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

const OperationRow *OperationBoard::find(const OperationId &id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&id](const OperationRow &row) { return row.id == id; });
    return found == m_rows.end() ? nullptr : &*found;
}

int OperationBoard::openCount() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [](const OperationRow &row) { return row.isOpen(); }));
}

void OperationBoard::refresh()
{
    OperationLog::Filter latest;
    latest.limit = kMostRows;
    m_reading.reset(m_history.operations.read(m_history.profile(), latest))->onFinished(this, [this](const Result<QList<Operation>> &read) {
        // Without a file there is what the workflows of this run know.
        adopt(read.valueOr({}));
    });
}

void OperationBoard::adopt(const QList<Operation> &operations)
{
    m_operations = operations;
    QList<OperationRow> rows;
    QSet<JobId> followed;
    for (const auto &[id, job] : m_jobs.jobs())
        followed.insert(job.id);
    for (const Operation &operation : operations) {
        // Of a batch the batch speaks.
        if (operation.kind == QLatin1String("create") && !operation.parent.isEmpty())
            continue;
        rows.append(rowOf(operation));
        if (isJobKind(operation.kind))
            followed.insert(JobId(operation.payload.value(QLatin1String("job")).toString()));
    }
    for (const Job &job : m_stores.jobs.all()) {
        if (!followed.contains(job.id))
            rows.append(foreignJob(job));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const OperationRow &a, const OperationRow &b) { return a.begunAt > b.begunAt; });
    rows = rows.mid(0, kMostRows);
    if (rows == m_rows)
        return;
    m_rows = rows;
    emit changed();
}

QString OperationBoard::nameOf(const InstanceId &id, const QString &otherwise) const
{
    const Instance *instance = m_stores.instances.find(id);
    return instance ? instance->displayName() : otherwise.isEmpty() ? id.toString() : otherwise;
}

OperationRow OperationBoard::rowOf(const Operation &operation) const
{
    OperationRow row;
    row.id = operation.id;
    row.kind = operation.kind;
    row.title = operation.title;
    row.instance = InstanceId(operation.subject);
    row.state = operation.state;
    row.begunAt = operation.createdAt;
    row.touchedAt = operation.updatedAt;
    row.whyNoCancel = row.isOpen() ? tr("It cannot be canceled.") : tr("It has ended.");
    row.whyNoResume = row.isOpen() ? tr("It is under way.") : tr("It has ended.");
    if (operation.kind == QLatin1String("create"))
        describeCreate(operation, row);
    else if (operation.kind == QLatin1String("startup"))
        describeStartup(operation, row);
    else if (operation.kind == QLatin1String("batch"))
        describeBatch(operation, row);
    else if (operation.kind == QLatin1String("renew") || operation.kind == QLatin1String("toMonthly"))
        describePayment(operation, row);
    else if (isJobKind(operation.kind))
        describeJob(operation, row);
    return row;
}

void OperationBoard::describeCreate(const Operation &operation, OperationRow &row) const
{
    if (!row.isOpen()) {
        row.progress = operation.outcome.value(QLatin1String("message")).toString();
        return;
    }
    row.progress = tr("Sent; waiting for the answer or looking for the instance");
    row.whyNoCancel = tr("The request has been sent and cannot be taken back.");
    row.whyNoResume.clear();
}

void OperationBoard::describeStartup(const Operation &operation, OperationRow &row) const
{
    row.title = nameOf(row.instance, operation.title);
    const StartupMonitor *monitor = m_startups.find(row.instance);
    const bool live = monitor && row.isOpen();
    const StartupState state = live ? monitor->current().phase.state
                                    : startupStateFromName(operation.outcome.value(QLatin1String("state")).toString());
    const QString reason = live ? monitor->current().phase.reason : operation.outcome.value(QLatin1String("reason")).toString();
    if (live || !operation.outcome.isEmpty())
        row.progress = reason.isEmpty() ? phaseWord(state) : tr("%1: %2", "a state and why").arg(phaseWord(state), reason);
    if (row.isOpen())
        row.whyNoCancel.clear();
    const Instance *instance = m_stores.instances.find(row.instance);
    const bool running = instance && instance->status == InstanceStatus::Running;
    row.whyNoResume = running ? QString() : tr("Its endpoints can be checked again while it runs.");
}

void OperationBoard::describeBatch(const Operation &operation, OperationRow &row) const
{
    const BatchCreate *batch = m_batches.find(operation.id);
    if (!batch)
        return;
    const int made = batch->count(BatchRow::State::Created);
    const int left = batch->count(BatchRow::State::Waiting);
    row.progress = tr("%1 of %n created", nullptr, static_cast<int>(batch->rows().size())).arg(made);
    if (const int failed = batch->count(BatchRow::State::Failed); failed > 0)
        row.progress += QLatin1String(", ") + tr("%n failed", nullptr, failed);
    if (left > 0) {
        row.whyNoCancel.clear();
        if (batch->isRunning())
            return;
        row.state = OperationState::Waiting;
        row.progress += QLatin1String(", ") + tr("%n not begun", nullptr, left);
        row.whyNoResume = m_batches.isSending() ? tr("Another batch is being sent.") : QString();
    }
}

void OperationBoard::describePayment(const Operation &operation, OperationRow &row)
{
    row.progress = row.isOpen() ? tr("Sent; waiting for the answer or until the instance shows it") : operation.outcome.value(QLatin1String("message")).toString();
    if (row.isOpen())
        row.whyNoCancel = tr("The request has been sent and cannot be taken back.");
}

void OperationBoard::describeJob(const Operation &operation, OperationRow &row) const
{
    const WatchedJob *job = m_jobs.find(operation.id);
    row.progress = operation.outcome.value(QLatin1String("reason")).toString();
    if (!job || !row.isOpen())
        return;
    switch (job->state) {
    case WatchedJob::State::Looking: row.progress = tr("Asked for"); break;
    case WatchedJob::State::Preparing: row.progress = tr("Preparing"); break;
    default: row.progress = job->kind == WatchedJob::Kind::SaveImage ? tr("Writing the image") : tr("Moving to another host"); break;
    }
    row.whyNoCancel = job->id.isEmpty() ? tr("The cloud has not named its job yet.") : QString();
    row.whyNoResume.clear();
}

OperationRow OperationBoard::foreignJob(const Job &job) const
{
    OperationRow row;
    row.id = OperationId(kJobPrefix + job.id.toString());
    row.kind = job.type;
    row.instance = job.instanceId;
    row.title = nameOf(job.instanceId, {});
    row.state = stateOf(job);
    row.begunAt = row.touchedAt = job.createdAt;
    row.progress = job.error.isEmpty() && row.isOpen() ? tr("Begun elsewhere") : job.error;
    row.whyNoCancel = row.isOpen() ? QString() : tr("It has ended.");
    row.whyNoResume = row.isOpen() ? tr("It is under way.") : tr("It has ended.");
    return row;
}

Call<Done> *OperationBoard::cancel(const OperationId &id)
{
    const OperationRow *row = find(id);
    if (!row || !row->whyNoCancel.isEmpty())
        return Call<Done>::settledWith(Error::make(ErrorKind::Conflict, row ? row->whyNoCancel : tr("It is not there any more.")), this);
    if (isJobKind(row->kind) && m_jobs.find(id))
        return m_jobs.cancel(id);
    if (id.toString().startsWith(kJobPrefix))
        return m_jobs.cancelForeign(JobId(id.toString().mid(kJobPrefix.size())));
    if (row->kind == QLatin1String("batch"))
        m_batches.cancel(id);
    else
        m_startups.dismiss(row->instance);
    changeSoon();
    return Call<Done>::settledWith(Done{}, this);
}

Call<Done> *OperationBoard::resume(const OperationId &id)
{
    const OperationRow *row = find(id);
    if (!row || !row->whyNoResume.isEmpty())
        return Call<Done>::settledWith(Error::make(ErrorKind::Conflict, row ? row->whyNoResume : tr("It is not there any more.")), this);
    changeSoon();
    if (row->kind == QLatin1String("startup"))
        return m_startups.recheck(row->instance);
    if (isJobKind(row->kind))
        m_jobs.wake();
    else if (row->kind == QLatin1String("create"))
        m_creates.resume();
    else if (!m_batches.resume(id))
        return Call<Done>::settledWith(Error::make(ErrorKind::Conflict, tr("The batch cannot go on now: open it to see why.")), this);
    return Call<Done>::settledWith(Done{}, this);
}

} // namespace novita
