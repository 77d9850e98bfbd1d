// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/naturalsort.h"

#include <QChar>

#include <algorithm>

namespace novita {

namespace {

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

} // namespace

QString naturalSortKey(QStringView text)
{
    const QString folded = text.toString().toCaseFolded();
    QString key;
    key.reserve(folded.size() + 4);
    for (qsizetype at = 0; at < folded.size();) {
        if (!isAsciiDigit(folded.at(at))) {
            key += folded.at(at++);
            continue;
        }
        qsizetype end = at;
        while (end < folded.size() && isAsciiDigit(folded.at(end)))
            ++end;
        while (at < end - 1 && folded.at(at) == u'0')
            ++at;
        // The '0' keeps numbers where digits sort among other characters; the length in front of the digits makes the
        // longer number the greater one.
        key += u'0';
        key += QChar(static_cast<char16_t>(std::min<qsizetype>(end - at, 0x7fff)));
        key += QStringView(folded).mid(at, end - at);
        at = end;
    }
    return key;
}

} // namespace novita
