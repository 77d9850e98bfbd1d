// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/activityevent.h"
#include "core/cloud/types/instancestate.h"

#include <QString>

/// What an event of the activity is, in words, colour and icon; wherever events are listed. Pure, but for the language.
namespace novita::eventwords {

struct Look
{
    QString word;
    StateTone tone;
    QString icon; ///< of ui/theme
};

Look look(EventSeverity severity);
/// "you", "poll", "rule", "program".
QString source(EventSource source);

} // namespace novita::eventwords
