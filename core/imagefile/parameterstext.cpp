// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/parameterstext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <algorithm>
#include <array>

namespace novita {

namespace {

const QLatin1String kNegative("Negative prompt:");
constexpr qsizetype kFewestPairs = 3; ///< with fewer, readers take the last line for prompt
constexpr qsizetype kMostPairs = 128;
constexpr qsizetype kLongestLine = 256 * 1024; ///< a longer last line is prompt

// In the order of the WebUI; other keys stand between the last but one and the last.
constexpr std::array kOrder{"Steps",      "Sampler", "Schedule type", "CFG scale", "Distilled CFG Scale", "Seed",      "Size",
                            "Model hash", "Model",   "VAE",           "Denoising strength", "Clip skip"};
constexpr std::array kLast{"Lora hashes", "Version"};

constexpr std::array kFiller{std::pair{"Generator", "Novita Console"}, std::pair{"Service", "Novita.ai"}, std::pair{"Version", NOVITA_VERSION}};

int placeOf(const QString &key)
{
    const auto is = [&](const char *name) { return key == QLatin1String(name); };
    if (const auto found = std::find_if(kOrder.begin(), kOrder.end(), is); found != kOrder.end())
        return static_cast<int>(found - kOrder.begin());
    if (const auto found = std::find_if(kLast.begin(), kLast.end(), is); found != kLast.end())
        return static_cast<int>(kOrder.size() + 1 + static_cast<size_t>(found - kLast.begin()));
    return static_cast<int>(kOrder.size());
}

bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

bool isKeyCharacter(QChar c)
{
    return isWord(c) || c == u' ' || c == u'-' || c == u'/';
}

bool isKey(const QString &text)
{
    return text.size() >= 2 && isWord(text.front()) && std::all_of(text.begin(), text.end(), isKeyCharacter);
}

QString quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

QString valueText(const QString &value)
{
    static const auto needsQuotes = [](QChar c) { return c == u',' || c == u':' || c.unicode() < 0x20 || c == u'\u2028' || c == u'\u2029' || c == u'\u0085'; };
    const bool outerBlanks = value != value.trimmed();
    return outerBlanks || value.startsWith(u'"') || std::any_of(value.begin(), value.end(), needsQuotes) ? quoted(value) : value;
}

QString unquoted(QStringView text)
{
    if (text.size() < 2 || !text.startsWith(u'"') || !text.endsWith(u'"'))
        return text.toString();
    const QJsonArray array = QJsonDocument::fromJson(QByteArray("[") + text.toUtf8() + ']').array();
    return array.size() == 1 && array.at(0).isString() ? array.at(0).toString() : text.toString();
}

QStringList linesOf(const QString &text)
{
    return QString(text).replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\r', u'\n').split(u'\n');
}

/// Where a quoted value ends, behind its closing quote; -1 when it is not one that a comma or the line's end follows.
qsizetype endOfQuoted(QStringView line, qsizetype at)
{
    for (qsizetype i = at + 1; i < line.size(); ++i) {
        if (line[i] == u'\\')
            ++i;
        else if (line[i] == u'"')
            return i > at + 1 && (i + 1 == line.size() || line[i + 1] == u',') ? i + 1 : -1;
    }
    return -1;
}

/// All `Key: value` of one line, wherever they stand in it. A start inside a run of key characters that ends in no colon can
/// come to nothing, so the search goes on behind the run: one pass over the line.
QList<ParameterPair> pairsOf(QStringView line)
{
    QList<ParameterPair> pairs;
    qsizetype at = 0;
    while (at < line.size() && pairs.size() < kMostPairs) {
        if (!isWord(line[at])) {
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < line.size() && isKeyCharacter(line[end]))
            ++end;
        if (end == line.size() || line[end] != u':' || end - at < 2) {
            at = end;
            continue;
        }
        const QString key = line.sliced(at, end - at).toString();
        qsizetype value = end + 1;
        while (value < line.size() && line[value].isSpace())
            ++value;
        qsizetype stop = value < line.size() && line[value] == u'"' ? endOfQuoted(line, value) : -1;
        if (stop < 0) {
            const qsizetype comma = line.indexOf(u',', value);
            stop = comma < 0 ? line.size() : comma;
        }
        pairs.append({key, unquoted(line.sliced(value, stop - value).trimmed())});
        at = stop + 1;
    }
    return pairs;
}

/// The line of pairs: the last one, or one further up that can be nothing else (extensions add lines below). -1: there is none.
qsizetype pairsLine(const QStringList &lines)
{
    const auto hasPairs = [&](qsizetype i) { return lines.at(i).size() <= kLongestLine && pairsOf(lines.at(i)).size() >= kFewestPairs; };
    if (hasPairs(lines.size() - 1))
        return lines.size() - 1;
    for (qsizetype i = lines.size() - 2; i >= 0; --i) {
        if (lines.at(i).startsWith(QLatin1String("Steps: ")))
            return hasPairs(i) ? i : -1;
    }
    return -1;
}

void normaliseSampler(ImageParameters &parameters)
{
    const SamplerName name = splitSamplerName(parameters.value(u"Sampler"));
    if (name.scheduleType.isEmpty())
        return;
    parameters.setValue(QStringLiteral("Sampler"), name.sampler);
    if (parameters.value(u"Schedule type").isEmpty())
        parameters.setValue(QStringLiteral("Schedule type"), name.scheduleType);
}

/// A prompt that reads back as itself, not as another part of the text.
QString promptLines(const QString &prompt)
{
    QStringList out;
    for (const QString &line : linesOf(prompt)) {
        const QString bare = line.trimmed();
        if (!bare.startsWith(kNegative)) {
            out.append(bare);
            continue;
        }
        while (!out.isEmpty() && out.constLast().isEmpty())
            out.removeLast();
        if (out.isEmpty())
            out.append(bare);
        else
            out.last() += QLatin1Char(' ') + bare;
    }
    return out.join(u'\n').trimmed();
}

QString promptWithLoras(const ImageParameters &parameters)
{
    QString prompt = promptLines(parameters.prompt);
    const QList<LoraUse> named = lorasOfPrompt(prompt);
    for (const LoraUse &lora : parameters.loras) {
        const bool known = std::any_of(named.begin(), named.end(), [&](const LoraUse &use) { return use.name == lora.name; });
        if (known || lora.name.isEmpty() || lora.name.contains(u'>') || lora.name.contains(u':') || lora.name.contains(u'\n'))
            continue;
        prompt += QStringLiteral("%1<lora:%2:%3>").arg(QLatin1String(prompt.isEmpty() ? "" : " "), lora.name, QString::number(lora.weight));
    }
    return prompt;
}

QList<ParameterPair> orderedPairs(ImageParameters parameters)
{
    normaliseSampler(parameters);
    QList<ParameterPair> pairs;
    for (const ParameterPair &pair : std::as_const(parameters.pairs)) {
        const bool twice = std::any_of(pairs.begin(), pairs.end(), [&](const ParameterPair &had) { return had.key == pair.key; });
        if (isKey(pair.key) && !twice && !pair.value.isEmpty() && pairs.size() < kMostPairs)
            pairs.append(pair);
    }
    for (const auto &[key, value] : kFiller) {
        const bool there = std::any_of(pairs.begin(), pairs.end(), [key = key](const ParameterPair &had) { return had.key == QLatin1String(key); });
        if (pairs.size() < kFewestPairs && !there)
            pairs.append({QString::fromLatin1(key), QString::fromLatin1(value)});
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const ParameterPair &a, const ParameterPair &b) { return placeOf(a.key) < placeOf(b.key); });
    return pairs;
}

} // namespace

