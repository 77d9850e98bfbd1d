// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notices.h"

#include "core/workflows/history.h"
#include "core/workflows/stores.h"

namespace novita {

Notices::Notices(Stores &stores, const Settings &settings, History &history, StartupWatch &startups, const Clock &clock)
    : center(stores.activity, settings, history.notified, clock)
    , desktop(center, settings, clock)
    , startup(stores, startups, center)
{}

} // namespace novita
