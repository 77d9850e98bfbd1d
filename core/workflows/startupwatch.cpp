// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/startupwatch.h"

#include "core/base/displaytext.h"
#include "core/base/logging.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/refresher.h"
#include "core/workflows/stores.h"

#include <QElapsedTimer>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// Between two reads of the detail of one instance that runs and has not said where.
constexpr Milliseconds kDetailGap{15000};
/// A row that no list has shown for so long after the request is asked for by its id.
constexpr Milliseconds kMissingFor{60000};
constexpr Milliseconds kLongestSleep{15000};
constexpr Milliseconds kShortestSleep{500};
/// A start that is over is still shown for so long; the history keeps it.
constexpr Milliseconds kOverKept{600000};
constexpr Milliseconds kSleepWhenOver{60000};
/// For looking at rows, in one turn of the event loop.
constexpr int kSliceMs = 8;

OperationState operationState(StartupState state)
{
    if (!startupInfo(state).over)
        return OperationState::Running;
    return state == StartupState::Ready ? OperationState::Done : OperationState::Failed;
}

} // namespace

StartupWatch::StartupWatch(Stores &stores, Refresher &refresher, EndpointProbe &probe, const Settings &settings, OperationLog &operations,
                           Timeline &timeline, const Clock &clock, std::function<double()> random, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
    , m_refresher(refresher)
    , m_probe(probe)
    , m_settings(settings)
    , m_operations(operations)
    , m_timeline(timeline)
    , m_clock(clock)
    , m_random(std::move(random))
    , m_earlier(stores, operations)
    , m_usual(timeline)
    , m_worker(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &StartupWatch::wake);
    m_lookTimer.setSingleShot(true);
    m_lookTimer.setInterval(0);
    connect(&m_lookTimer, &QTimer::timeout, this, &StartupWatch::lookAtRows);
    m_settleTimer.setSingleShot(true);
    m_settleTimer.setInterval(0);
    connect(&m_settleTimer, &QTimer::timeout, this, &StartupWatch::settle);
    connect(&m_stores.instances, &EntityStoreBase::inserted, this, &StartupWatch::onRows);
    connect(&m_stores.instances, &EntityStoreBase::changed, this, &StartupWatch::onRows);
    connect(&m_stores.instances, &EntityStoreBase::removed, this, &StartupWatch::onRemoved);
}

StartupWatch::~StartupWatch()
{
    write();
}

void StartupWatch::setProfile(const ProfileId &profile)
{
    write();
    m_unmarked.clear();
    m_rows.clear();
    m_inRows.clear();
    m_due.clear();
    m_watched.clear();
    m_profile = profile;
    m_earlier.setProfile(profile);
    m_usual.setProfile(profile);
    m_loading.reset();
    m_timer.stop();
    if (profile.isEmpty())
        return;
    OperationLog::Filter open;
    open.kinds = {startupOperationKind()};
    open.openOnly = true;
    m_loading.reset(m_operations.read(profile, open))->onFinished(this, [this](const Result<QList<Operation>> &read) {
        if (!read)
            return; // without history nothing is there to go on with; the banner says why
        for (const Operation &operation : *read)
            resume(operation);
    });
}

void StartupWatch::resume(const Operation &operation)
{
    m_operations.claim(operation.id, operation.worker, m_worker)->onFinished(this, [this, operation](const Result<bool> &claimed) {
        if (!claimed.valueOr(false) || operation.profile != m_profile)
            return;
        const std::optional<StartupCase> begin = StartupCase::fromJson(operation.payload);
        Operation mine = operation;
        mine.worker = m_worker;
        const auto watched = begin ? m_watched.find(begin->instance.toString()) : m_watched.end();
        if (watched != m_watched.end() && watched->second.operation.id == operation.id)
            return; // the profile was left and taken up again in between
        if (!begin || watched != m_watched.end()) {
            // Asked to start again in the meantime: that one is newer. And what cannot be read nobody will ever end.
            mine.state = OperationState::Canceled;
            mine.updatedAt = m_clock.now();
            m_operations.save(mine);
            return;
        }
        qCInfo(lcWorkflow).noquote() << "watching the start of" << begin->instance.toString() << "again, since" << startupInfo(begin->phase.state).name;
        add(*begin, mine);
        feed(begin->instance);
        emit changed(begin->instance);
    });
}

