// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include "core/sandbox/media/chatreply.h"
#include "core/sandbox/media/sandboxmedia.h"

#include <algorithm>
#include <limits>

// /openai/v1/… and its older alias /v3/openai/….

namespace novita {

namespace {

constexpr int kMostMessages = 2000;
constexpr int kMostChoices = 8; // the contract says 128; nobody reads so many, and each is made
constexpr double kTokensPerSecond = 40;
constexpr qint64 kCreated = 1'760'000'000;

QJsonObject modelJson(const SandboxLanguageModel &model)
{
    QJsonArray features{QStringLiteral("serverless")};
    if (model.thinks)
        features.append(QStringLiteral("reasoning"));
    return {{QStringLiteral("features"), features},
            {QStringLiteral("id"), QString::fromLatin1(model.id)}, {QStringLiteral("object"), QStringLiteral("model")}, {QStringLiteral("created"), kCreated},
            {QStringLiteral("title"), QString::fromLatin1(model.id)}, {QStringLiteral("description"), QString::fromLatin1(model.description)},
            {QStringLiteral("context_size"), model.contextSize}, {QStringLiteral("input_token_price_per_m"), model.inputPrice},
            {QStringLiteral("output_token_price_per_m"), model.outputPrice}};
}

const SandboxLanguageModel *modelOf(const QString &id)
{
    const QList<SandboxLanguageModel> &all = sandboxLanguageModels();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&](const SandboxLanguageModel &model) { return id == QLatin1String(model.id); });
    return found == all.cend() ? nullptr : &*found;
}

HttpResponse noModel(const QString &id)
{
    return apiError(404, QStringLiteral("MODEL_NOT_FOUND"), QStringLiteral("there is no model %1").arg(id.left(200)));
}

HttpResponse listModels(ApiCall &)
{
    QJsonArray rows;
    for (const SandboxLanguageModel &model : sandboxLanguageModels())
        rows.append(modelJson(model));
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("object"), QStringLiteral("list")}, {QStringLiteral("data"), rows}});
}

HttpResponse getModel(ApiCall &call)
{
    const QString id = call.request.path.mid(call.request.path.indexOf(QLatin1String("/models/")) + 8);
    const SandboxLanguageModel *model = modelOf(id);
    return model ? HttpResponse::json(200, modelJson(*model)) : noModel(id);
}

/// Looks at everything that the contract bounds.
void checkChat(BodyReader &reader, ApiCall &call)
{
    static const QStringList roles{QStringLiteral("system"), QStringLiteral("user"), QStringLiteral("assistant"), QStringLiteral("tool")};
    const QJsonArray messages = reader.array(QStringLiteral("messages"), true, kMostMessages);
    if (messages.isEmpty())
        reader.refuse(QStringLiteral("messages must not be empty"));
    for (const QJsonValue &message : messages) {
        BodyReader one(call, message.toObject(), QStringLiteral("messages[]."));
        one.text(QStringLiteral("role"), {true, 0, roles});
        reader.absorb(one);
    }
    reader.integer(QStringLiteral("max_tokens"), true, 1, std::numeric_limits<int>::max());
    reader.integer(QStringLiteral("n"), false, 1, kMostChoices, 1);
    reader.integer(QStringLiteral("seed"), false, std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max());
    reader.integer(QStringLiteral("top_k"), false, 1, 128);
    reader.integer(QStringLiteral("top_logprobs"), false, 0, 20);
    reader.number(QStringLiteral("temperature"), false, 0, 2);
    reader.number(QStringLiteral("top_p"), false, 0, 1);
    reader.number(QStringLiteral("min_p"), false, 0, 1);
    reader.number(QStringLiteral("frequency_penalty"), false, -2, 2);
    reader.number(QStringLiteral("presence_penalty"), false, -2, 2);
    reader.number(QStringLiteral("repetition_penalty"), false, 0, 2);
    for (const char *flag : {"stream", "logprobs", "separate_reasoning", "enable_thinking"})
        reader.boolean(QLatin1String(flag));
    for (const char *other : {"stop", "logit_bias", "tools", "tool_choice", "response_format", "modalities", "stream_options", "user"})
        reader.know(QLatin1String(other));
    if (call.body.value(QLatin1String("stop")).toArray().size() > 4)
        reader.refuse(QStringLiteral("stop has more than 4 items"));
    const QJsonObject biases = call.body.value(QLatin1String("logit_bias")).toObject();
    if (std::any_of(biases.begin(), biases.end(), [](const QJsonValue &bias) { return !bias.isDouble() || bias.toDouble() < -100 || bias.toDouble() > 100; }))
        reader.refuse(QStringLiteral("logit_bias must be from -100 to 100"));
    const QJsonValue format = call.body.value(QLatin1String("response_format"));
    if (format[QLatin1String("type")] == QLatin1String("json_schema") && !format[QLatin1String("json_schema")][QLatin1String("schema")].isObject())
        reader.refuse(QStringLiteral("response_format.json_schema.schema must be an object"));
    reader.noteUnknown();
}

