// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/types/instancerequest.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace novita {

struct Instance;

/// May this be done, and if not, why not (a sentence for the tooltip)?
struct ActionVerdict
{
    bool allowed = false;
    QString reason;
};

/// What stopping, deleting, resetting or moving would destroy, worked out from the instance's own disks.
struct LossPreview
{
    QStringList lost;    ///< sentences: "Container disk (60 GB)", "Volume disk at /workspace (38 GB)"
    QStringList kept;    ///< "Network volume at /network"
    QStringList notes;   ///< "The GPU is given back: a later start may fail for lack of capacity", "kept 7 days"
};

/// What else decides whether an action is on offer.
struct ActionCircumstances
{
    bool hasKey = true;       ///< an API key is in use
    bool readOnly = false;    ///< the profile forbids changes
    bool deleteLocked = false;
    bool pending = false;     ///< an action of ours was asked for and is not confirmed yet
    bool paymentInDoubt = false; ///< nobody knows yet whether an earlier renewal or conversion took effect
};

/// By circumstances, state and billing mode, in that order. Texts are translated in context "ActionRules".
ActionVerdict actionVerdict(const Instance &instance, const ActionCircumstances &circumstances, InstanceAction action);
/// For Start, Stop, Restart, Delete, Upgrade and Migrate; empty for the others.
LossPreview lossPreview(const Instance &instance, InstanceAction action);

/// Does what the cloud says now about `after` show that `request` took effect (or is about to), given that the instance
/// looked like `before` when it was asked for?
///
/// A restart that is over shows in the start time alone: both must hold one, since list rows may lack it. `startedAfter`
/// is for a restart that the cloud refused: an older start was somebody else's, and `before` did not know of it yet.
bool tookEffect(const Instance &before, const Instance &after, const InstanceRequest &request, std::optional<TimePoint> startedAfter = {});
/// False when `after`, which does not show the effect, does not tell either that there was none: a restart that nobody saw,
/// without both start times; an edit or a term that is paid, which may show a minute later; a setting that no answer
/// carries.
bool canTellEffect(const Instance &before, const Instance &after, const InstanceRequest &request);
/// Is money taken at once, and again when it is asked for again: Renew and ToMonthly?
bool paysAtOnce(InstanceAction action);
/// Is the effect another status? Only such an action stays "asked" until a list shows it.
bool changesStatus(InstanceAction action);

} // namespace novita
