// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/workflows/notification.h"

#include <QString>

namespace novita {

class NotificationCenter;
class RuleBook;

/// A list of instances that is older says nothing about now: no guard acts on it.
inline constexpr Milliseconds kListStale{10 * 60 * 1000};

/// Says, once for each profile taken up, that the rules of `book` could not be read from the history file and none of them acts:
/// `title` names them ("The idle rules could not be read").
void tellUnreadRules(NotificationCenter &center, RuleBook &book, NotificationKind kind, const QString &title);

} // namespace novita
