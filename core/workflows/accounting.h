// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/balancewatch.h"
#include "core/workflows/history.h"
#include "core/workflows/ledger.h"
#include "core/workflows/samplerecorder.h"
#include "core/workflows/usagebook.h"

namespace novita {

/// Everything about money that goes on by itself, owned together by the composition root.
struct Accounting
{
    Accounting(ApiClient &client, Stores &stores, Refresher &refresher, FleetSummary &fleet, History &history, NotificationCenter &notifications,
               const Settings &settings, const Clock &clock)
        : usage(stores, history.usage, clock)
        , ledger(client, stores, refresher, usage, clock)
        , balance(stores, fleet, notifications, settings, clock)
        , samples(client, stores, fleet, history, clock)
    {}

    /// Another account; after the history has been told.
    void setProfile(const ProfileId &profile)
    {
        usage.setProfile(profile);
        ledger.setProfile(profile);
        balance.reset();
    }

    UsageBook usage;
    Ledger ledger;
    BalanceWatch balance;
    SampleRecorder samples;
};

} // namespace novita
