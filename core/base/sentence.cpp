// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sentence.h"

namespace novita {

bool endsAsSentence(QStringView text)
{
    return !text.isEmpty() && QStringView(u".!?…。").contains(text.back());
}

QString closedSentence(const QString &text)
{
    const QString trimmed = text.trimmed();
    return trimmed.isEmpty() || endsAsSentence(trimmed) ? trimmed : trimmed + QLatin1Char('.');
}

} // namespace novita