void StartupWatch::begin(const InstanceId &id, const std::optional<Instance> &before)
{
    const TimePoint now = m_clock.now();
    StartupCase fresh;
    fresh.instance = id;
    fresh.request.at = now;
    if (before) {
        fresh.request.wasRunning = before->status == InstanceStatus::Running;
        fresh.request.lastStartedBefore = before->lastStartedAt;
    }
    fresh.phase = {StartupState::Requested, now, {}};
    fresh.deadline = now + Milliseconds(m_settings.value(keys::kStartupTimeoutMs));

    end(id);
    Operation operation;
    operation.id = OperationLog::newId();
    operation.profile = m_profile;
    operation.kind = startupOperationKind();
    operation.subject = id.toString();
    operation.worker = m_worker;
    operation.createdAt = now;
    const Instance *row = m_stores.instances.find(id);
    operation.title = row ? row->name : before ? before->name : QString();
    m_steps.append({id, {now, startupInfo(StartupState::Requested).name, {}}});
    add(fresh, operation);
    if (before)
        emit startAsked(id);
    feed(id);
    emit changed(id);
    // Not at the end of the turn: whoever asked for the start closes its own record of it next, and of the two one must be on the disk.
    m_unmarked.insert(id.toString());
    write();
}

void StartupWatch::end(const InstanceId &id)
{
    const auto found = m_watched.find(id.toString());
    if (found == m_watched.end())
        return;
    const bool over = found->second.monitor->isOver();
    if (!over || m_unsaved.contains(id.toString()))
        m_replaced.append(recordOf(found->second));
    if (!over)
        m_replaced.last().state = OperationState::Canceled;
    m_watched.erase(found);
    saveSoon(id);
}

void StartupWatch::follow(CreateInstance &creates, InstanceCommands &commands)
{
    connect(&creates, &CreateInstance::made, this, [this](const CreateOutcome &outcome) { begin(outcome.id, std::nullopt); });
    connect(&commands, &InstanceCommands::taken, this, [this](const Instance &before, InstanceAction action) {
        const bool startsAnew = action == InstanceAction::Start || action == InstanceAction::Restart || action == InstanceAction::Upgrade
                                || action == InstanceAction::Migrate;
        if (startsAnew)
            begin(before.id, before);
    });
}

void StartupWatch::dismiss(const InstanceId &id)
{
    end(id);
    emit changed(id);
}

void StartupWatch::add(const StartupCase &begin, const Operation &operation)
{
    const InstanceId id = begin.instance;
    m_earlier.forget(id);
    Watched &watched = m_watched[id.toString()];
    watched.operation = operation;
    watched.monitor = std::make_unique<StartupMonitor>(begin, m_probe, m_limits, m_clock, m_random);
    connect(watched.monitor.get(), &StartupMonitor::phaseChanged, this, [this, id](StartupState from, StartupState to) { onPhase(id, from, to); });
    connect(watched.monitor.get(), &StartupMonitor::endpointsChanged, this, [this, id] { emit changed(id); });
    saveSoon(id);
}

void StartupWatch::onRows(const QStringList &ids)
{
    if (m_watched.empty())
        return;
    for (const QString &id : ids) {
        if (m_watched.contains(id) && !m_inRows.contains(id)) {
            m_inRows.insert(id);
            m_rows.push_back(id);
        }
    }
    lookAtRows();
}

/// As far as the slice goes; the rest in the next turn. What is read then is newer, not less.
void StartupWatch::lookAtRows()
{
    // feed() and tick() may lead to signals; whoever hears them may write to the store, or begin() another.
    if (std::exchange(m_looking, true))
        return;
    QElapsedTimer spent;
    spent.start();
    while (!m_rows.empty() && spent.elapsed() < kSliceMs) {
        const QString id = std::move(m_rows.front());
        m_rows.pop_front();
        m_inRows.remove(id);
        const bool due = m_due.remove(id);
        feed(InstanceId(id));
        if (const auto found = m_watched.find(id); due && found != m_watched.end() && !found->second.monitor->isOver())
            found->second.monitor->tick();
    }
    m_looking = false;
    if (!m_rows.empty())
        m_lookTimer.start();
}

void StartupWatch::onRemoved(const QStringList &ids)
{
    for (const QString &id : ids) {
        if (const auto found = m_watched.find(id); found != m_watched.end())
            found->second.monitor->vanish();
    }
}