QString toParametersText(const ImageParameters &parameters)
{
    QString text = promptWithLoras(parameters);
    if (!text.isEmpty())
        text += u'\n';
    const QString negative = promptLines(parameters.negativePrompt);
    if (!negative.isEmpty())
        text += kNegative + QLatin1Char(' ') + negative + QLatin1Char('\n');
    QStringList items;
    for (const ParameterPair &pair : orderedPairs(parameters))
        items.append(pair.key + QLatin1String(": ") + valueText(pair.value));
    return text + items.join(QLatin1String(", "));
}

ImageParameters fromParametersText(const QString &text)
{
    ImageParameters parameters;
    parameters.raw = text;
    const QStringList lines = linesOf(text.trimmed());
    const qsizetype last = pairsLine(lines);
    bool negative = false;
    QStringList prompt;
    QStringList negativePrompt;
    for (qsizetype i = 0; i < (last < 0 ? lines.size() : last); ++i) {
        QString line = lines.at(i).trimmed();
        if (line.startsWith(kNegative)) {
            negative = true;
            line = line.sliced(kNegative.size()).trimmed();
        }
        (negative ? negativePrompt : prompt).append(line);
    }
    parameters.prompt = prompt.join(u'\n').trimmed();
    parameters.negativePrompt = negativePrompt.join(u'\n').trimmed();
    if (last >= 0) {
        for (const ParameterPair &pair : pairsOf(lines.at(last)))
            parameters.setValue(pair.key, pair.value);
    }
    normaliseSampler(parameters);
    parameters.loras = lorasOfPrompt(parameters.prompt);
    return parameters;
}

} // namespace novita
