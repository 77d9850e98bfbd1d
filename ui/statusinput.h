// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/statustext.h"
#include "ui/uicontext.h"

namespace novita {

/// What there is to tell at this moment, for the status bar and for the icon in the panel.
StatusInput statusInput(const UiContext &context);

} // namespace novita
