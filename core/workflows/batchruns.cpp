// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchruns.h"

#include "core/workflows/batchpayload.h"
#include "core/workflows/createinstance.h"

#include <QJsonObject>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

using State = BatchRow::State;

constexpr int kMostCreates = 100000; ///< of one batch, with every repetition

OperationState endState(const BatchCreate &batch)
{
    if (batch.count(State::Created) == batch.rows().size())
        return OperationState::Done;
    return batch.count(State::Canceled) > 0 ? OperationState::Canceled : OperationState::Failed;
}

} // namespace

BatchRuns::BatchRuns(CreateInstance &creator, OperationLog &operations, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_creator(creator)
    , m_operations(operations)
    , m_clock(clock)
    , m_worker(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    connect(&creator, &CreateInstance::resumed, this,
            [this](const OperationId &operation, const BatchPlace &place, const Result<CreateOutcome> &result) {
                if (place.batch.isEmpty())
                    return;
                m_resumed.insert(operation, result); // the batch may not have been read yet
                if (const Entry *entry = entryOf(place.batch))
                    entry->batch->settle(place.row, result);
            });
}

BatchRuns::~BatchRuns() = default;

BatchRuns::Entry *BatchRuns::entryOf(const OperationId &id)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&id](const Entry &entry) { return entry.batch->operation() == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

BatchCreate *BatchRuns::find(const OperationId &id) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&id](const Entry &entry) { return entry.batch->operation() == id; });
    return found == m_entries.end() ? nullptr : found->batch;
}

const BatchCreate *BatchRuns::sending() const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) { return entry.writing || entry.batch->isRunning(); });
    return found == m_entries.end() ? nullptr : found->batch;
}

BatchCreate *BatchRuns::current() const
{
    if (const BatchCreate *batch = sending())
        return find(batch->operation());
    const auto cutOff = std::find_if(m_entries.rbegin(), m_entries.rend(), [](const Entry &entry) { return entry.batch->isCutOff(); });
    if (cutOff != m_entries.rend())
        return cutOff->batch;
    return m_entries.empty() ? nullptr : m_entries.back().batch;
}

void BatchRuns::setProfile(const ProfileId &profile)
{
    m_loading.reset();
    for (const Entry &entry : std::exchange(m_entries, {})) {
        entry.batch->disconnect(this);
        entry.batch->deleteLater();
    }
    m_resumed.clear();
    m_profile = profile;
    if (profile.isEmpty())
        return;
    OperationLog::Filter batches;
    batches.kinds = {batchpayload::kKind};
    m_loading.reset(m_operations.read(profile, batches))->onFinished(this, [this](const Result<QList<Operation>> &read) {
        // Newest first in the log; without one nothing is there to go on with, and the window says why.
        const QList<Operation> found = read.valueOr({});
        for (auto operation = found.crbegin(); operation != found.crend(); ++operation) {
            if (operation->isOpen() || operation->outcome.value(QLatin1String("unknown")).toInt() > 0)
                takeUp(*operation);
        }
    });
}

void BatchRuns::takeUp(const Operation &operation)
{
    if (entryOf(operation.id))
        return; // begun while the log was being read
    if (!operation.isOpen()) {
        readRows(operation); // nobody works on it
        return;
    }
    m_operations.claim(operation.id, operation.worker, m_worker)->onFinished(this, [this, operation](const Result<bool> &claimed) {
        if (claimed.valueOr(false) && operation.profile == m_profile)
            readRows(operation);
    });
}

void BatchRuns::readRows(const Operation &operation)
{
    OperationLog::Filter rows;
    rows.kinds = {QStringLiteral("create")};
    rows.parent = operation.id;
    rows.limit = kMostCreates;
    m_operations.read(operation.profile, rows)->onFinished(this, [this, operation](const Result<QList<Operation>> &creates) {
        // Without them nobody could tell what was sent, so nothing is offered to be sent; the next start asks again.
        if (creates && operation.profile == m_profile)
            restore(operation, *creates);
    });
}

void BatchRuns::restore(const Operation &operation, const QList<Operation> &creates)
{
    if (entryOf(operation.id))
        return; // the account was left and taken up again in between
    batchpayload::Plan plan = batchpayload::read(operation.payload);
    batchpayload::apply(plan.rows, creates);
    Operation mine = operation;
    mine.worker = m_worker;
    auto *batch = new BatchCreate(m_creator, operation.id, plan.rows, plan.parallel, this);
    adopt(batch, mine);
    for (const Operation &create : creates) {
        m_creator.recall(create);
        if (const auto known = m_resumed.constFind(create.id); known != m_resumed.constEnd())
            batch->settle(create.payload.value(QLatin1String("row")).toInt(-1), *known);
    }
    emit changed(operation.id);
    if (operation.isOpen())
        emit foundCutOff(operation.id);
    closeWhenOver(operation.id);
}

