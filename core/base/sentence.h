// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace novita {

/// Whether the text ends as a sentence does: with one of ".!?…。". White space behind it counts as text.
bool endsAsSentence(QStringView text);

/// Without white space around it, and with a full stop behind it where it does not end as a sentence; empty stays empty.
QString closedSentence(const QString &text);

} // namespace novita
