// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/statustext.h"

#include <QString>

namespace novita {

/// What the icon in the panel says: in its menu line by line, in its tooltip all together. An empty line is not shown.
struct TrayTexts
{
    QString running; ///< "3 running"; never empty once the list was read
    QString changing;
    QString stopped;
    QString failed;
    QString burn;       ///< "$4.21/h burning"
    QString connection; ///< only when something is wrong with it, or nothing has been read
    QString balance;    ///< only when it ends soon
    QString toolTip;
    StateTone tone = StateTone::Idle; ///< Warn or Bad: the mark at the icon, which the words say as well

    bool operator==(const TrayTexts &) const = default;
};

/// Pure, but for language and locale.
TrayTexts trayTexts(const StatusInput &input);

} // namespace novita
