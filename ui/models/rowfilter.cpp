// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rowfilter.h"

#include <QChar>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kLongestInput = 500;
constexpr qsizetype kLongestField = 2000; ///< nobody looks for what comes after it
// Private-use characters mark where a field begins in a haystack; they are dropped from texts and from the input.
constexpr char16_t kFirstMarker = 0xE000;
constexpr char16_t kLastMarker = 0xE03F;

bool isMarker(QChar c)
{
    return c >= QChar(kFirstMarker) && c <= QChar(kLastMarker);
}

QChar markerOf(int field)
{
    return QChar(static_cast<char16_t>(kFirstMarker + field));
}

QString foldedWithoutMarkers(QStringView text)
{
    QString folded = text.toString().toCaseFolded();
    folded.removeIf(isMarker);
    return folded;
}

} // namespace

RowFilter::RowFilter(QStringView input, const QStringList &fields)
{
    const QString text = foldedWithoutMarkers(input.left(kLongestInput));
    QString word;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == u'"') {
            quoted = !quoted;
        } else if (c.isSpace() && !quoted) {
            addTerm(word, fields);
            word.clear();
        } else {
            word += c;
        }
    }
    addTerm(word, fields);
}

void RowFilter::addTerm(const QString &word, const QStringList &fields)
{
    if (word.isEmpty())
        return;
    const qsizetype colon = word.indexOf(u':');
    if (colon > 0) {
        const qsizetype field = fields.indexOf(word.left(colon));
        if (field >= 0) {
            // "state:" alone, while the rest is still being typed, hides nothing.
            if (colon + 1 < word.size())
                m_terms.append({static_cast<int>(field), word.mid(colon + 1)});
            return;
        }
    }
    m_terms.append({-1, word});
}

bool RowFilter::matches(QStringView haystack) const
{
    return std::all_of(m_terms.cbegin(), m_terms.cend(), [haystack](const Term &term) {
        const QStringView where = term.field < 0 ? haystack : fieldOf(haystack, term.field);
        return where.contains(term.needle);
    });
}

QStringView RowFilter::fieldOf(QStringView haystack, int field)
{
    const qsizetype begin = haystack.indexOf(markerOf(field));
    if (begin < 0)
        return {};
    const QStringView rest = haystack.mid(begin + 1);
    return rest.left(rest.indexOf(markerOf(field + 1)));
}

QString RowFilter::haystack(const QStringList &fieldTexts)
{
    QString out;
    qsizetype length = fieldTexts.size();
    for (const QString &text : fieldTexts)
        length += std::min(text.size(), kLongestField);
    out.reserve(length + 1);
    for (int i = 0; i < fieldTexts.size(); ++i) {
        out += markerOf(i);
        out += foldedWithoutMarkers(QStringView(fieldTexts.at(i)).left(kLongestField));
    }
    out += markerOf(static_cast<int>(fieldTexts.size()));
    return out;
}

} // namespace novita
