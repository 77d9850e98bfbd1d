// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace novita {

/// What a filter field means: words that all must occur, without regard to case. "state:running" looks in one field only;
/// "quoted words" stay together; a word with an unknown field in front is looked for as it stands. "price:<0.5" and "vram:>40" take
/// rows whose field holds a number that is at most, or at least, so much.
///
/// Rows are scanned as prepared haystacks (see haystack()), so that 100,000 rows take milliseconds.
class RowFilter
{
public:
    RowFilter() = default;
    /// `fields` are the names that may stand before a colon, in the order in which haystack() gets the texts.
    /// Input beyond 500 characters is ignored.
    RowFilter(QStringView input, const QStringList &fields);

    bool isEmpty() const { return m_terms.isEmpty(); }
    bool matches(QStringView haystack) const;
    bool operator==(const RowFilter &) const = default;

    /// The case-folded text to scan for a row: one text per field, each behind a marker that no input can hold.
    static QString haystack(const QStringList &fieldTexts);

private:
    struct Term
    {
        int field = -1; ///< -1 = any
        QString needle; ///< case-folded, not empty
        std::optional<double> bound = {}; ///< in place of the needle
        bool atMost = true;
        bool operator==(const Term &) const = default;
    };
    void addTerm(const QString &word, const QStringList &fields);
    void addFieldTerm(int field, const QString &wanted);
    static bool holds(QStringView where, const Term &term);
    static QStringView fieldOf(QStringView haystack, int field);

    QList<Term> m_terms;
};

} // namespace novita
