// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fuzzymatch.h"

#include <QString>

namespace novita {

namespace {

constexpr int kBase = 1;
constexpr int kConsecutive = 8;
constexpr int kWordStart = 10;
constexpr int kWhole = 40;
constexpr int kEarly = 12;

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

} // namespace

int fuzzyScore(QStringView pattern, QStringView text)
{
    const QString wanted = pattern.toString().simplified().toCaseFolded();
    const QString in = text.toString().toCaseFolded();
    if (wanted.isEmpty())
        return kBase;
    // A straight substring is what people mean most of the time.
    const qsizetype whole = in.indexOf(wanted);
    if (whole >= 0)
        return kWhole + static_cast<int>(wanted.size()) * kConsecutive + (startsWord(in, whole) ? kWordStart : 0)
             + qMax(0, kEarly - static_cast<int>(whole));
    int score = kBase;
    qsizetype from = 0;
    qsizetype last = -2;
    for (const QChar c : wanted) {
        if (c.isSpace())
            continue;
        const qsizetype at = in.indexOf(c, from);
        if (at < 0)
            return 0;
        score += at == last + 1 ? kConsecutive : 0;
        score += startsWord(in, at) ? kWordStart : 0;
        last = at;
        from = at + 1;
    }
    return score;
}

} // namespace novita
