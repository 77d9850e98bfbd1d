// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"
#include "core/workflows/bulkrun.h"
#include "core/workflows/instancecommands.h"
#include "ui/prompts.h"
#include "ui/uicontext.h"

#include <QList>
#include <QString>

#include <optional>

namespace novita {

/// What a confirmation is about.
struct ConfirmSubject
{
    QString name;
    LossPreview loss;
};

/// Selected ones that the action cannot take, for one reason.
struct LeftOut
{
    QString reason;
    int count = 0;
};

/// How careful to be.
struct ConfirmPolicy
{
    bool confirmStop = true;  ///< ask before a stop or restart (kConfirmStop)
    bool production = false;  ///< the profile's flag: always ask, and type a word to delete
};

/// The question to ask before `action` on `subjects`, or nullopt when it may simply be done. Deleting is always asked, three
/// instances or more are always asked, ten deletions ask for a typed word. The text tells of those left out.
std::optional<ConfirmRequest> confirmRequest(InstanceAction action, const QList<ConfirmSubject> &subjects, const ConfirmPolicy &policy,
                                             const QList<LeftOut> &leftOut = {});
/// The same for a plan of InstanceCommands::planBulk(), as settings and profile are now. At least one row of `plan` waits.
std::optional<ConfirmRequest> confirmRequest(InstanceAction action, const QList<BulkRow> &plan, const UiContext &context);

} // namespace novita
