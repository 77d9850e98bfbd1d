// SPDX-License-Identifier: GPL-3.0-or-later
// The half of Conversation that is kept and exported as JSON.
#include "core/language/conversation.h"

#include "core/base/displaytext.h"
#include "core/base/isotime.h"
#include "core/base/jsonreader.h"
#include "core/cloud/types/common.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr qint64 kVersion = 1;
constexpr qsizetype kMostIdChars = 256;
constexpr qsizetype kMostMessageChars = 1000;
constexpr std::array<const char *, 8> kEnds{"running", "complete", "length", "filtered", "stopped", "cut-short", "tool-call", "other"};

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
    if (!turn.endReason.isEmpty())
        out.insert(QStringLiteral("end_reason"), turn.endReason);
    if (!turn.reasoning.isEmpty())
        out.insert(QStringLiteral("reasoning"), turn.reasoning);
    if (turn.error)
        out.insert(QStringLiteral("error"), errorJson(*turn.error));
    if (turn.usage)
        out.insert(QStringLiteral("usage"), usageJson(*turn.usage));
    if (turn.cost)
        out.insert(QStringLiteral("cost_usd"), turn.cost->toPlainString());
    if (turn.isRounded)
        out.insert(QStringLiteral("cost_is_rounded"), true);
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
    const auto count = [&usage](QLatin1String key) { return std::clamp<qint64>(usage.integer(key).value_or(0), 0, TokenUsage::kMost); };
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
    turn.endReason = displayLine(reader.string(QLatin1String("end_reason")), 64);
    if (turn.end == ChatEnd::Running)
        turn.end = ChatEnd::CutShort; // the program ended before the answer did
    if (reader.contains(QLatin1String("error")))
        turn.error = errorOf(reader.object(QLatin1String("error")));
    turn.usage = usageOf(reader);
    turn.cost = costOf(reader);
    turn.isRounded = turn.cost && reader.boolean(QLatin1String("cost_is_rounded")).value_or(false);
    if (const std::optional<int> first = decodeCount(reader, QLatin1String("first_after_ms")))
        turn.firstAfter = Milliseconds(*first);
    turn.took = Milliseconds(decodeCount(reader, QLatin1String("took_ms")).value_or(0));
}

std::optional<ChatTurn> turnOf(const JsonReader &reader)
{
    const QString role = reader.string(QLatin1String("role"));
    ChatTurn turn;
    turn.text = reader.string(QLatin1String("content"));
    turn.at = timeFromIso(reader.string(QLatin1String("at"))).value_or(TimePoint{});
    if (role == QLatin1String("assistant"))
        readAnswer(reader, turn);
    else if (role != QLatin1String("user") || turn.text.isEmpty())
        return std::nullopt;
    return turn;
}

QMap<int, int> biasesOf(const JsonReader &reader)
{
    QMap<int, int> out;
    const QJsonObject biases = reader.json();
    for (auto bias = biases.begin(); bias != biases.end(); ++bias) {
        bool isNumber = false;
        const int token = bias.key().toInt(&isNumber);
        if (isNumber && bias->isDouble())
            out.insert(token, bias->toInt());
    }
    return out;
}

AnswerForm formOf(const JsonReader &format, const JsonReader &kept)
{
    AnswerForm form;
    const QString type = format.string(QLatin1String("type"), kept.string(QLatin1String("type")));
    form.kind = type == QLatin1String("json_object") ? AnswerForm::Kind::Json : type == QLatin1String("json_schema") ? AnswerForm::Kind::Schema : AnswerForm::Kind::Text;
    const JsonReader sent = format.object(QLatin1String("json_schema"));
    form.name = kept.string(QLatin1String("name"), sent.string(QLatin1String("name"))).left(AnswerForm::kMostNameChars);
    form.description = kept.string(QLatin1String("description"), sent.string(QLatin1String("description")));
    form.strict = kept.boolean(QLatin1String("strict")).value_or(sent.boolean(QLatin1String("strict")).value_or(false));
    const QJsonObject schema = sent.object(QLatin1String("schema")).json();
    const QString written = schema.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(schema).toJson());
    form.schema = kept.string(QLatin1String("schema"), written).left(AnswerForm::kMostSchemaChars);
    return form;
}