/// The part that every answer and every piece of one has.
struct Frame
{
    QString id, model;
    qint64 created = 0;

    QJsonObject json(const char *object, const QJsonArray &choices) const
    {
        return {{QStringLiteral("id"), id}, {QStringLiteral("object"), QLatin1String(object)}, {QStringLiteral("created"), created},
                {QStringLiteral("model"), model}, {QStringLiteral("choices"), choices}};
    }
};

qint64 tokensOf(const QList<ChatReply> &replies)
{
    qint64 tokens = 0;
    for (const ChatReply &reply : replies)
        tokens += reply.tokens.size() + reply.reasoning.size();
    return tokens;
}

/// Takes what the tokens cost from the balance; false when it does not reach.
bool charge(ApiCall &call, const SandboxLanguageModel &model, const QList<ChatReply> &replies)
{
    constexpr qint64 kFiner = 10; // prices of models are in 1/10000 USD
    const Money in = Money::fromPriceUnits(model.inputPrice * kFiner), out = Money::fromPriceUnits(model.outputPrice * kFiner);
    const qint64 read = replies.first().promptTokens, written = tokensOf(replies);
    return call.world.charge({{}, QStringLiteral("llm"), QString::fromLatin1(model.id), read, written, in, out, tokenPrice(read, in, written, out)});
}

QJsonObject sumOf(const QList<ChatReply> &replies)
{
    const qint64 completion = tokensOf(replies);
    const int prompt = replies.first().promptTokens;
    return {{QStringLiteral("prompt_tokens"), prompt}, {QStringLiteral("completion_tokens"), completion}, {QStringLiteral("total_tokens"), prompt + completion}};
}

HttpResponse wholeAnswer(const Frame &frame, const QList<ChatReply> &replies)
{
    QJsonArray choices;
    for (qsizetype i = 0; i < replies.size(); ++i) {
        QJsonObject message{{QStringLiteral("role"), QStringLiteral("assistant")}, {QStringLiteral("content"), replies.at(i).tokens.join(QString())}};
        if (!replies.at(i).reasoning.isEmpty())
            message.insert(QStringLiteral("reasoning_content"), replies.at(i).reasoning.join(QString()));
        choices.append(QJsonObject{{QStringLiteral("index"), i}, {QStringLiteral("message"), message}, {QStringLiteral("finish_reason"), replies.at(i).finishReason}});
    }
    QJsonObject answer = frame.json("chat.completion", choices);
    answer.insert(QStringLiteral("usage"), sumOf(replies));
    return HttpResponse::json(200, answer);
}

QByteArray event(const QJsonObject &json)
{
    return "data: " + jsonText(json) + "\n\n";
}

