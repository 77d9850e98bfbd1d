// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"

#include <QString>

namespace novita::actiontexts {

// What the activity says about an action on one instance; each text is a sentence, translated in context "ActionTexts".

/// "Asked the cloud to stop “trainer”."
QString asked(InstanceAction action, const QString &name);
/// "“trainer” could not be stopped. <reason>"
QString failed(InstanceAction action, const QString &name, const QString &reason);
/// "It is not known whether “trainer” was stopped: <why>"
QString inDoubt(InstanceAction action, const QString &name, const QString &why);
/// "“trainer” was not stopped: <why>"
QString withdrawn(InstanceAction action, const QString &name, const QString &why);

} // namespace novita::actiontexts
