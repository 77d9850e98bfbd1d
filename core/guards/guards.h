// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/idleguard.h"
#include "core/guards/productwatch.h"
#include "core/guards/scheduler.h"
#include "core/guards/spotguard.h"

namespace novita {

class History;

/// Everything that acts or speaks up by a rule of the person's own, owned together by the composition root. All of it only while the
/// program runs.
class Guards final
{
    Q_DISABLE_COPY_MOVE(Guards)

public:
    Guards(History &history, Stores &stores, Refresher &refresher, InstanceCommands &commands, NotificationCenter &center, const Clock &clock);

    void setProfile(const ProfileId &profile);

    IdleGuard idle;
    SpotGuard spot;
    Scheduler schedules;
    ProductWatch watches;
};

} // namespace novita
