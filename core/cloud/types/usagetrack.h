// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/accrual.h"
#include "core/base/clock.h"
#include "core/cloud/types/instance.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace novita {

/// What decides what an instance costs, as one answer of the cloud tells it.
struct UsageFacts
{
    bool billed = false;             ///< GPU time is charged in this state
    bool running = false;            ///< the status is `running`
    std::optional<Money> gpuPerHour; ///< while billed; zero for a subscription; nullopt = price not known
    Money diskPerDay;                ///< in this state
    std::optional<TimePoint> createdAt;
    std::optional<TimePoint> startedAt;
    std::optional<TimePoint> stoppedAt;
    bool operator==(const UsageFacts &) const = default;
};

UsageFacts usageFacts(const Instance &instance, const std::optional<Money> &gpuPerHour);

/// A stretch of time at one price.
struct UsageSpan
{
    TimePoint from{};
    std::optional<TimePoint> to;     ///< open while it goes on
    std::optional<Money> gpuPerHour; ///< zero when none was charged; nullopt = price not known
    Money diskPerDay;
    bool operator==(const UsageSpan &) const = default;
};

/// What a track knows of the cost of a time.
struct UsageCost
{
    Accrual gpu;
    Accrual disk;
    bool complete = false; ///< nothing of that time is unknown; otherwise the cost is "at least"
};

/// What one instance has cost, estimated from what the cloud says of it: its states as they were seen and the times that it gives itself
/// (created, last started, last stopped). A pure table of rules; time is what the caller says, so that sleep, a restart of the program and
/// a clock that jumps neither lose nor double anything.
///
/// Between two looks that lie no more than kGap apart nothing is taken to have happened twice. After a longer gap (the program was off)
/// only what the cloud's own times prove is counted, and `knownSince()` moves to where the proof begins again.
class UsageTrack
{
public:
    static constexpr Milliseconds kGap{150000}; ///< a little more than the slowest polling
    static constexpr std::size_t kMostSpans = 2000;

    /// The cloud said `facts` at `at`; it was last looked at, or confirmed to be as it was, at `before`.
    /// True when something is to be kept (see toJson()).
    bool observe(const UsageFacts &facts, TimePoint at, const std::optional<TimePoint> &before);
    /// It is gone: noticed at `at`, there at `before`.
    void end(TimePoint at, const std::optional<TimePoint> &before);

    /// Cost of [from, to) as far as it is known.
    UsageCost cost(TimePoint from, TimePoint to) const;
    /// From here on nothing is missing; nullopt before the first look.
    const std::optional<TimePoint> &knownSince() const { return m_knownSince; }
    bool isOver() const { return m_over; }
    const std::vector<UsageSpan> &spans() const { return m_spans; }
    /// Forgets the spans that were over by `before`.
    void forgetBefore(TimePoint before);

    QJsonObject toJson() const;
    static std::optional<UsageTrack> fromJson(const QJsonObject &json); ///< nullopt when it is no track

private:
    void firstLook(const UsageFacts &facts, TimePoint at);
    void wasBilled(const UsageFacts &facts, TimePoint at, TimePoint before);
    void wasFree(const UsageFacts &facts, TimePoint at, TimePoint before);
    void enter(TimePoint at, const UsageFacts &facts, bool billed);
    void missedUntil(TimePoint at, TimePoint before, TimePoint proven);

    std::optional<UsageFacts> m_facts; ///< of the last look
    std::vector<UsageSpan> m_spans;    ///< in order of time; the last may be open
    std::optional<TimePoint> m_knownSince;
    bool m_over = false;
};

} // namespace novita
