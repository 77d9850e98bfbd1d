// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guards/guards.h"

#include "core/workflows/history.h"

namespace novita {

Guards::Guards(History &history, Stores &stores, Refresher &refresher, InstanceCommands &commands, NotificationCenter &center, const Clock &clock)
    : idle(history.rules, stores, commands, center, clock)
    , spot(history.rules, stores, commands, center, clock)
    , schedules(history.rules, stores, commands, center, clock)
    , watches(history.rules, stores, refresher, center, clock)
{}

void Guards::setProfile(const ProfileId &profile)
{
    idle.setProfile(profile);
    spot.setProfile(profile);
    schedules.setProfile(profile);
    watches.setProfile(profile);
}

} // namespace novita