BatchRuns::Entry &BatchRuns::adopt(BatchCreate *batch, Operation operation)
{
    const OperationId id = batch->operation();
    connect(batch, &BatchCreate::rowChanged, this, [this, id] {
        emit changed(id);
        closeWhenOver(id);
    });
    connect(batch, &BatchCreate::finished, this, [this, id] {
        emit changed(id);
        closeWhenOver(id);
    });
    m_entries.push_back({batch, std::move(operation)});
    return m_entries.back();
}

BatchCreate *BatchRuns::begin(const QList<InstanceDraft> &drafts, int parallel)
{
    if (isSending() || drafts.isEmpty())
        return nullptr;
    auto *batch = new BatchCreate(m_creator, drafts, parallel, this);
    Operation operation;
    operation.id = batch->operation();
    operation.profile = m_profile;
    operation.kind = batchpayload::kKind;
    operation.title = tr("%n instance(s): %1", nullptr, static_cast<int>(batch->rows().size())).arg(batch->rows().first().draft.name);
    operation.payload = batchpayload::write(batch->rows(), batch->parallel());
    operation.worker = m_worker;
    operation.createdAt = m_clock.now();
    startWritten(adopt(batch, operation), [](BatchCreate &begun) { begun.start(); });
    emit changed(operation.id);
    return batch;
}

/// Sends nothing before the batch is on the disk. It goes on after a failure to write as well: without history the program
/// works on, and a kill then leaves what only the list tells of.
void BatchRuns::startWritten(Entry &entry, std::function<void(BatchCreate &)> go)
{
    entry.writing = true;
    entry.operation.state = OperationState::Running;
    entry.operation.outcome = {};
    entry.operation.updatedAt = m_clock.now();
    const OperationId id = entry.operation.id;
    m_operations.save(entry.operation)->onFinished(entry.batch, [this, id, go = std::move(go)](const Result<Done> &) {
        Entry *written = entryOf(id);
        if (!written)
            return; // another account
        written->writing = false;
        go(*written->batch);
        emit changed(id);
    });
}

bool BatchRuns::resume(const OperationId &id)
{
    Entry *entry = entryOf(id);
    if (!entry || isSending() || !entry->batch->isCutOff() || !entry->batch->missingValues().isEmpty())
        return false;
    startWritten(*entry, [](BatchCreate &cutOff) { cutOff.start(); });
    emit changed(id);
    return true;
}

bool BatchRuns::retryFailed(const OperationId &id)
{
    Entry *entry = entryOf(id);
    const BatchCreate *batch = entry ? entry->batch : nullptr;
    if (!batch || isSending() || !batch->missingValues(BatchCreate::retried()).isEmpty())
        return false;
    if (batch->count(BatchCreate::retried()) == 0)
        return false;
    startWritten(*entry, [](BatchCreate &stopped) { stopped.retryFailed(); });
    emit changed(id);
    return true;
}

void BatchRuns::lookAgain(const OperationId &id, const QList<int> &rows)
{
    if (const Entry *entry = entryOf(id); entry && !entry->writing)
        entry->batch->lookAgain(rows);
}

bool BatchRuns::createAgain(const OperationId &id, const QList<int> &rows)
{
    Entry *entry = entryOf(id);
    const BatchCreate *batch = entry ? entry->batch : nullptr;
    if (!batch || isSending() || batch->count(State::Waiting) > 0)
        return false;
    const bool any = std::any_of(rows.begin(), rows.end(), [batch](int row) {
        return row >= 0 && row < batch->rows().size() && batch->rows().at(row).state == State::Unknown && batch->rows().at(row).missing.isEmpty();
    });
    if (!any)
        return false;
    startWritten(*entry, [rows](BatchCreate &doubtful) { doubtful.createAgain(rows); });
    emit changed(id);
    return true;
}

void BatchRuns::cancel(const OperationId &id)
{
    if (const Entry *entry = entryOf(id))
        entry->batch->cancelRest();
    closeWhenOver(id);
}

void BatchRuns::closeWhenOver(const OperationId &id)
{
    Entry *entry = entryOf(id);
    if (!entry || entry->writing)
        return;
    const BatchCreate &batch = *entry->batch;
    // Back in that account the rest is offered again.
    if (batch.isRunning() || batch.isAbandoned() || batch.count(State::Waiting) + batch.count(State::Creating) > 0)
        return;
    const bool wasOpen = entry->operation.isOpen();
    const QJsonObject outcome = batchpayload::outcome(batch);
    if (!wasOpen && outcome == entry->operation.outcome)
        return;
    // Also of one that is over: an instance that nobody had found may have turned up.
    entry->operation.state = endState(batch);
    entry->operation.outcome = outcome;
    entry->operation.updatedAt = m_clock.now();
    m_operations.save(entry->operation);
    if (wasOpen)
        emit ended(id);
}

} // namespace novita
