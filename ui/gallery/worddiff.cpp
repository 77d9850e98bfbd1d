// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/worddiff.h"

#include <algorithm>
#include <vector>

namespace novita::worddiff {

namespace {

struct Word
{
    QStringView text;
    qsizetype at = 0;
};

bool standsAlone(QChar c)
{
    return !c.isLetterOrNumber() && !c.isSpace() && c != u'_' && c != u'-' && c != u'.' && c != u'\'' && !c.isMark() &&
           !c.isSurrogate();
}

std::vector<Word> wordsOf(const QString &text)
{
    std::vector<Word> words;
    for (qsizetype i = 0; i < text.size();) {
        if (text.at(i).isSpace()) {
            ++i;
            continue;
        }
        const qsizetype from = i++;
        while (!standsAlone(text.at(from)) && i < text.size() && !text.at(i).isSpace() && !standsAlone(text.at(i)))
            ++i;
        words.push_back({QStringView(text).sliced(from, i - from), from});
    }
    return words;
}

/// Which words of each are in their longest common run of words, in order.
std::pair<std::vector<bool>, std::vector<bool>> shared(const std::vector<Word> &a, const std::vector<Word> &b)
{
    const std::size_t width = b.size() + 1;
    std::vector<quint16> length((a.size() + 1) * width, 0);
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t j = b.size(); j-- > 0;)
            length[i * width + j] = a[i].text == b[j].text
                                        ? static_cast<quint16>(length[(i + 1) * width + j + 1] + 1)
                                        : std::max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
    std::vector<bool> inA(a.size(), false);
    std::vector<bool> inB(b.size(), false);
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i].text == b[j].text) {
            inA[i++] = true;
            inB[j++] = true;
        } else if (length[(i + 1) * width + j] >= length[i * width + j + 1]) {
            ++i;
        } else {
            ++j;
        }
    }
    return {inA, inB};
}

/// Neighbours with nothing but blanks between them become one.
Ranges rangesOf(const std::vector<Word> &words, const std::vector<bool> &same)
{
    Ranges out;
    bool joins = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (same[i]) {
            joins = false;
            continue;
        }
        const qsizetype end = words[i].at + words[i].text.size();
        if (joins)
            out.last().second = end - out.last().first;
        else
            out.append({words[i].at, words[i].text.size()});
        joins = true;
    }
    return out;
}

} // namespace

QList<Ranges> changed(const QStringList &texts)
{
    QList<Ranges> out(texts.size());
    std::vector<std::vector<Word>> words;
    for (const QString &text : texts)
        words.push_back(wordsOf(text));
    const bool tooMany = std::any_of(words.begin(), words.end(),
                                     [](const auto &one) { return one.size() > static_cast<std::size_t>(kMostWords); });
    if (texts.size() < 2 || tooMany)
        return out;
    std::vector<bool> inAll(words.front().size(), true);
    for (std::size_t i = 1; i < words.size(); ++i) {
        const auto [inFirst, inOther] = shared(words.front(), words[i]);
        out[static_cast<qsizetype>(i)] = rangesOf(words[i], inOther);
        for (std::size_t k = 0; k < inAll.size(); ++k)
            inAll[k] = inAll[k] && inFirst[k];
    }
    out[0] = rangesOf(words.front(), inAll);
    return out;
}

} // namespace novita::worddiff
