// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/imageservice.h"

#include "core/net/apiclient.h"

namespace novita {

namespace {

/// Pictures go up with the body: 60 MB of base64 take their time on a line at home.
constexpr Milliseconds kUploadTime{5 * 60 * 1000};
constexpr qint64 kMostAnswer = 96 * 1024 * 1024;

ApiRequest jobRequest(const EndpointSpec &endpoint, const QJsonObject &body)
{
    ApiRequest request;
    request.operation = endpoint.id;
    request.method = HttpMethod::Post;
    request.area = ApiArea::Root;
    request.path = endpoint.path;
    request.body = body;
    request.idempotent = false; // there is no key by which the cloud could know a repetition
    request.timeout = kUploadTime;
    return request;
}

} // namespace

Call<TaskId> *ImageService::submit(const EndpointSpec &endpoint, const QJsonObject &body) const
{
    return m_client.call<TaskId>(jobRequest(endpoint, body), &decodeTaskAccepted);
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
