// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/desktopnotifier.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/startupnotices.h"

namespace novita {

class History;
class StartupWatch;
struct Stores;

/// The notification center, the desktop as one of its presenters, and those who have something to tell. Part of the composition root.
struct Notices
{
    Notices(Stores &stores, const Settings &settings, History &history, StartupWatch &startups, const Clock &clock);

    NotificationCenter center;
    DesktopNotifier desktop;
    StartupNotices startup;
};

} // namespace novita
