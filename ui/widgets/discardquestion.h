// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompts.h"

namespace novita {

/// Before what was changed in `asker` is left: goes on at once when nothing was, else when the person agrees to lose it. `text`: what is lost, a
/// sentence.
void goOnOrAskToDiscard(Prompts &prompts, QWidget *asker, bool isChanged, const QString &text, std::function<void()> goOn);

} // namespace novita
