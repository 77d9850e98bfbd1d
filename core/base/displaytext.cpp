// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/displaytext.h"

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostPasted = 4096;
constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;

bool isJoiner(char32_t c)
{
    return c == kNonJoiner || c == kJoiner;
}

/// The character that begins at `at`; half of one as itself.
char32_t characterAt(QStringView text, qsizetype at)
{
    const QChar first = text.at(at);
    const bool isPair = first.isHighSurrogate() && at + 1 < text.size() && text.at(at + 1).isLowSurrogate();
    return isPair ? QChar::surrogateToUcs4(first, text.at(at + 1)) : first.unicode();
}

} // namespace

bool isUnseen(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString displayLine(QStringView text, qsizetype most)
{
    QString out;
    out.reserve(std::min(text.size(), most + 1));
    bool gap = false;
    for (qsizetype at = 0, length = 1; at < text.size(); at += length) {
        const char32_t c = characterAt(text, at);
        length = QChar::requiresSurrogates(c) ? 2 : 1;
        // A line break is a control character as well, but it parts words.
        if (QChar::isSpace(c)) {
            gap = !out.isEmpty();
            continue;
        }
        if (isUnseen(c) && !isJoiner(c))
            continue;
        if (gap)
            out += u' ';
        gap = false;
        out += text.sliced(at, length);
        if (out.size() > most) {
            out.truncate(most - 1);
            if (out.back().isHighSurrogate())
                out.chop(1);
            return out + u'…';
        }
    }
    return out;
}

QString displayName(QStringView name, QStringView id)
{
    const QString line = displayLine(name);
    return line.isEmpty() ? displayLine(id) : line;
}

bool isSafeToPaste(QStringView text)
{
    if (text.size() > kMostPasted)
        return false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char32_t c = characterAt(text, at);
        if (isUnseen(c) && !isJoiner(c))
            return false;
        at += QChar::requiresSurrogates(c) ? 1 : 0;
    }
    return true;
}

} // namespace novita
