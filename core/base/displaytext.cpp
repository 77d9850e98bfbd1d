// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/displaytext.h"

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostPasted = 4096;
constexpr char16_t kNonJoiner = 0x200C;
constexpr char16_t kJoiner = 0x200D;

bool isUnseen(QChar c)
{
    const QChar::Category category = c.category();
    return category == QChar::Other_Control || (category == QChar::Other_Format && c != QChar(kNonJoiner) && c != QChar(kJoiner));
}

} // namespace

QString displayLine(QStringView text, qsizetype most)
{
    QString out;
    out.reserve(std::min(text.size(), most + 1));
    bool gap = false;
    for (const QChar c : text) {
        // A line break is a control character as well, but it parts words.
        if (c.isSpace()) {
            gap = !out.isEmpty();
            continue;
        }
        if (isUnseen(c))
            continue;
        if (gap)
            out += u' ';
        gap = false;
        out += c;
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
    return text.size() <= kMostPasted && std::none_of(text.begin(), text.end(), [](QChar c) {
        return isUnseen(c) || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
    });
}

} // namespace novita
