// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/stores/instancestore.h"

#include <algorithm>

namespace novita {

namespace {

constexpr std::chrono::minutes kLongestList{5};

/// A longer lead than any list takes comes from a clock that was set back: it must not freeze the rows.
bool isLaterAnswer(TimePoint one, TimePoint other)
{
    return one > other && one - other < kLongestList;
}

} // namespace

InstanceStore::InstanceStore(QObject *parent)
    : EntityStore<Instance>(parent)
{}

const InstanceExtra *InstanceStore::extra(const InstanceId &id) const
{
    const auto it = m_extra.constFind(id);
    return it == m_extra.constEnd() ? nullptr : &*it;
}

QList<InstanceId> InstanceStore::adoptList(const RowList<Instance> &rows, TimePoint at)
{
    QSet<InstanceId> listed;
    listed.reserve(rows.size());
    const auto isFresh = [this, at](const Instance &row) { return !isConfirmedAfter(row.id, at) && !isGoneSince(row.id, at); };
    bool allFresh = true;
    for (const Instance &row : rows) {
        listed.insert(row.id);
        allFresh = allFresh && isFresh(row);
    }
    QList<Instance> fresh = rows; // shared with the caller as long as nothing is taken out
    if (!allFresh)
        fresh.removeIf([&isFresh](const Instance &row) { return !isFresh(row); });
    QList<InstanceId> missing;
    for (const InstanceId &id : ids()) {
        if (!listed.contains(id) && !isConfirmedAfter(id, at))
            missing.append(id);
    }
    m_whole = !rows.partial;
    forgetAbsences(at);
    if (m_whole) {
        for (const InstanceId &id : std::as_const(missing))
            m_goneAt.insert(id, at);
        remove(std::exchange(missing, {}));
    }
    adoptRows(fresh, at, true);
    markRefreshed(at);
    missing.removeIf([this](const InstanceId &id) { return !contains(id); });
    std::stable_sort(missing.begin(), missing.end(),
                     [this](const InstanceId &a, const InstanceId &b) { return extra(a)->seenAt < extra(b)->seenAt; });
    return missing;
}

void InstanceStore::adoptAbsence(const InstanceId &id, TimePoint at)
{
    m_goneAt.insert(id, at);
    remove({id});
}

bool InstanceStore::isGoneSince(const InstanceId &id, TimePoint at) const
{
    const auto gone = m_goneAt.constFind(id);
    return gone != m_goneAt.constEnd() && isLaterAnswer(*gone, at);
}

void InstanceStore::forgetAbsences(TimePoint at)
{
    m_goneAt.removeIf([at](const auto &entry) { return std::chrono::abs(entry.value() - at) >= kLongestList; });
}

bool InstanceStore::isConfirmedAfter(const InstanceId &id, TimePoint at) const
{
    const InstanceExtra *known = extra(id);
    return known && known->seenAt && isLaterAnswer(*known->seenAt, at);
}

void InstanceStore::adoptRows(const QList<Instance> &rows, TimePoint at, bool summaries)
{
    m_batchAt = at;
    if (!m_goneAt.isEmpty()) {
        for (const Instance &row : rows)
            m_goneAt.remove(row.id);
    }
    if (summaries && !isEmpty()) {
        // A copy of each of ten thousand rows takes longer than all the rest: most are as they were.
        QList<Instance> merged;
        for (const Instance &row : rows) {
            const Instance *known = find(row.id);
            if (!known)
                merged.append(row);
            else if (row != *known)
                merged.append(mergeSummary(row, *known));
        }
        upsert(merged);
    } else {
        upsert(rows);
    }

    QStringList touched;
    for (const Instance &row : rows) {
        if (confirm(row.id, at))
            touched.append(row.id.toString());
    }
    if (!touched.isEmpty())
        emit changed(touched);
}

/// Notes that an answer of `at` holds the row. True when that changed a local fact that is shown.
bool InstanceStore::confirm(const InstanceId &id, TimePoint at)
{
    const auto it = m_extra.find(id);
    if (it == m_extra.end())
        return false; // removed by a listener of the batch's signals
    it->seenAt = at;
    bool visible = std::exchange(it->missedPolls, 0) != 0;
    if (it->asked && at - it->asked->at > kAskedFor) {
        it->asked.reset();
        updateBusy(id);
        visible = true;
    }
    return visible;
}

void InstanceStore::rowWritten(const Instance *before, const Instance &after)
{
    InstanceExtra &extra = m_extra[after.id];
    const bool moved = !before || before->statusText != after.statusText || before->status != after.status;
    if (moved) {
        extra.stateSince = m_batchAt;
        m_moves.append({after.id, before ? before->status : InstanceStatus::Unknown, after.status});
    }
    // A start time that was not known before says nothing: not every answer holds one.
    const bool anotherRun = before && before->lastStartedAt && after.lastStartedAt && *after.lastStartedAt > *before->lastStartedAt;
    const bool late = extra.startup == StartupMark::TimedOut && stateInfo(after.status).transitional;
    if (!late && (moved || anotherRun)) {
        extra.startup = StartupMark::None;
        extra.readyAt.reset();
    }
    const bool restarted = anotherRun && extra.asked && extra.asked->action == InstanceAction::Restart;
    if (moved || restarted)
        extra.asked.reset();
    updateBusy(after.id);
}

void InstanceStore::rowRemoved(const InstanceId &id)
{
    m_extra.remove(id);
    m_busy.remove(id);
}

void InstanceStore::allRemoved()
{
    m_extra.clear();
    m_busy.clear();
    m_hinted.clear();
    m_moves.clear();
    m_goneAt.clear();
    m_whole = false;
}

void InstanceStore::batchEnded()
{
    m_batchAt.reset();
    // A listener may write to the store again: each move is told once, by the batch that made it.
    const QList<StatusMove> moves = std::exchange(m_moves, {});
    for (const StatusMove &move : moves)
        emit statusChanged(move.id, move.from, move.to);
}

void InstanceStore::setHinted(const InstanceId &id, bool hinted)
{
    if (hinted)
        m_hinted.insert(id);
    else
        m_hinted.remove(id);
}

void InstanceStore::setAsked(const InstanceId &id, InstanceAction action, TimePoint at, EventSource by)
{
    const auto it = m_extra.find(id);
    if (it == m_extra.end())
        return;
    it->asked = AskedAction{action, at, by};
    updateBusy(id);
    emit changed({id.toString()});
}

void InstanceStore::clearAsked(const InstanceId &id)
{
    const auto it = m_extra.find(id);
    if (it == m_extra.end() || !it->asked)
        return;
    it->asked.reset();
    updateBusy(id);
    emit changed({id.toString()});
}

void InstanceStore::markMissed(const InstanceId &id)
{
    const auto it = m_extra.find(id);
    if (it == m_extra.end())
        return;
    ++it->missedPolls;
    emit changed({id.toString()});
}

void InstanceStore::setStopsAt(const InstanceId &id, const std::optional<TimePoint> &at)
{
    const auto found = m_extra.find(id);
    if (found == m_extra.end() || found->stopsAt == at)
        return;
    found->stopsAt = at;
    emit changed({id.toString()});
}

void InstanceStore::setPrices(const QHash<InstanceId, Money> &prices)
{
    QStringList touched;
    for (auto it = m_extra.begin(); it != m_extra.end(); ++it) {
        const auto price = prices.constFind(it.key());
        const std::optional<Money> next = price == prices.constEnd() ? std::nullopt : std::optional(*price);
        if (it->pricePerHour == next)
            continue;
        it->pricePerHour = next;
        touched.append(it.key().toString());
    }
    if (!touched.isEmpty())
        emit changed(touched);
}

void InstanceStore::setStartupMarks(const QHash<InstanceId, StartupNote> &marks)
{
    QStringList touched;
    for (auto mark = marks.cbegin(); mark != marks.cend(); ++mark) {
        const auto found = m_extra.find(mark.key());
        if (found == m_extra.end() || StartupNote(found->startup, found->readyAt) == mark.value())
            continue;
        found->startup = mark->mark;
        found->readyAt = mark->readyAt;
        touched.append(mark.key().toString());
    }
    if (!touched.isEmpty())
        emit changed(touched);
}

void InstanceStore::setGpuLoad(const InstanceId &id, const GpuLoad &load)
{
    const auto found = m_extra.find(id);
    if (found == m_extra.end() || (found->gpuLoad && found->gpuLoad->at >= load.at))
        return;
    found->gpuLoad = load;
    emit changed({id.toString()});
}

void InstanceStore::updateBusy(const InstanceId &id)
{
    const Instance *row = find(id);
    const InstanceExtra *local = extra(id);
    const bool busy = row && (stateInfo(row->status).transitional || (local && local->asked));
    if (busy)
        m_busy.insert(id);
    else
        m_busy.remove(id);
}

} // namespace novita