QByteArrayList eventsOf(const Frame &frame, const QList<ChatReply> &replies, bool withUsage)
{
    QByteArrayList events;
    const auto add = [&](qsizetype index, const QJsonObject &delta, const QJsonValue &finish) {
        QJsonObject chunk = frame.json("chat.completion.chunk", {QJsonObject{{QStringLiteral("index"), index}, {QStringLiteral("delta"), delta},
                                                                             {QStringLiteral("finish_reason"), finish}}});
        if (withUsage)
            chunk.insert(QStringLiteral("usage"), QJsonValue(QJsonValue::Null));
        events.append(event(chunk));
    };
    for (qsizetype i = 0; i < replies.size(); ++i) {
        add(i, {{QStringLiteral("role"), QStringLiteral("assistant")}, {QStringLiteral("content"), QString()}}, QJsonValue::Null);
        for (const QString &token : replies.at(i).reasoning)
            add(i, {{QStringLiteral("reasoning_content"), token}}, QJsonValue::Null);
        for (const QString &token : replies.at(i).tokens)
            add(i, {{QStringLiteral("content"), token}}, QJsonValue::Null);
        add(i, {}, replies.at(i).finishReason);
    }
    if (withUsage) {
        QJsonObject last = frame.json("chat.completion.chunk", {});
        last.insert(QStringLiteral("usage"), sumOf(replies));
        events.append(event(last));
    }
    events.append("data: [DONE]\n\n");
    return events;
}

HttpResponse chat(ApiCall &call)
{
    BodyReader reader(call, call.body);
    const QString name = reader.text(QStringLiteral("model"), {true, 0, {}});
    checkChat(reader, call);
    if (reader.failed())
        return reader.refusal();
    const SandboxLanguageModel *model = modelOf(name);
    if (!model)
        return noModel(name);
    if (call.media->chats().isFull())
        return apiError(503, QStringLiteral("SERVICE_NOT_AVAILABLE"), QStringLiteral("too many answers at a time"));
    const Frame frame{call.world.newId(32), name, unixText(call.world.now()).toLongLong()};
    QList<ChatReply> replies;
    const int choices = std::max(1, call.body.value(QLatin1String("n")).toInt(1));
    for (int i = 0; i < choices; ++i)
        replies.append(chatReply(*model, call.body, i));
    if (!charge(call, *model, replies))
        return apiError(403, QStringLiteral("NOT_ENOUGH_BALANCE"), QStringLiteral("the balance does not reach"));
    if (!call.body.value(QLatin1String("stream")).toBool())
        return wholeAnswer(frame, replies);
    const QByteArrayList events = eventsOf(frame, replies, call.body.value(QLatin1String("stream_options"))[QLatin1String("include_usage")].toBool());
    if (call.spoiled)
        return HttpResponse::text(200, events.join(), "text/event-stream; charset=utf-8");
    call.defer = [events, media = call.media, now = call.world.now(), pace = call.world.planner().scaled(1 / kTokensPerSecond)](const DeferredAnswer &answer) {
        media->chats().add(answer, events, now, pace);
    };
    return {};
}

} // namespace

QList<ApiOperation> languageOperations()
{
    return {{"GET", "/openai/v1/models", "listLlmModels", listModels, ApiFamily::Llm, true},
            {"GET", "/v3/openai/models", "listLlmModelsLegacy", listModels, ApiFamily::Llm, true},
            {"GET", "/openai/v1/models/*", "getLlmModel", getModel, ApiFamily::Llm, true},
            {"GET", "/v3/openai/models/*", "getLlmModelLegacy", getModel, ApiFamily::Llm, true},
            {"POST", "/openai/v1/chat/completions", "createChatCompletion", chat, ApiFamily::Llm},
            {"POST", "/v3/openai/chat/completions", "createChatCompletionLegacy", chat, ApiFamily::Llm},
            {"GET", "/v3/openai/v1/models", "listLlmModelsAlias", listModels, ApiFamily::Llm, true},
            {"POST", "/v3/openai/v1/chat/completions", "createChatCompletionAlias", chat, ApiFamily::Llm}};
}

} // namespace novita