/// As it was typed, whether it can be sent or not.
QJsonObject keptForm(const AnswerForm &form)
{
    constexpr std::array<QLatin1String, 3> types{QLatin1String("text"), QLatin1String("json_object"), QLatin1String("json_schema")};
    return {{QStringLiteral("type"), types.at(static_cast<std::size_t>(form.kind))}, {QStringLiteral("name"), form.name}, {QStringLiteral("description"), form.description},
            {QStringLiteral("strict"), form.strict}, {QStringLiteral("schema"), form.schema}};
}

ChatParameters parametersOf(const JsonReader &reader, const JsonReader &form)
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
    const QJsonValue stop = reader.json().value(QLatin1String("stop"));
    out.stop = stop.isString() ? QStringList{stop.toString()} : reader.strings(QLatin1String("stop"));
    out.stop.removeAll(QString());
    out.logitBias = biasesOf(reader.object(QLatin1String("logit_bias")));
    out.thinking = reader.boolean(QLatin1String("enable_thinking"));
    out.separateReasoning = reader.boolean(QLatin1String("separate_reasoning"));
    if (!out.problems().isEmpty())
        out = ChatParameters();
    // Typed text is not lost for a comma.
    out.form = formOf(reader.object(QLatin1String("response_format")), form);
    return out;
}

ChatSpending spendingOf(const JsonReader &reader)
{
    const auto count = [&reader](QLatin1String key) { return decodeCount(reader, key).value_or(0); };
    const auto tokens = [&reader](QLatin1String key) { return std::clamp<qint64>(reader.integer(key).value_or(0), 0, TokenUsage::kMost); };
    ChatSpending out;
    out.answers = count(QLatin1String("answers"));
    out.uncounted = std::min(out.answers, count(QLatin1String("uncounted")));
    out.unpriced = std::min(out.answers, count(QLatin1String("unpriced")));
    out.rounded = std::min(out.answers, count(QLatin1String("rounded")));
    out.tokens = {tokens(QLatin1String("prompt_tokens")), tokens(QLatin1String("completion_tokens")), 0};
    out.tokens.total = out.tokens.prompt + out.tokens.completion;
    out.cost = costOf(reader).value_or(Money());
    return out;
}

QJsonObject spendingJson(const ChatSpending &spending)
{
    return {{QStringLiteral("answers"), spending.answers}, {QStringLiteral("uncounted"), spending.uncounted}, {QStringLiteral("unpriced"), spending.unpriced},
            {QStringLiteral("rounded"), spending.rounded}, {QStringLiteral("prompt_tokens"), spending.tokens.prompt},
            {QStringLiteral("completion_tokens"), spending.tokens.completion}, {QStringLiteral("cost_usd"), spending.cost.toPlainString()}};
}

} // namespace

QJsonObject Conversation::json() const
{
    QJsonArray messages;
    for (const ChatTurn &turn : turns)
        messages.append(turnJson(turn));
    QJsonObject out{{QStringLiteral("version"), kVersion},
                    {QStringLiteral("model"), model.toString()},
                    {QStringLiteral("system"), system},
                    {QStringLiteral("parameters"), parameters.toJson()},
                    {QStringLiteral("messages"), messages}};
    if (replaced != ChatSpending())
        out.insert(QStringLiteral("replaced_answers"), spendingJson(replaced));
    return out;
}

QByteArray Conversation::toJson() const
{
    QJsonObject out = json();
    if (parameters.form != AnswerForm())
        out.insert(QStringLiteral("form"), keptForm(parameters.form));
    if (!draft.isEmpty())
        out.insert(QStringLiteral("draft"), draft);
    return QJsonDocument(out).toJson();
}

QByteArray Conversation::exported(bool withReasoning) const
{
    Conversation told = *this;
    for (ChatTurn &turn : told.turns) {
        if (!withReasoning)
            turn.reasoning.clear();
    }
    QJsonObject out = told.json();
    out.insert(QStringLiteral("reasoning_kept"), withReasoning);
    return QJsonDocument(out).toJson();
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
    out.parameters = parametersOf(reader.object(QLatin1String("parameters")), reader.object(QLatin1String("form")));
    out.replaced = spendingOf(reader.object(QLatin1String("replaced_answers")));
    reader.forEach(QLatin1String("messages"), [&out](const JsonReader &message) {
        if (out.turns.size() >= kMostTurns)
            return;
        if (std::optional<ChatTurn> turn = turnOf(message))
            out.turns.append(std::move(*turn));
    });
    return out;
}

} // namespace novita
