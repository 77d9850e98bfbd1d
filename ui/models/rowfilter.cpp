// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rowfilter.h"

#include <QChar>

#include <algorithm>
#include <cmath>

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

/// Decimal point or comma. The same decimals give the same double, so that "at most 0.35" takes what costs 0.35.
std::optional<double> numberIn(QStringView word)
{
    QString plain = word.toString();
    if (plain.startsWith(u'$'))
        plain.remove(0, 1);
    plain.replace(u',', u'.');
    bool ok = false;
    const double number = plain.toDouble(&ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
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
            addFieldTerm(static_cast<int>(field), word.mid(colon + 1));
            return;
        }
    }
    m_terms.append({-1, word});
}

/// "state:" or "price:<" alone, while the rest is still being typed, hides nothing.
void RowFilter::addFieldTerm(int field, const QString &wanted)
{
    const bool isBound = wanted.startsWith(u'<') || wanted.startsWith(u'>');
    if (!isBound) {
        if (!wanted.isEmpty())
            m_terms.append({field, wanted});
        return;
    }
    const QStringView digits = QStringView(wanted).mid(wanted.mid(1).startsWith(u'=') ? 2 : 1);
    if (digits.isEmpty())
        return;
    if (const std::optional<double> bound = numberIn(digits))
        m_terms.append({field, wanted, bound, wanted.startsWith(u'<')});
    else
        m_terms.append({field, wanted});
}

bool RowFilter::holds(QStringView where, const Term &term)
{
    if (!term.bound)
        return where.contains(term.needle);
    const auto words = where.split(u' ', Qt::SkipEmptyParts);
    return std::any_of(words.begin(), words.end(), [&term](QStringView word) {
        const std::optional<double> number = numberIn(word);
        return number && (term.atMost ? *number <= *term.bound : *number >= *term.bound);
    });
}

bool RowFilter::matches(QStringView haystack) const
{
    return std::all_of(m_terms.cbegin(), m_terms.cend(), [haystack](const Term &term) {
        return holds(term.field < 0 ? haystack : fieldOf(haystack, term.field), term);
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
