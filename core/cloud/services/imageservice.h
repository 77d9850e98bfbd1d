// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/endpoints/endpointspec.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/imagetask.h"
#include "core/cloud/types/syncimage.h"

#include <QJsonObject>

namespace novita {

class ApiClient;

/// Jobs of the image and video endpoints. The body comes from requestBody().
class ImageService final
{
public:
    explicit ImageService(ApiClient &client) : m_client(client) {}

    /// Queues a job (EndpointSpec::givesTask()). Never sent twice unless refused with 429: after a lost reply the job may exist and cost,
    /// which Error::effectUnknown tells, and nothing can ask for it. A server that leaves it hanging is given up after longestSubmit().
    /// `pictureBytes`: of the pictures in the body.
    Call<TaskId> *submit(const EndpointSpec &endpoint, const QJsonObject &body, qint64 pictureBytes = 0) const;
    /// What a slow line needs for so many bytes of pictures, and a busy server to take the job; five minutes at most.
    static Milliseconds longestSubmit(qint64 pictureBytes);
    /// As submit(), for endpoints that answer with the result; waits up to five minutes.
    Call<SyncImageAnswer> *perform(const EndpointSpec &endpoint, const QJsonObject &body) const;
    /// How a job stands; success also for a task that failed. NotFound (TASK_NOT_FOUND) for an unknown id.
    Call<ImageTask> *taskResult(const TaskId &id, ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

} // namespace novita