void StartupWatch::feed(const InstanceId &id)
{
    const Instance *row = m_stores.instances.find(id);
    // Of what was just created no name was known; and without its row nobody else remembers it.
    if (const auto found = m_watched.find(id.toString()); row && found != m_watched.end() && found->second.operation.title.isEmpty())
        found->second.operation.title = row->name;
    const auto monitorOf = [this, &id]() -> StartupMonitor * {
        const auto found = m_watched.find(id.toString());
        return found == m_watched.end() || found->second.monitor->isOver() ? nullptr : found->second.monitor.get();
    };
    if (StartupMonitor *monitor = monitorOf(); monitor && row)
        monitor->observe(*row, row->connection.has_value());
    // Looked up again: whoever heard of the new phase may have begun another start.
    const StartupMonitor *monitor = monitorOf();
    if (!monitor)
        return;
    const InstanceExtra *extra = m_stores.instances.extra(id);
    if (extra && extra->startup != startupMarkOf(monitor->current().phase.state)) {
        m_unmarked.insert(id.toString());
        m_settleTimer.start();
    }
    const bool missing = !row && m_clock.now() - monitor->current().request.at >= kMissingFor;
    if (missing || monitor->needsDetail())
        readDetail(id, m_watched.at(id.toString()));
}

void StartupWatch::readDetail(const InstanceId &id, Watched &watched)
{
    const SteadyPoint now = m_clock.steadyNow();
    if (watched.detail.isBusy() || (watched.detailAskedAt && now - *watched.detailAskedAt < kDetailGap))
        return;
    watched.detailAskedAt = now;
    watched.detail.reset(m_refresher.refreshInstance(id))->onFinished(this, [this, id](const Result<Done> &read) {
        const auto found = m_watched.find(id.toString());
        if (found == m_watched.end())
            return;
        StartupMonitor &monitor = *found->second.monitor;
        const Instance *row = m_stores.instances.find(id);
        if (read && row)
            monitor.observe(*row, true); // an answer without connection data is one, too: then there is nothing to ask
        else if (!read && read.error().kind == ErrorKind::NotFound)
            monitor.vanish();
    });
}

void StartupWatch::onPhase(const InstanceId &id, StartupState from, StartupState to)
{
    const StartupMonitor &monitor = *m_watched.at(id.toString()).monitor;
    const StartupPhase phase = monitor.current().phase;
    if (to == StartupState::Ready && !monitor.wasHereBefore())
        m_usual.add(phase.since - monitor.current().request.at);
    saveSoon(id);
    m_steps.append({id, {phase.since, startupInfo(to).name, phase.reason}});
    tell(id, phase);
    emit phaseChanged(id, from, to);
    emit changed(id);
}

void StartupWatch::saveSoon(const InstanceId &id)
{
    m_unsaved.insert(id.toString());
    m_settleTimer.start();
}

/// At the end of a turn.
void StartupWatch::settle()
{
    mark(m_unsaved + std::exchange(m_unmarked, {}));
    write();
    arm();
}

/// A write of its own for each of hundreds of monitors, with its transaction, would keep the disk busy for seconds.
void StartupWatch::write()
{
    QList<Operation> records = std::exchange(m_replaced, {});
    const QSet<QString> unsaved = std::exchange(m_unsaved, {});
    for (const QString &id : unsaved) {
        if (const auto found = m_watched.find(id); found != m_watched.end())
            records.append(recordOf(found->second));
    }
    if (!records.isEmpty())
        m_operations.save(records);
    if (!m_steps.isEmpty())
        m_timeline.append(m_profile, std::exchange(m_steps, {}));
}

void StartupWatch::mark(const QSet<QString> &ids)
{
    QHash<InstanceId, StartupNote> marks;
    for (const QString &id : ids) {
        const auto found = m_watched.find(id);
        marks.insert(InstanceId(id), found == m_watched.end() ? StartupNote() : startupNoteOf(found->second.monitor->current()));
    }
    m_stores.instances.setStartupMarks(marks);
}

Operation StartupWatch::recordOf(const Watched &watched) const
{
    const StartupCase &current = watched.monitor->current();
    Operation record = watched.operation;
    record.payload = current.toJson();
    record.state = operationState(current.phase.state);
    record.deadline = current.deadline;
    record.updatedAt = m_clock.now();
    if (watched.monitor->isOver()) {
        const Instance *row = m_stores.instances.find(current.instance);
        record.outcome = startupOutcome(current.phase, row ? row->lastStartedAt : std::nullopt);
    }
    return record;
}

