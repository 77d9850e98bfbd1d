// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language/conversation.h"

#include "core/base/displaytext.h"
#include "core/base/isotime.h"
#include "core/base/jsonreader.h"
#include "core/cloud/types/common.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr qint64 kVersion = 1;
constexpr qsizetype kMostIdChars = 256;
constexpr qsizetype kMostMessageChars = 1000;
constexpr std::array<const char *, 6> kEnds{"running", "complete", "length", "filtered", "stopped", "cut-short"};

QJsonObject errorJson(const Error &error)
{
    QJsonObject out{{QStringLiteral("kind"), errorKindName(error.kind)}, {QStringLiteral("message"), error.message}};
    if (error.httpStatus != 0)
        out.insert(QStringLiteral("status"), error.httpStatus);
    if (!error.apiReason.isEmpty())
        out.insert(QStringLiteral("reason"), error.apiReason);
    if (error.retryAfter)
        out.insert(QStringLiteral("retry_after_ms"), qint64(error.retryAfter->count()));
    if (error.effectUnknown)
        out.insert(QStringLiteral("effect_unknown"), true);
    return out;
}

Error errorOf(const JsonReader &reader)
{
    const QString name = reader.string(QLatin1String("kind"));
    ErrorKind kind = ErrorKind::Network;
    for (int i = 0; i <= static_cast<int>(ErrorKind::Keychain); ++i) {
        if (errorKindName(static_cast<ErrorKind>(i)) == name)
            kind = static_cast<ErrorKind>(i);
    }
    Error error = Error::make(kind, displayLine(reader.string(QLatin1String("message")), kMostMessageChars));
    error.httpStatus = decodeCount(reader, QLatin1String("status")).value_or(0);
    error.apiReason = displayLine(reader.string(QLatin1String("reason")), 80);
    error.effectUnknown = reader.boolean(QLatin1String("effect_unknown")).value_or(false);
    if (const std::optional<int> wait = decodeCount(reader, QLatin1String("retry_after_ms")))
        error.retryAfter = Milliseconds(*wait);
    return error;
}

QJsonObject usageJson(const TokenUsage &usage)
{
    return {{QStringLiteral("prompt_tokens"), usage.prompt}, {QStringLiteral("completion_tokens"), usage.completion}, {QStringLiteral("total_tokens"), usage.total}};
}

QJsonObject turnJson(const ChatTurn &turn)
{
    QJsonObject out{{QStringLiteral("role"), turn.role == ChatRole::User ? QStringLiteral("user") : QStringLiteral("assistant")},
                    {QStringLiteral("content"), turn.text},
                    {QStringLiteral("at"), isoTime(turn.at)}};
    if (turn.role == ChatRole::User)
        return out;
    out.insert(QStringLiteral("model"), turn.model.toString());
    out.insert(QStringLiteral("end"), QLatin1String(kEnds.at(static_cast<std::size_t>(turn.end))));
    if (!turn.reasoning.isEmpty())
        out.insert(QStringLiteral("reasoning"), turn.reasoning);
    if (turn.error)
        out.insert(QStringLiteral("error"), errorJson(*turn.error));
    if (turn.usage)
        out.insert(QStringLiteral("usage"), usageJson(*turn.usage));
    if (turn.cost)
        out.insert(QStringLiteral("cost_usd"), turn.cost->toPlainString());
    if (turn.firstAfter)
        out.insert(QStringLiteral("first_after_ms"), qint64(turn.firstAfter->count()));
    out.insert(QStringLiteral("took_ms"), qint64(turn.took.count()));
    return out;
}

std::optional<TokenUsage> usageOf(const JsonReader &reader)
{
    if (!reader.contains(QLatin1String("usage")))
        return std::nullopt;
    const JsonReader usage = reader.object(QLatin1String("usage"));
    const auto count = [&usage](QLatin1String key) { return std::max<qint64>(0, usage.integer(key).value_or(0)); };
    return TokenUsage{count(QLatin1String("prompt_tokens")), count(QLatin1String("completion_tokens")), count(QLatin1String("total_tokens"))};
}

std::optional<Money> costOf(const JsonReader &reader)
{
    const std::optional<double> dollars = reader.real(QLatin1String("cost_usd"));
    constexpr double kMost = 1e9;
    if (!dollars || *dollars < 0 || *dollars > kMost)
        return std::nullopt;
    return Money::fromPriceUnits(qRound64(*dollars * static_cast<double>(Money::kUnitsPerDollar)));
}

void readAnswer(const JsonReader &reader, ChatTurn &turn)
{
    turn.role = ChatRole::Assistant;
    turn.model = LanguageModelId(reader.string(QLatin1String("model")).left(kMostIdChars));
    turn.reasoning = reader.string(QLatin1String("reasoning"));
    const QString end = reader.string(QLatin1String("end"));
    const auto it = std::find_if(kEnds.begin(), kEnds.end(), [&end](const char *name) { return end == QLatin1String(name); });
    turn.end = it == kEnds.end() ? ChatEnd::Complete : static_cast<ChatEnd>(it - kEnds.begin());
    if (turn.end == ChatEnd::Running)
        turn.end = ChatEnd::CutShort; // the program ended before the answer did
    if (reader.contains(QLatin1String("error")))
        turn.error = errorOf(reader.object(QLatin1String("error")));
    turn.usage = usageOf(reader);
    turn.cost = costOf(reader);
    if (const std::optional<int> first = decodeCount(reader, QLatin1String("first_after_ms")))
        turn.firstAfter = Milliseconds(*first);
    turn.took = Milliseconds(decodeCount(reader, QLatin1String("took_ms")).value_or(0));
}

