// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/jobservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/cloud/services/mappedcall.h"
#include "core/cloud/services/pagedlist.h"
#include "core/net/apiclient.h"

namespace novita {

namespace {

bool matches(const JobFilter &filter, const Job &job)
{
    return (filter.id.isEmpty() || job.id == filter.id) && (filter.type.isEmpty() || job.type == filter.type)
           && (filter.instance.isEmpty() || job.instanceId == filter.instance)
           && (!filter.since || !job.createdAt || *job.createdAt >= std::chrono::floor<Seconds>(*filter.since));
}

} // namespace

Call<RowList<Job>> *JobService::list(const JobFilter &filter, ReadOptions options) const
{
    PagedQuery query;
    query.request.operation = QStringLiteral("listJobs");
    query.request.path = QStringLiteral("/v1/jobs");
    query.request.priority = options.priority;
    query.expectedRows = options.expectedRows;
    if (!filter.id.isEmpty())
        query.request.query.addQueryItem(QStringLiteral("jobId"), filter.id.toString());
    if (!filter.type.isEmpty())
        query.request.query.addQueryItem(QStringLiteral("type"), filter.type);
    if (filter.since) {
        const qint64 seconds = std::chrono::floor<Seconds>(filter.since->time_since_epoch()).count();
        query.request.query.addQueryItem(QStringLiteral("startTime"), QString::number(seconds));
    }
    using Rows = RowList<Job>;
    Call<Rows> *all = PagedList<Job>::fetch(m_client, query, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeRows<Job>(answer, log, {QLatin1String("jobs"), QLatin1String("data")}, &decodeJob);
    });
    return mappedCall<Rows, Rows>(&m_client, all, [filter](const Result<Rows> &rows) {
        if (!rows)
            return rows;
        Rows matching = *rows;
        matching.removeIf([&filter](const Job &job) { return !matches(filter, job); });
        return Result<Rows>(std::move(matching));
    });
}

Call<Done> *JobService::cancel(const JobId &id) const
{
    ApiRequest request;
    request.operation = QStringLiteral("breakJob");
    request.method = HttpMethod::Post;
    request.path = QStringLiteral("/v1/job/break");
    request.body = QJsonObject{{QStringLiteral("jobId"), id.toString()}};
    request.idempotent = true;
    return m_client.call<Done>(request, [](const QJsonValue &, DecodeLog &) { return Done{}; });
}

} // namespace novita
