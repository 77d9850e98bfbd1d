// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/imageservice.h"

#include "core/net/apiclient.h"

#include <algorithm>

namespace novita {

namespace {

/// Pictures go up with the body: 60 MB of base64 take their time on a line at home, and some servers answer with the result.
constexpr Milliseconds kLongest{5 * 60 * 1000};
/// A job is only queued: that takes a server seconds.
constexpr Milliseconds kTakesJob{60 * 1000};
constexpr qint64 kSlowLine = 32; // bytes a millisecond, of the picture before it became base64
constexpr qint64 kMostAnswer = 96 * 1024 * 1024;

ApiRequest jobRequest(const EndpointSpec &endpoint, const QJsonObject &body)
{
    ApiRequest request;
    request.operation = endpoint.id;
    request.method = HttpMethod::Post;
    request.area = ApiArea::Root;
    request.path = endpoint.path;
    request.body = body;
    request.priority = RequestPriority::Bulk; // a queue may have a thousand, and instances wait behind them
    request.idempotent = false; // there is no key by which the cloud could know a repetition
    request.timeout = kLongest;
    return request;
}

} // namespace

Milliseconds ImageService::longestSubmit(qint64 pictureBytes)
{
    return std::min(kLongest, kTakesJob + Milliseconds(std::max<qint64>(pictureBytes, 0) / kSlowLine));
}

Call<TaskId> *ImageService::submit(const EndpointSpec &endpoint, const QJsonObject &body, qint64 pictureBytes) const
{
    ApiRequest request = jobRequest(endpoint, body);
    request.timeout = longestSubmit(pictureBytes);
    return m_client.call<TaskId>(request, &decodeTaskAccepted);
}

Call<SyncImageAnswer> *ImageService::perform(const EndpointSpec &endpoint, const QJsonObject &body) const
{
    ApiRequest request = jobRequest(endpoint, body);
    request.maxReplyBytes = kMostAnswer;
    return m_client.call<SyncImageAnswer>(request, &decodeSyncImageAnswer);
}

Call<ImageTask> *ImageService::taskResult(const TaskId &id, ReadOptions options) const
{
    ApiRequest request;
    request.operation = QStringLiteral("getTaskResult");
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/v3/async/task-result");
    request.query.addQueryItem(QStringLiteral("task_id"), id.toString());
    request.priority = options.priority;
    return m_client.call<ImageTask>(request, [id](const QJsonValue &answer, DecodeLog &log) {
        ImageTask task = decodeImageTask(JsonReader(answer.toObject(), log));
        if (!log.fatal && task.id != id)
            log.fail(QStringLiteral("$.task.task_id"), QStringLiteral("the result of another task"));
        return task;
    });
}

} // namespace novita
