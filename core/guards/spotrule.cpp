// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/spotrule.h"

#include "core/guards/rulejson.h"

#include <QCoreApplication>

namespace novita {

QJsonObject SpotRule::toJson() const
{
    return {{QStringLiteral("hoursBetween"), hoursBetween}};
}

Result<SpotRule> SpotRule::fromJson(const QJsonObject &json)
{
    const std::optional<int> hours = rulejson::wholeNumber(json.value(QLatin1String("hoursBetween")));
    if (!hours || *hours < kLeastHours || *hours > kMostHours) {
        return Error::make(ErrorKind::Validation,
                           QCoreApplication::translate("GuardRules", "The time between two migrations must be from %1 to %2 hours.").arg(kLeastHours).arg(kMostHours));
    }
    return SpotRule{*hours};
}

QJsonObject SpotState::toJson() const
{
    return {{QStringLiteral("migrateAt"), rulejson::time(migrateAt)},
            {QStringLiteral("lastMigrated"), rulejson::time(lastMigrated)},
            {QStringLiteral("stoppedByUs"), rulejson::time(stoppedByUs)},
            {QStringLiteral("handled"), handled}};
}

SpotState SpotState::fromJson(const QJsonObject &json)
{
    SpotState state;
    state.migrateAt = rulejson::time(json.value(QLatin1String("migrateAt")));
    state.lastMigrated = rulejson::time(json.value(QLatin1String("lastMigrated")));
    state.stoppedByUs = rulejson::time(json.value(QLatin1String("stoppedByUs")));
    state.handled = json.value(QLatin1String("handled")).toBool();
    return state;
}

SpotStage spotStageOf(const Instance &instance)
{
    if (instance.isReclaimed())
        return SpotStage::Reclaimed;
    const bool wanted = instance.spotStatus == SpotStatus::Notified || instance.spotStatus == SpotStatus::Reclaiming || instance.spotReclaimTime.has_value();
    return instance.status == InstanceStatus::Running && wanted ? SpotStage::Noticed : SpotStage::None;
}

SpotStep nextSpot(const SpotRule &rule, const SpotState &before, SpotStage stage, bool mayAct, bool resumed, TimePoint now)
{
    SpotState state = before;
    if (stage != SpotStage::Reclaimed) {
        state.migrateAt.reset();
        state.handled = false;
        return {state, SpotAction::None};
    }
    if (state.handled)
        return {state, SpotAction::None};
    const bool explained = state.stoppedByUs && now >= *state.stoppedByUs && now - *state.stoppedByUs < kStopExplains;
    if (explained) {
        state.handled = true;
        state.migrateAt.reset();
        return {state, SpotAction::None};
    }
    if (state.lastMigrated && now >= *state.lastMigrated && now - *state.lastMigrated < std::chrono::hours(rule.hoursBetween)) {
        state.handled = true;
        state.migrateAt.reset();
        return {state, SpotAction::TooSoon};
    }
    const bool clockSet = state.migrateAt && *state.migrateAt - now > kSpotNotice;
    const bool late = state.migrateAt && mayAct && now - *state.migrateAt > kSpotLate;
    if (!state.migrateAt || resumed || clockSet || late) {
        state.migrateAt = now + kSpotNotice;
        return {state, SpotAction::Announce};
    }
    if (now < *state.migrateAt || !mayAct)
        return {state, SpotAction::None};
    state.migrateAt.reset();
    state.lastMigrated = now;
    state.handled = true;
    return {state, SpotAction::Migrate};
}

} // namespace novita
