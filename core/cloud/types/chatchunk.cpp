// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/chatchunk.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/common.h"

#include <algorithm>

namespace novita {

namespace {

/// Why the server broke off, when the event is no chunk: {code, reason, message} or OpenAI's {error: {message, code}}.
std::optional<Error> errorIn(const QJsonObject &event)
{
    const QJsonValue nested = event.value(QLatin1String("error"));
    const bool own = !event.contains(QLatin1String("choices")) && event.contains(QLatin1String("message"));
    if (!own && (nested.isUndefined() || nested.isNull()))
        return std::nullopt;
    const QJsonObject said = own ? event : nested.toObject();
    constexpr qsizetype kMostChars = 500;
    const QString message = displayLine(nested.isString() ? nested.toString() : said.value(QLatin1String("message")).toString(), kMostChars);
    Error error = Error::make(ErrorKind::Server, message.isEmpty() ? QStringLiteral("The server broke the answer off") : message);
    error.apiReason = displayLine(said.value(QLatin1String("reason")).toString(said.value(QLatin1String("code")).toString()), 80);
    constexpr int kLeastStatus = 400;
    constexpr int kMostStatus = 599;
    if (const int status = said.value(QLatin1String("code")).toInt(); status >= kLeastStatus && status <= kMostStatus)
        error.httpStatus = status;
    return error;
}

std::optional<TokenUsage> usageOf(const JsonReader &reader)
{
    const JsonReader usage = reader.object(QLatin1String("usage"));
    if (usage.json().isEmpty())
        return std::nullopt;
    const auto count = [&usage](QLatin1String key) { return std::clamp<qint64>(usage.integer(key).value_or(0), 0, TokenUsage::kMost); };
    return TokenUsage{count(QLatin1String("prompt_tokens")), count(QLatin1String("completion_tokens")), count(QLatin1String("total_tokens"))};
}

/// One bad byte must not cost the whole answer.
Result<QJsonValue> parseText(const QByteArray &data)
{
    Result<QJsonValue> json = parseJson(data);
    if (!json && !data.isValidUtf8())
        json = parseJson(QString::fromUtf8(data).toUtf8());
    if (json)
        return json;
    Error error = json.error();
    error.detail.clear();
    return error;
}

} // namespace

ChatChunk decodeChatChunk(const JsonReader &reader)
{
    ChatChunk chunk;
    chunk.id = displayLine(reader.string(QLatin1String("id")), 128);
    chunk.model = displayLine(reader.string(QLatin1String("model")), 128);
    chunk.usage = usageOf(reader);
    reader.forEach(QLatin1String("choices"), [&chunk](const JsonReader &choice) {
        if (chunk.choices.size() >= ChatChunk::kMostChoices)
            return;
        const JsonReader delta = choice.object(choice.contains(QLatin1String("delta")) ? QLatin1String("delta") : QLatin1String("message"));
        ChatDelta out;
        out.index = decodeCount(choice, QLatin1String("index")).value_or(0);
        out.content = delta.string(QLatin1String("content"));
        out.reasoning = delta.string(QLatin1String("reasoning_content"));
        out.finishReason = displayLine(choice.string(QLatin1String("finish_reason")), 64);
        out.callsTool = !delta.array(QLatin1String("tool_calls")).isEmpty();
        chunk.choices.append(std::move(out));
    });
    return chunk;
}

Result<ChatChunk> readChatEvent(const QByteArray &data)
{
    if (data.trimmed() == "[DONE]") {
        ChatChunk last;
        last.done = true;
        return last;
    }
    const Result<QJsonValue> json = parseText(data);
    if (!json)
        return json.error();
    if (!json->isObject())
        return Error::protocol(ProtocolFault::Unreadable, QStringLiteral("An event of the answer is no JSON object"));
    if (const std::optional<Error> error = errorIn(json->toObject()))
        return *error;
    DecodeLog log;
    ChatChunk chunk = decodeChatChunk(JsonReader(json->toObject(), log));
    return log.fatal ? Result<ChatChunk>(*log.fatal) : Result<ChatChunk>(std::move(chunk));
}

} // namespace novita
