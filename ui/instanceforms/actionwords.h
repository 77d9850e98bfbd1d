// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"

#include <QString>

/// What actions on instances are called, in one place: menus, questions, dialogs, results.
namespace novita::actionwords {

/// "Stop", "Save image…": three dots where something is asked first. Also the accessible name.
QString label(InstanceAction action);
/// The same without the dots: "Save image".
QString plainLabel(InstanceAction action);
/// "Stop trainer?", "Stop 3 instances?"
QString question(InstanceAction action, int count, const QString &name);
/// The verb on the button: "Stop instance", "Stop 3 instances".
QString verb(InstanceAction action, int count);
/// "Stop 3 instances": title of the results.
QString resultsTitle(InstanceAction action, int count);
/// "Could not stop “trainer”"
QString couldNot(InstanceAction action, const QString &name);

} // namespace novita::actionwords
