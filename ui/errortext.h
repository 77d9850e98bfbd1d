// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace novita {

/// What the person can do about an error; the banner's button.
enum class ErrorRemedy { None, Retry, OpenProfiles, OpenNetworkSettings, ChooseAnotherProduct, TopUp, Wait };

struct ErrorText
{
    QString sentence; ///< what happened and what to do, translated, plain text
    ErrorRemedy remedy = ErrorRemedy::None;
    QString remedyLabel; ///< "Try again"; empty for None and Wait
    QString details;  ///< kind, HTTP status, reason, server message, correlation id: to copy; redacted
};

/// The one mapping from Error to words. What this program found wrong by itself is told in its own words, not as if a service had said so.
ErrorText errorText(const Error &error);

/// The page that carries out a remedy, as Page::openPageRequested() takes it; empty where no page does.
QString remedyPage(ErrorRemedy remedy);

/// The same for an action on something that is already there: where capacity is short it can be asked for again, but no other product
/// be chosen for it.
ErrorText actionErrorText(const Error &error);

} // namespace novita
