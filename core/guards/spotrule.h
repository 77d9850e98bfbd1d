// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/cloud/types/instance.h"

#include <QJsonObject>

namespace novita {

/// *Migrate by itself when reclaimed*: opt-in for one instance.
struct SpotRule
{
    static constexpr int kLeastHours = 1;
    static constexpr int kMostHours = 168;
    int hoursBetween = 4; ///< at least so long from one migration to the next

    bool operator==(const SpotRule &) const = default;
    QJsonObject toJson() const;
    static Result<SpotRule> fromJson(const QJsonObject &json);
};

struct SpotState
{
    std::optional<TimePoint> migrateAt;    ///< announced; whoever says *Leave it* clears it
    std::optional<TimePoint> lastMigrated;
    std::optional<TimePoint> stoppedByUs;  ///< a stop was asked for in this program: what follows is no reclaim
    bool handled = false;                  ///< this reclaim has had its turn
    bool operator==(const SpotState &) const = default;
    QJsonObject toJson() const;
    static SpotState fromJson(const QJsonObject &json);
};

enum class SpotStage : std::uint8_t { None, Noticed, Reclaimed };

/// Noticed: it still runs, and the cloud has said that it wants the GPU back (with or without a time).
SpotStage spotStageOf(const Instance &instance);

/// Between the reclaim, or the start of the program, and the migration by rule: the time to say no.
inline constexpr Milliseconds kSpotNotice{60 * 1000};
/// After the announced time, a look that late (the computer slept, all places were taken) announces it anew.
inline constexpr Milliseconds kSpotLate{2 * 60 * 1000};
/// A stop that was asked for here explains an end that is seen this much later.
inline constexpr Milliseconds kStopExplains{60 * 60 * 1000};

enum class SpotAction : std::uint8_t { None, Announce, Migrate, TooSoon };
struct SpotStep
{
    SpotState state;
    SpotAction action = SpotAction::None;
};

/// What the rule does about an instance in `stage` at `now`. `mayAct`: profile and state allow a migration, the list is young, and fewer
/// than the most at once are under way. `resumed`: first look of this run. Pure.
SpotStep nextSpot(const SpotRule &rule, const SpotState &state, SpotStage stage, bool mayAct, bool resumed, TimePoint now);

} // namespace novita
