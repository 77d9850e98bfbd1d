// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/requestjob.h"

#include "core/base/redact.h"

#include <algorithm>

namespace novita {

RequestRecord recordOf(const RequestJob &job, const RequestCaller &caller, const std::optional<Error> &error, SteadyPoint now)
{
    const auto total = now - caller.joined;
    RequestRecord record;
    record.startedAt = caller.joinedAt;
    record.operation = job.request.operation;
    record.method = toString(job.request.method);
    record.url = redact(job.url.toString(QUrl::FullyEncoded));
    record.requestBody = job.request.body ? redactJson(*job.request.body) : QJsonValue(QJsonValue::Undefined);
    record.correlationId = job.correlationId;
    record.attempts = job.attempts;
    record.httpStatus = job.httpStatus;
    record.fromCache = job.fromCache;
    record.shared = caller.shared;
    // Who joined late has not waited for what was on the wire before.
    record.duration = std::min(job.onWire, total);
    record.waited = total - record.duration;
    record.wireBytes = job.wireBytes;
    record.bodyBytes = job.bodyBytes;
    record.error = error;
    return record;
}

} // namespace novita
