// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QString>
#include <QStringView>

#include <array>
#include <cstdint>

namespace novita {

/// The 18 documented statuses of an instance, "pending" (undocumented, seen live right after a create), and Unknown for
/// every other text, which is shown verbatim and treated as transitional (gpu-notes section 4).
enum class InstanceStatus : std::uint8_t {
    Pending, ToCreate, Creating, Pulling, Running,
    ToStart, Starting, ToStop, Stopping, Exited, ToRestart, Restarting,
    ToRemove, Removing, Removed, ToReset, Resetting, Migrating, Freezing,
    Unknown,
};

/// What a status means to a person: decides colour and icon, never alone (there is always a word).
enum class StateTone : std::uint8_t { Good, Wait, Warn, Bad, Idle };

/// Actions a person can ask for. The order is that of toolbar and menus.
enum class InstanceAction : std::uint8_t {
    Start, Stop, Restart, Delete,
    Edit, Clone, SaveImage, Upgrade, Migrate,
    Renew, ToMonthly, AutoRenew, AutoMigrate,
};

/// One row of the state table: everything the program knows about a status.
struct InstanceStateInfo
{
    InstanceStatus status;
    QLatin1String wire;     ///< text on the wire: "toCreate"
    const char *label;      ///< source text for translation in context "InstanceState": "Waiting to be created"
    StateTone tone;
    QLatin1String icon;     ///< theme icon name
    bool transitional;      ///< something is under way: poll fast
    bool billing;           ///< GPU time is charged: from pulling on until stopped (gpu-notes section 4), see instancestate.cpp
    bool terminal;          ///< will not change any more
    std::uint32_t actions;  ///< bit set of InstanceAction that the state allows
};

/// The table, one row per InstanceStatus in enum order. The only place where these facts live.
const InstanceStateInfo &stateInfo(InstanceStatus status);

/// From wire text; unknown text gives Unknown.
InstanceStatus instanceStatusFromWire(QStringView wire);

bool allows(InstanceStatus status, InstanceAction action);

} // namespace novita
