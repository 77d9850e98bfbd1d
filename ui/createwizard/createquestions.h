// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/prompts.h"

/// What the create wizard asks before money or work is at stake.
namespace novita::createquestions {

/// Before a create under a production profile.
ConfirmRequest inProduction(const QString &name, const QString &profileName, const QString &price);
/// Before a second create while it is not known whether the first one worked.
ConfirmRequest again(const QString &name, const QString &price);
/// Before what was entered is thrown away; `unsettledName`: an instance that may exist, or empty.
ConfirmRequest discard(const QString &unsettledName);

} // namespace novita::createquestions
