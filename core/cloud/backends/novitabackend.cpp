// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/novitabackend.h"

#include "core/cloud/services/mappedcall.h"
#include "core/net/apiclient.h"

#include <numeric>

namespace novita {

namespace {

ImageWork workOf(const ImageTask &task)
{
    ImageWork work;
    work.status = task.status;
    work.task = task.id.toString();
    work.percent = task.progress;
    work.eta = task.eta;
    work.reason = task.reason;
    for (qsizetype i = 0; i < task.images.size(); ++i)
        work.results.append({{}, task.images.at(i), false, task.seedOf(i), task.submittedAt, task.completedAt});
    for (const MediaLink &video : task.videos)
        work.results.append({{}, video, true, task.seed, task.submittedAt, task.completedAt});
    return work;
}

ImageWork workOf(const SyncImageAnswer &answer, const EndpointSpec &endpoint)
{
    ImageWork work;
    work.status = TaskStatus::Succeeded;
    work.text = answer.prompt;
    for (const SyncImage &image : answer.images)
        work.results.append({image.bytes, image.link, endpoint.output.kind == OutputKind::Video, {}});
    return work;
}

qint64 bytesOf(const InputImages &images)
{
    return std::accumulate(images.cbegin(), images.cend(), qint64(0), [](qint64 sum, const InputImage &image) { return sum + image.bytes.size(); });
}

} // namespace

NovitaBackend::NovitaBackend(ApiClient &client, QObject *parent) : ImageBackend(parent), m_client(client), m_service(client) {}

/// What mappedCall() makes of `request`, which isUnsent() is asked about.
template<typename T>
Call<ImageWork> *NovitaBackend::follow(Call<T> *request, std::function<Result<ImageWork>(const Result<T> &)> map)
{
    auto *call = mappedCall<ImageWork, T>(this, request, std::move(map));
    m_requests.insert(call, request);
    connect(call, &QObject::destroyed, this, [this](const QObject *gone) { m_requests.remove(gone); });
    return call;
}

bool NovitaBackend::isUnsent(const CallBase &submitting) const
{
    const CallBase *request = m_requests.value(&submitting);
    return request && m_client.isUnsent(*request);
}

Call<ImageWork> *NovitaBackend::submit(const ImageRequest &request)
{
    const Result<QJsonObject> body = requestBody(request.endpoint, request.recipe, request.images, request.options);
    if (!body)
        return Call<ImageWork>::settledWith(body.error(), this);
    if (request.endpoint.givesTask()) {
        return follow<TaskId>(m_service.submit(request.endpoint, *body, bytesOf(request.images)), [](const Result<TaskId> &task) -> Result<ImageWork> {
            if (!task)
                return task.error();
            ImageWork work;
            work.status = TaskStatus::Queued;
            work.task = task->toString();
            return work;
        });
    }
    return follow<SyncImageAnswer>(m_service.perform(request.endpoint, *body), [endpoint = request.endpoint](const Result<SyncImageAnswer> &answer) {
        return answer ? Result<ImageWork>(workOf(*answer, endpoint)) : Result<ImageWork>(answer.error());
    });
}

Call<ImageWork> *NovitaBackend::look(const QString &task)
{
    return mappedCall<ImageWork, ImageTask>(this, m_service.taskResult(TaskId(task), {.priority = RequestPriority::Bulk}), [](const Result<ImageTask> &result) {
        return result ? Result<ImageWork>(workOf(*result)) : Result<ImageWork>(result.error());
    });
}

Call<Done> *NovitaBackend::interrupt()
{
    return Call<Done>::settledWith(Error::make(ErrorKind::Validation, tr("Novita has no way to stop a job. It goes on, and is charged.")), this);
}

} // namespace novita
