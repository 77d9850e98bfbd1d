// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/languageservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/net/apiclient.h"

#include <utility>

namespace novita {

namespace {

ApiRequest chatRequest(const ChatRequest &chat)
{
    constexpr Milliseconds kLongestAnswer{20 * 60 * 1000};
    constexpr qint64 kMostBytes = 1024 * 1024 * 1024; // a few hundred for each word; none of them is kept
    ApiRequest request;
    request.operation = QStringLiteral("createChatCompletion");
    request.method = HttpMethod::Post;
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/openai/v1/chat/completions");
    request.body = chat.toJson();
    request.idempotent = false;
    request.timeout = kLongestAnswer;
    request.maxReplyBytes = kMostBytes;
    request.sensitiveReply = true; // what people write to each other is in no error text
    return request;
}

} // namespace

Call<RowList<LanguageModel>> *LanguageService::models(ReadOptions options) const
{
    constexpr Seconds kKept{3600};
    ApiRequest request;
    request.operation = QStringLiteral("listLlmModels");
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/openai/v1/models");
    request.priority = options.priority;
    request.cache = {QStringLiteral("languagemodels"), kKept, options.fresh};
    return m_client.call<RowList<LanguageModel>>(request, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeWhole<LanguageModel>(answer, log, {QLatin1String("data")}, &decodeLanguageModel);
    });
}

std::unique_ptr<ChatStream> LanguageService::chat(const ChatRequest &chat) const
{
    return std::make_unique<ChatStream>(m_client, chatRequest(chat));
}

RequestPreview LanguageService::preview(const ChatRequest &chat) const
{
    const ApiRequest request = chatRequest(chat);
    return {toString(request.method), requestUrl(m_client.config().apiRoot, request).toString(QUrl::FullyEncoded), QJsonValue(*request.body)};
}

} // namespace novita
