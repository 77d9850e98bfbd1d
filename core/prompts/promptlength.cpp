// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptlength.h"

#include "core/prompts/prompttags.h"

#include <QList>
#include <QString>

namespace novita::promptlength {

namespace {

// Letters that one token of a Latin word takes: common words are one token whole, the pieces of others have about this many.
constexpr qsizetype kWholeWord = 8;
constexpr qsizetype kLettersOfPiece = 5;

qsizetype tokensOfWord(qsizetype letters)
{
    return letters <= kWholeWord ? 1 : (letters + kLettersOfPiece - 1) / kLettersOfPiece;
}

/// Tokens of a character outside Latin: pairs of its UTF-8 bytes are often in the vocabulary.
qsizetype tokensOfForeign(char32_t c)
{
    return c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
}

/// `:1.2)` at the beginning of `text`: its length with the bracket, or 0.
qsizetype weightLength(QStringView text)
{
    qsizetype at = 1;
    while (at < text.size() && (text.at(at).isDigit() || text.at(at) == u'.' || text.at(at) == u' '))
        ++at;
    return at > 1 && at < text.size() && text.at(at) == u')' ? at + 1 : 0;
}

/// What the encoder is given of `prompt`.
QString seenByEncoder(QStringView prompt)
{
    const QString text = prompttags::removed(prompt.toString());
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\\' && i + 1 < text.size() && QStringView(u"()[]\\").contains(text.at(i + 1))) {
            out += text.at(++i);
        } else if (const qsizetype weight = c == u':' ? weightLength(QStringView(text).sliced(i)) : 0; weight > 0) {
            out += u' ';
            i += weight - 1;
        } else {
            out += QStringView(u"()[]").contains(c) ? QChar(u' ') : c;
        }
    }
    return out;
}

} // namespace

qsizetype characters(QStringView prompt)
{
    qsizetype count = prompt.size();
    for (qsizetype i = 1; i < prompt.size(); ++i) {
        if (prompt.at(i).isLowSurrogate() && prompt.at(i - 1).isHighSurrogate())
            --count;
    }
    return count;
}

qsizetype estimatedClipTokens(QStringView prompt)
{
    const QList<uint> text = seenByEncoder(prompt).toUcs4();
    qsizetype tokens = 0;
    qsizetype word = 0;
    const auto endWord = [&] {
        if (word > 0)
            tokens += tokensOfWord(word);
        word = 0;
    };
    for (const char32_t c : text) {
        // Latin with its accents; beyond lie writing systems of which the vocabulary has little.
        if (c < 0x250 && QChar::isLetter(c)) {
            ++word;
            continue;
        }
        endWord();
        if (c < 0x80 && !QChar::isSpace(c) && QChar::isPrint(c))
            ++tokens;
        else if (c >= 0x80 && !QChar::isSpace(c))
            tokens += tokensOfForeign(c);
    }
    endWord();
    return tokens;
}

} // namespace novita::promptlength