void StartupWatch::tell(const InstanceId &id, const StartupPhase &phase) const
{
    const QString name = nameOf(id);
    ActivityEvent event;
    switch (phase.state) {
    case StartupState::Ready:
        event.severity = EventSeverity::Success;
        event.text = tr("“%1” is ready.").arg(name);
        break;
    case StartupState::Failed:
        event.severity = EventSeverity::Problem;
        event.text = tr("“%1” did not get ready. %2").arg(name, phase.reason);
        break;
    case StartupState::TimedOut:
        event.severity = EventSeverity::Warning;
        event.text = tr("“%1” has not become ready in time; it is watched on.").arg(name);
        break;
    default: return; // of a change of the cloud's own status the recorder tells, of a reclaim the spot guard
    }
    event.at = phase.since;
    event.source = EventSource::Poll;
    event.subjectId = id.toString();
    event.subjectName = name;
    m_stores.activity.addEvent(std::move(event));
}

const StartupMonitor *StartupWatch::find(const InstanceId &id) const
{
    const auto found = m_watched.find(id.toString());
    return found == m_watched.end() ? nullptr : found->second.monitor.get();
}

QString StartupWatch::nameOf(const InstanceId &id) const
{
    const Instance *row = m_stores.instances.find(id);
    if (row && row->hasName())
        return row->displayName();
    const auto found = m_watched.find(id.toString());
    return displayName(found == m_watched.end() ? QString() : found->second.operation.title, id.toString());
}

std::optional<TimePoint> StartupWatch::expectedReady(const InstanceId &id) const
{
    const StartupMonitor *monitor = find(id);
    const std::optional<UsualStart> usual = m_usual.usual();
    if (!monitor || monitor->isOver() || !usual)
        return std::nullopt;
    const TimePoint at = monitor->current().request.at + usual->median;
    return at > m_clock.now() ? std::optional(at) : std::nullopt;
}

int StartupWatch::openCount() const
{
    return static_cast<int>(std::count_if(m_watched.begin(), m_watched.end(), [](const auto &entry) { return !entry.second.monitor->isOver(); }));
}

Call<Done> *StartupWatch::recheck(const InstanceId &id)
{
    auto *call = Call<Done>::create(this);
    const QPointer<Call<Done>> out(call);
    m_refresher.refreshInstance(id, true)->onFinished(this, [this, id, out](const Result<Done> &read) {
        const Instance *row = m_stores.instances.find(id);
        Result<Done> result = read;
        if (read && (!row || row->status != InstanceStatus::Running)) {
            result = Error::make(ErrorKind::Conflict, tr("Only a running instance has endpoints to check."));
        } else if (read) {
            if (!m_watched.contains(id.toString()))
                begin(id, std::nullopt);
            if (const auto found = m_watched.find(id.toString()); found != m_watched.end())
                found->second.monitor->recheck(*row);
        }
        if (out)
            out->resolve(result);
    });
    return call;
}

void StartupWatch::wake()
{
    for (const auto &[id, watched] : m_watched) {
        if (watched.monitor->isOver())
            continue;
        m_due.insert(id);
        if (!m_inRows.contains(id)) {
            m_inRows.insert(id);
            m_rows.push_back(id);
        }
    }
    retire();
    lookAtRows();
    arm();
}

/// Lets go of starts that have been over for a while.
void StartupWatch::retire()
{
    QStringList old;
    for (const auto &[id, watched] : m_watched) {
        if (watched.monitor->isOver() && m_clock.now() - watched.monitor->current().phase.since >= kOverKept)
            old.append(id);
    }
    for (const QString &id : std::as_const(old)) {
        m_watched.erase(id);
        emit changed(InstanceId(id));
    }
}

void StartupWatch::arm()
{
    Milliseconds sleep = kLongestSleep;
    bool any = false;
    for (const auto &[id, watched] : m_watched) {
        if (watched.monitor->isOver())
            continue;
        any = true;
        if (watched.monitor->current().phase.state != StartupState::TimedOut)
            sleep = std::min(sleep, std::max(kShortestSleep, watched.monitor->current().deadline - m_clock.now()));
    }
    if (any)
        m_timer.start(sleep);
    else if (!m_watched.empty())
        m_timer.start(kSleepWhenOver);
    else
        m_timer.stop();
}

} // namespace novita