TimePoint timeOf(const QString &text)
{
    const QDateTime at = QDateTime::fromString(text, Qt::ISODateWithMs);
    return at.isValid() ? TimePoint(Milliseconds(at.toMSecsSinceEpoch())) : TimePoint{};
}

std::optional<ChatTurn> turnOf(const JsonReader &reader)
{
    const QString role = reader.string(QLatin1String("role"));
    ChatTurn turn;
    turn.text = reader.string(QLatin1String("content"));
    turn.at = timeOf(reader.string(QLatin1String("at")));
    if (role == QLatin1String("assistant"))
        readAnswer(reader, turn);
    else if (role != QLatin1String("user") || turn.text.isEmpty())
        return std::nullopt;
    return turn;
}

ChatParameters parametersOf(const JsonReader &reader)
{
    ChatParameters out;
    out.maxTokens = decodeCount(reader, QLatin1String("max_tokens")).value_or(out.maxTokens);
    out.temperature = reader.real(QLatin1String("temperature"));
    out.topP = reader.real(QLatin1String("top_p"));
    out.topK = decodeCount(reader, QLatin1String("top_k"));
    out.minP = reader.real(QLatin1String("min_p"));
    out.frequencyPenalty = reader.real(QLatin1String("frequency_penalty"));
    out.presencePenalty = reader.real(QLatin1String("presence_penalty"));
    out.repetitionPenalty = reader.real(QLatin1String("repetition_penalty"));
    out.seed = reader.integer(QLatin1String("seed"));
    out.stop = reader.strings(QLatin1String("stop"));
    out.thinking = reader.boolean(QLatin1String("enable_thinking"));
    out.json = reader.object(QLatin1String("response_format")).string(QLatin1String("type")) == QLatin1String("json_object");
    return out.problems().isEmpty() ? out : ChatParameters();
}

} // namespace

std::optional<double> ChatTurn::tokensPerSecond() const
{
    if (!usage || usage->completion <= 0 || !firstAfter || took <= *firstAfter)
        return std::nullopt;
    constexpr double kMillisecondsPerSecond = 1000;
    return static_cast<double>(usage->completion) * kMillisecondsPerSecond / static_cast<double>((took - *firstAfter).count());
}

bool Conversation::isFull() const
{
    qsizetype chars = system.size();
    for (const ChatTurn &turn : turns)
        chars += turn.text.size() + turn.reasoning.size();
    return turns.size() + 2 > kMostTurns || chars >= kMostChars;
}

QList<ChatMessage> Conversation::messages() const
{
    QList<ChatMessage> out;
    if (!system.trimmed().isEmpty())
        out.append({ChatRole::System, system});
    for (const ChatTurn &turn : turns) {
        if (!turn.text.isEmpty())
            out.append({turn.role, turn.text});
    }
    return out;
}

std::optional<Money> Conversation::cost() const
{
    Money sum = Money::fromPriceUnits(0);
    for (const ChatTurn &turn : turns) {
        if (turn.role == ChatRole::User)
            continue;
        if (!turn.cost)
            return std::nullopt;
        sum = sum + *turn.cost;
    }
    return sum;
}

QByteArray Conversation::toJson(bool withDraft) const
{
    QJsonArray messages;
    for (const ChatTurn &turn : turns)
        messages.append(turnJson(turn));
    QJsonObject out{{QStringLiteral("version"), kVersion},
                    {QStringLiteral("model"), model.toString()},
                    {QStringLiteral("system"), system},
                    {QStringLiteral("parameters"), parameters.toJson()},
                    {QStringLiteral("messages"), messages}};
    if (withDraft && !draft.isEmpty())
        out.insert(QStringLiteral("draft"), draft);
    return QJsonDocument(out).toJson(QJsonDocument::Indented);
}

Result<Conversation> Conversation::fromJson(const QByteArray &bytes)
{
    const Result<QJsonValue> json = parseJson(bytes);
    if (!json)
        return Error::make(ErrorKind::Storage, QStringLiteral("The kept conversation is damaged"));
    DecodeLog log;
    const JsonReader reader(json->toObject(), log);
    if (reader.integer(QLatin1String("version")) != kVersion)
        return Error::make(ErrorKind::Storage, QStringLiteral("The kept conversation is of another version"));
    Conversation out;
    out.model = LanguageModelId(reader.string(QLatin1String("model")).left(kMostIdChars));
    out.system = reader.string(QLatin1String("system"));
    out.draft = reader.string(QLatin1String("draft"));
    out.parameters = parametersOf(reader.object(QLatin1String("parameters")));
    reader.forEach(QLatin1String("messages"), [&out](const JsonReader &message) {
        if (out.turns.size() >= kMostTurns)
            return;
        if (std::optional<ChatTurn> turn = turnOf(message))
            out.turns.append(std::move(*turn));
    });
    return out;
}

} // namespace novita
