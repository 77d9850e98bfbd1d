// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/entitystore.h"
#include "core/cloud/types/activityevent.h"

#include <cstdint>
#include <optional>

namespace novita {

/// What this program asked for and the cloud has not confirmed yet.
struct AskedAction
{
    InstanceAction action;
    TimePoint at;
    EventSource by = EventSource::You; ///< You, Policy or LocalApi
};

/// How busy the GPUs of an instance were, on average, when that was last measured.
struct GpuLoad
{
    double percent = 0;
    TimePoint at{};
    bool operator==(const GpuLoad &) const = default;
};

/// How far the watching of its start has come, where that says more than the cloud's own status.
enum class StartupMark : std::uint8_t {
    None,
    Checking, ///< it runs, and its endpoints are being asked
    Ready,    ///< it runs, and they have answered in this run
    Failed,   ///< it runs, but its endpoints have not answered in this run
    TimedOut, ///< it has not become ready by its deadline
};

/// What the watch knows of a start.
struct StartupNote
{
    StartupNote(StartupMark of = StartupMark::None, std::optional<TimePoint> ready = {}) : mark(of), readyAt(ready) {}

    StartupMark mark;
    std::optional<TimePoint> readyAt; ///< when it was ready first; of Ready only
    bool operator==(const StartupNote &) const = default;
};

/// Local facts about an instance, beside what the cloud says.
struct InstanceExtra
{
    std::optional<TimePoint> stateSince; ///< when this program first saw the current status
    std::optional<AskedAction> asked;    ///< shown as "starting (asked)"; see InstanceStore::setAsked
    int missedPolls = 0;                 ///< failed reads of this very instance
    std::optional<TimePoint> seenAt;     ///< last time an answer confirmed the row
    std::optional<TimePoint> stopsAt;    ///< a rule of the person's own stops it then, unless somebody keeps it running
    std::optional<Money> pricePerHour;   ///< GPU price × GPUs, from the product list; nullopt = unknown
    StartupMark startup = StartupMark::None; ///< of the start that led to the status; see setStartupMarks()
    std::optional<TimePoint> readyAt;    ///< of the start that is Ready
    std::optional<GpuLoad> gpuLoad;      ///< only of instances that somebody watches (MetricsWatch)
};

/// Instances by id plus the local facts. Adopting a list keeps the connection data of earlier detail answers.
/// `changed` also tells of local facts that a person sees (asked action, price, missed polls), not of `seenAt`.
class InstanceStore final : public EntityStore<Instance>
{
    Q_OBJECT

public:
    /// An asked action that the cloud has not followed up with another status by then is forgotten.
    static constexpr Milliseconds kAskedFor{90000};

    explicit InstanceStore(QObject *parent = nullptr);

    const InstanceExtra *extra(const InstanceId &id) const;

    /// A complete list answer: rows are summaries (see mergeSummary), what is missing is removed. `at` is best the time the
    /// list was asked for: what another answer has said after it (a create that finished meanwhile, a row that is gone)
    /// stays as it is. Also marks the store as refreshed.
    ///
    /// A partial list removes nothing: one of the rows that could not be read may be the missing one. Returned are the rows
    /// it lacks, those unseen for longest first: only asking for each of them tells.
    QList<InstanceId> adoptList(const RowList<Instance> &rows, TimePoint at);
    /// The cloud said at `at` that there is no such instance: removes the row, and no answer to an older question brings it back.
    void adoptAbsence(const InstanceId &id, TimePoint at);
    /// An answer later than `at` said that it is gone.
    bool isGoneSince(const InstanceId &id, TimePoint at) const;
    /// The last list held every instance in readable form.
    bool isWhole() const { return m_whole; }
    /// Rows of a partial list or a detail answer.
    void adoptRows(const QList<Instance> &rows, TimePoint at, bool summaries);

    /// Marks that `action` was sent. The mark goes when the cloud shows another status than at the time of asking (in the
    /// wanted direction or away from it), for Restart also when the start time moves, after kAskedFor, or by clearAsked().
    /// Actions that change no status (Edit, Save image, Renew) are cleared by whoever set them.
    void setAsked(const InstanceId &id, InstanceAction action, TimePoint at, EventSource by = EventSource::You);
    void clearAsked(const InstanceId &id);
    /// A read of this very instance failed; the next answer that holds it sets the count back to 0.
    void markMissed(const InstanceId &id);
    /// A rule counts down to a stop; nullopt: none does.
    void setStopsAt(const InstanceId &id, const std::optional<TimePoint> &at);
    /// The prices known now: instances that `prices` lacks have none.
    void setPrices(const QHash<InstanceId, Money> &prices);

    /// What the watch knows of these starts; told of once, for the rows that it changes. A mark goes when the status moves or the instance
    /// is started again; that of a start that is late stays while the status still is a transitional one.
    void setStartupMarks(const QHash<InstanceId, StartupNote> &marks);

    /// Keeps the newer of what is known and `load`; nothing for an unknown instance.
    void setGpuLoad(const InstanceId &id, const GpuLoad &load);

    /// Somebody said that this instance changed, and it is being read for that reason. Known of ids without a row, too; tells nobody.
    void setHinted(const InstanceId &id, bool hinted);
    bool isHinted(const InstanceId &id) const { return m_hinted.contains(id); }

    /// Something is under way anywhere: a transitional status or an asked action.
    bool anyTransitional() const { return !m_busy.isEmpty(); }
    bool isTransitional(const InstanceId &id) const { return m_busy.contains(id); }

signals:
    /// A status moved (also first sight: `from` is Unknown with empty text). For events and notifications.
    void statusChanged(const novita::InstanceId &id, novita::InstanceStatus from, novita::InstanceStatus to);

protected:
    void rowWritten(const Instance *before, const Instance &after) override;
    void rowRemoved(const InstanceId &id) override;
    void allRemoved() override;
    void batchEnded() override;

private:
    struct StatusMove
    {
        InstanceId id;
        InstanceStatus from;
        InstanceStatus to;
    };

    bool confirm(const InstanceId &id, TimePoint at);
    bool isConfirmedAfter(const InstanceId &id, TimePoint at) const;
    void updateBusy(const InstanceId &id);

    void forgetAbsences(TimePoint at);

    QHash<InstanceId, InstanceExtra> m_extra;
    QHash<InstanceId, TimePoint> m_goneAt; ///< for as long as an older answer may still come
    bool m_whole = false;
    QSet<InstanceId> m_busy;
    QSet<InstanceId> m_hinted;
    QList<StatusMove> m_moves;           ///< of the batch being written
    std::optional<TimePoint> m_batchAt;  ///< when the batch being written was answered
};

} // namespace novita
