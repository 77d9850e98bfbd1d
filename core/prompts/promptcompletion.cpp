// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prompts/promptcompletion.h"

#include <QStringView>

#include <algorithm>
#include <optional>

namespace novita::promptcompletion {

namespace {

using Kind = PromptCompletion::Kind;

constexpr QLatin1String kLora("<lora:");
constexpr QLatin1String kUnderscores("__");

/// Where the name that is typed begins in `line`, which ends at the cursor.
std::optional<qsizetype> loraName(QStringView line)
{
    const qsizetype tag = line.lastIndexOf(kLora);
    if (tag < 0)
        return {};
    const QStringView name = line.sliced(tag + kLora.size());
    const bool over = std::any_of(name.begin(), name.end(), [](QChar c) { return QStringView(u":<>{}|").contains(c); });
    return over ? std::nullopt : std::optional(tag + kLora.size());
}

bool canBeInName(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || QStringView(u"-._/ ").contains(c);
}

std::optional<qsizetype> wildcardName(QStringView line)
{
    std::optional<qsizetype> name;
    for (qsizetype i = 0; i + 1 < line.size(); ++i) {
        if (line.at(i) == u'\\') {
            ++i;
        } else if (line.sliced(i).startsWith(kUnderscores)) {
            name = name ? std::nullopt : std::optional(i + 2);
            ++i;
        } else if (name && !canBeInName(line.at(i))) {
            name.reset();
        }
    }
    if (name && !std::all_of(line.begin() + *name, line.end(), canBeInName))
        return {};
    // A blank directly behind the underscores: they are no beginning of a name.
    return name && line.sliced(*name).startsWith(u' ') ? std::nullopt : name;
}

bool endsWord(QChar c)
{
    return c.isSpace() || QStringView(u",;:|<>{}()[]\"").contains(c);
}

qsizetype endOf(QStringView line, qsizetype cursor, Kind kind)
{
    qsizetype end = cursor;
    const auto goesOn = [&](QChar c) {
        switch (kind) {
        case Kind::Lora: return !QStringView(u":<>{}|,").contains(c) && !c.isSpace();
        case Kind::Wildcard: return canBeInName(c) && c != u' ' && !line.sliced(end).startsWith(kUnderscores);
        case Kind::Embedding: return !endsWord(c);
        case Kind::None: break;
        }
        return false;
    };
    while (end < line.size() && goesOn(line.at(end)))
        ++end;
    return end;
}

} // namespace

PromptCompletion at(const QString &text, qsizetype cursor)
{
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    const qsizetype begin = cursor == 0 ? 0 : text.lastIndexOf(u'\n', cursor - 1) + 1;
    const qsizetype lineEnd = text.indexOf(u'\n', cursor);
    const QStringView line = QStringView(text).sliced(begin, (lineEnd < 0 ? text.size() : lineEnd) - begin);
    const QStringView before = line.first(cursor - begin);
    if (line.trimmed().startsWith(u'#'))
        return {};
    const auto found = [&](Kind kind, qsizetype name) {
        const qsizetype end = endOf(line, cursor - begin, kind);
        return PromptCompletion{kind, before.sliced(name).toString(), begin + name, end - name};
    };
    if (const std::optional<qsizetype> name = loraName(before))
        return found(Kind::Lora, *name);
    if (const std::optional<qsizetype> name = wildcardName(before))
        return found(Kind::Wildcard, *name);
    qsizetype word = before.size();
    while (word > 0 && !endsWord(before.at(word - 1)))
        --word;
    // Behind a colon stands a weight, and what begins with < is becoming a tag.
    if (before.size() - word < kLeastWord || (word > 0 && QStringView(u":<").contains(before.at(word - 1))))
        return {};
    return found(Kind::Embedding, word);
}

PromptSelection completed(const QString &text, const PromptCompletion &completion, const QString &name)
{
    const qsizetype position = std::clamp<qsizetype>(completion.position, 0, text.size());
    const qsizetype length = std::clamp<qsizetype>(completion.length, 0, text.size() - position);
    if (completion.kind == Kind::None)
        return {text, position, position};
    const QStringView behind = QStringView(text).sliced(position + length);
    QString put = name;
    qsizetype cursor = position + name.size();
    if (completion.kind == Kind::Wildcard) {
        if (!behind.startsWith(kUnderscores))
            put += kUnderscores;
        cursor += kUnderscores.size();
    } else if (completion.kind == Kind::Lora && !behind.startsWith(u':') && !behind.startsWith(u'>')) {
        put += QLatin1String(":1>");
        cursor += 3;
    }
    QString out = text;
    out.replace(position, length, put);
    return {out, cursor, cursor};
}

} // namespace novita::promptcompletion
