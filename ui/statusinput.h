// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/statustext.h"
#include "ui/uicontext.h"

#include <functional>

class QObject;

namespace novita {

/// What there is to tell at this moment, for the status bar and for the icon in the panel.
StatusInput statusInput(const UiContext &context);

/// Calls `look` as long as `receiver` lives whenever a part of it may be another. Often many times in one turn of the event loop; not for what
/// time alone changes, nor for the webhook receiver, whose status every delivery changes.
void followStatusInput(const UiContext &context, QObject *receiver, const std::function<void()> &look);

} // namespace novita
