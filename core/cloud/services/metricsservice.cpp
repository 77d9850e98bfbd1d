// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/metricsservice.h"

#include "core/net/apiclient.h"

#include <algorithm>

namespace novita {

namespace {

QString unixText(TimePoint at)
{
    return QString::number(std::chrono::floor<Seconds>(at).time_since_epoch().count());
}

} // namespace

Call<InstanceMetrics> *MetricsService::read(const InstanceId &id, TimePoint from, TimePoint to, Seconds step, ReadOptions options) const
{
    const Seconds apart = std::max(step, kShortestStep);
    // The cloud counts its points from the start time: on a grid, the same times come again and are no further points.
    const auto begin = std::chrono::floor<Seconds>(std::min(from, to - kShortestSpan)).time_since_epoch();
    ApiRequest request;
    request.operation = QStringLiteral("getInstanceMetrics");
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/openapi/v1/metrics/gpu/instance");
    request.query.addQueryItem(QStringLiteral("instanceId"), id.toString());
    request.query.addQueryItem(QStringLiteral("startTime"), QString::number((begin - begin % apart).count()));
    request.query.addQueryItem(QStringLiteral("endTime"), unixText(to));
    request.query.addQueryItem(QStringLiteral("interval"), QString::number(apart.count()));
    request.priority = options.priority;
    return m_client.call<InstanceMetrics>(request, [](const QJsonValue &answer, DecodeLog &log) {
        if (!answer.isObject())
            log.fail(QStringLiteral("$"), QStringLiteral("expected an object"));
        return decodeInstanceMetrics(JsonReader(answer.toObject(), log));
    });
}

} // namespace novita
