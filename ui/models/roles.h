// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace novita {

/// What our item models offer beyond Qt's own roles. DisplayRole is text for people, in their locale; these are for code.
enum ItemRole {
    IdRole = Qt::UserRole, ///< QString: the entity's id, on every column
    SortRole,              ///< qint64, double or QString: the raw value behind the text
    ToneRole,              ///< int(StateTone): draw the text as a chip in this tone; invalid = plain text
    IconNameRole,          ///< QString: icon of ui/theme in front of the text
    NoteRole,              ///< QString: quieter text behind the chip, "for 12 s"
    ChangingRole,          ///< bool: something is under way, the chip carries a progress arc
    StaleRole,             ///< bool: what the row says is old; draw it in text-3
    StandInRole,           ///< bool: the text stands in for one that is missing (an id for a name); draw it in text-3
};

} // namespace novita
