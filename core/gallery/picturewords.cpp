// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/picturewords.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace novita::picturewords {

namespace {

/// Scripts that write no blanks between words.
bool standsAlone(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return QChar::isLetterOrNumber(c);
    default:
        return false;
    }
}

/// One thing to look for: its words side by side. Empty where there is nothing the tokenizer would take for a word.
QString phrase(const QString &text, bool isBeginning)
{
    const QString words = indexed(text).replace(QLatin1Char('"'), QLatin1Char(' ')).simplified();
    const auto isWord = [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate() || c.category() == QChar::Other_PrivateUse; };
    if (std::none_of(words.begin(), words.end(), isWord))
        return {};
    return QLatin1Char('"') + words + (isBeginning ? QStringLiteral("\"*") : QStringLiteral("\""));
}

} // namespace

QString indexed(const QString &text)
{
    const QString composed = text.normalized(QString::NormalizationForm_KC);
    QString out;
    out.reserve(composed.size() + composed.size() / 4);
    bool wasAlone = false;
    for (const char32_t c : composed.toUcs4()) {
        const bool alone = standsAlone(c);
        if ((alone || wasAlone) && !out.isEmpty() && !out.endsWith(QLatin1Char(' ')) && !QChar::isSpace(c))
            out += QLatin1Char(' ');
        // FTS5 ends a text at NUL.
        out += c == 0 ? QString(QLatin1Char(' ')) : QString::fromUcs4(&c, 1);
        wasAlone = alone;
    }
    return out;
}

namespace {

struct Terms
{
    QStringList wanted;
    QStringList unwanted;
};

Terms termsOf(const QString &typed)
{
    Terms terms;
    const auto add = [&terms](const QString &text, bool isUnwanted, bool isBeginning) {
        const QString term = phrase(text, isBeginning);
        if (!term.isEmpty() && terms.wanted.size() + terms.unwanted.size() < kMostTerms)
            (isUnwanted ? terms.unwanted : terms.wanted).append(term);
    };
    for (qsizetype at = 0; at < typed.size();) {
        if (typed.at(at).isSpace()) {
            ++at;
            continue;
        }
        const bool isUnwanted = typed.at(at) == QLatin1Char('-');
        at += isUnwanted ? 1 : 0;
        const bool isQuoted = at < typed.size() && typed.at(at) == QLatin1Char('"');
        qsizetype end = at + (isQuoted ? 1 : 0);
        while (end < typed.size() && (isQuoted ? typed.at(end) != QLatin1Char('"') : !typed.at(end).isSpace()))
            ++end;
        // The last word may still be under way.
        add(typed.mid(at, end - at), isUnwanted, !isQuoted && end == typed.size());
        at = end + (isQuoted ? 1 : 0);
    }
    return terms;
}

} // namespace

QString question(const QString &typed)
{
    const Terms terms = termsOf(typed);
    if (terms.wanted.isEmpty())
        return {}; // see exclusion()
    QString out = terms.wanted.join(QStringLiteral(" AND "));
    for (const QString &term : terms.unwanted)
        out = QStringLiteral("(%1) NOT ").arg(out) + term;
    return out;
}

QString exclusion(const QString &typed)
{
    const Terms terms = termsOf(typed);
    return terms.wanted.isEmpty() ? terms.unwanted.join(QStringLiteral(" OR ")) : QString();
}

} // namespace novita::picturewords
