// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/notification.h"

#include <QString>

namespace novita {

class NotificationCenter;
class RuleBook;
struct Error;
struct Stores;

/// What is not in the list of instances is gone: `book` has been read, and the list is complete, of this profile and its last read did
/// not fail. See Stores::instances.
bool goneAreKnown(const RuleBook &book, const Stores &stores);

/// Says, once for each profile taken up, that the rules of `book` could not be read from the history file and none of them acts:
/// `title` names them ("The idle rules could not be read").
void tellUnreadRules(NotificationCenter &center, RuleBook &book, NotificationKind kind, const QString &title);

} // namespace novita
