// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/earlierstarts.h"

#include "core/workflows/startupmonitor.h"
#include "core/workflows/stores.h"

#include <QJsonValue>

#include <utility>

namespace novita {

namespace {

using L1 = QLatin1String;

constexpr L1 kState("state");
constexpr L1 kReason("reason");
constexpr L1 kStartedAt("startedAt");

} // namespace

QString startupOperationKind()
{
    return QStringLiteral("startup");
}

StartupMark startupMarkOf(StartupState state)
{
    switch (state) {
    case StartupState::Checking: return StartupMark::Checking;
    case StartupState::Ready: return StartupMark::Ready;
    case StartupState::Failed: return StartupMark::Failed;
    case StartupState::TimedOut: return StartupMark::TimedOut;
    default: return StartupMark::None;
    }
}

StartupNote startupNoteOf(const StartupCase &start)
{
    const StartupMark mark = startupMarkOf(start.phase.state);
    return {mark, mark == StartupMark::Ready ? start.readyAt() : std::nullopt};
}

QJsonObject startupOutcome(const StartupPhase &phase, const std::optional<TimePoint> &startedAt)
{
    QJsonObject outcome{{kState, startupInfo(phase.state).name}, {kReason, phase.reason}};
    if (startedAt)
        outcome.insert(kStartedAt, static_cast<double>(startedAt->time_since_epoch().count()));
    return outcome;
}

EarlierStarts::EarlierStarts(Stores &stores, OperationLog &operations, QObject *parent) : QObject(parent), m_stores(stores), m_operations(operations)
{
    m_writeTimer.setSingleShot(true);
    m_writeTimer.setInterval(0);
    connect(&m_writeTimer, &QTimer::timeout, this, &EarlierStarts::write);
    connect(&m_stores.instances, &EntityStoreBase::inserted, this, &EarlierStarts::compare);
    connect(&m_stores.instances, &EntityStoreBase::changed, this, &EarlierStarts::compare);
}

void EarlierStarts::setProfile(const ProfileId &profile)
{
    m_reading.reset();
    m_ended.clear();
    m_newer.clear();
    m_marks.clear();
    if (profile.isEmpty())
        return;
    OperationLog::Filter starts;
    starts.kinds = {startupOperationKind()};
    m_reading.reset(m_operations.read(profile, starts))->onFinished(this, [this](const Result<QList<Operation>> &read) {
        if (read)
            take(*read);
    });
}

void EarlierStarts::forget(const InstanceId &id)
{
    m_newer.insert(id);
    m_ended.remove(id);
    m_marks.remove(id);
}

void EarlierStarts::take(const QList<Operation> &newestFirst)
{
    QSet<InstanceId> seen = m_newer;
    QStringList ids;
    for (const Operation &operation : newestFirst) {
        const InstanceId id(operation.subject);
        if (seen.contains(id))
            continue;
        seen.insert(id);
        const bool ended = operation.state == OperationState::Done || operation.state == OperationState::Failed;
        const QJsonValue startedAt = operation.outcome.value(kStartedAt);
        const StartupMark mark = startupMarkOf(startupStateFromName(operation.outcome.value(kState).toString()));
        if (!ended || !startedAt.isDouble() || mark == StartupMark::None)
            continue;
        const std::optional<StartupCase> start = StartupCase::fromJson(operation.payload);
        const StartupNote note = start ? startupNoteOf(*start) : StartupNote(mark);
        m_ended.insert(id, {note.mark == mark ? note : StartupNote(mark), TimePoint(Milliseconds(static_cast<qint64>(startedAt.toDouble())))});
        ids.append(operation.subject);
    }
    compare(ids);
}

void EarlierStarts::compare(const QStringList &ids)
{
    if (m_ended.isEmpty())
        return;
    for (const QString &text : ids) {
        const InstanceId id(text);
        const auto ended = m_ended.find(id);
        const Instance *row = ended == m_ended.end() ? nullptr : m_stores.instances.find(id);
        if (!row || !row->lastStartedAt)
            continue; // not every answer holds the time
        if (row->status == InstanceStatus::Running && *row->lastStartedAt == ended->startedAt)
            m_marks.insert(id, ended->note);
        m_ended.erase(ended);
    }
    // Not at once: others have yet to hear that these rows are there.
    if (!m_marks.isEmpty())
        m_writeTimer.start();
}

void EarlierStarts::write()
{
    QHash<InstanceId, StartupNote> marks = std::exchange(m_marks, {});
    marks.removeIf([this](const auto &entry) {
        const Instance *row = m_stores.instances.find(entry.key());
        return !row || row->status != InstanceStatus::Running;
    });
    m_stores.instances.setStartupMarks(marks);
}

} // namespace novita
