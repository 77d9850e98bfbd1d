// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompts.h"
#include "ui/uicontext.h"

#include <functional>

class QWidget;

namespace novita {

enum class AskWhere {
    InProduction, ///< elsewhere it is done at once
    Everywhere,
};

/// Calls `go` at once; in a production profile only after `question` was confirmed, whose text begins with the name of the profile.
/// Never when `parent` has died meanwhile.
void confirmInProduction(const UiContext &context, QWidget *parent, ConfirmRequest question, std::function<void()> go, AskWhere where = AskWhere::InProduction);

} // namespace novita
