// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr qint64 kLag = 60;      // data is about a minute behind (docs)
constexpr qint64 kShortest = 60; // the default window, and the least one
constexpr qint64 kMaxPoints = 2000;
constexpr qint64 kDefaultInterval = 15;

/// A curve that wanders slowly around `level`, the same for the same phase and time.
double curve(double phase, qint64 time, double level)
{
    const double slow = std::sin(double(time) / 900.0 + phase);
    const double fast = std::sin(double(time) / 47.0 + phase * 3.0);
    return std::clamp(std::round((level + 14.0 * slow + 5.0 * fast) * 10.0) / 10.0, 0.0, 100.0);
}

struct Window
{
    qint64 from = 0;
    qint64 to = 0;
    qint64 step = kDefaultInterval;
    qint64 since = 0; ///< when the instance last started: nothing is measured before
    bool running = false;
};

QJsonArray series(const SandboxWorld &world, const QString &subject, const Window &window, double level)
{
    QJsonArray points;
    const double phase = world.derivedNumber(subject, 0, 6283) / 1000.0;
    for (qint64 t = window.from; t <= window.to; t += window.step) {
        if (t >= window.since && window.running)
            points.append(QJsonObject{{QStringLiteral("timestamp"), QString::number(t)}, {QStringLiteral("value"), curve(phase, t, level)}});
    }
    return points;
}

QJsonObject gpuSeries(const SandboxWorld &world, const SandboxInstance &instance, const QString &kind, const Window &window, double level)
{
    QJsonArray cards;
    for (int card = 0; card < instance.gpuNum; ++card)
        cards.append(QJsonObject{{QStringLiteral("gpuId"), QString::number(card)},
                                 {QStringLiteral("items"), series(world, instance.id + kind + QString::number(card), window, level)}});
    return {{QStringLiteral("avg"), instance.gpuNum > 0 ? QJsonValue(series(world, instance.id + kind + u'0', window, level)) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("gpuIds"), cards}};
}

HttpResponse getMetrics(ApiCall &call)
{
    QueryReader query(call);
    const QString id = query.text(QStringLiteral("instanceId"), {}, true);
    const QString startText = query.text(QStringLiteral("startTime"));
    const QString endText = query.text(QStringLiteral("endTime"));
    const QString stepText = query.text(QStringLiteral("interval"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    const SandboxInstance *instance = call.world.instance(id);
    if (!instance)
        return apiError(400, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("instance not found"));
    // Values out of range do not fail, they are quietly replaced: so do the docs say.
    const qint64 now = std::chrono::floor<Seconds>(call.world.now()).time_since_epoch().count();
    Window window;
    window.to = endText.toLongLong();
    if (window.to <= 0 || window.to > now)
        window.to = now - kLag;
    window.from = startText.toLongLong();
    if (window.from <= 0 || window.from > window.to - kShortest)
        window.from = window.to - kShortest;
    window.step = stepText.toLongLong();
    if (window.step < kDefaultInterval)
        window.step = kDefaultInterval;
    window.step = std::max(window.step, (window.to - window.from) / kMaxPoints);
    window.to = std::min(window.to, now - kLag);
    window.from = std::min(window.from, window.to);
    window.since = std::chrono::floor<Seconds>(instance->startedAt).time_since_epoch().count();
    window.running = instance->state == InstanceState::running;
    const double load = call.world.derivedNumber(instance->id, 5, 95);
    const SandboxWorld &world = call.world;
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("cpuUtilization"), series(world, id + u'c', window, load * 0.5)},
                                               {QStringLiteral("memUtilization"), series(world, id + u'm', window, 20 + load * 0.4)},
                                               {QStringLiteral("rootDiskUtilization"), series(world, id + u'd', window, 30)},
                                               {QStringLiteral("gpuUtilization"), gpuSeries(world, *instance, QStringLiteral("g"), window, load)},
                                               {QStringLiteral("gpuMemUtilization"), gpuSeries(world, *instance, QStringLiteral("v"), window, 15 + load * 0.8)}});
}

} // namespace

QList<ApiOperation> metricsOperations()
{
    return {{"GET", "/openapi/v1/metrics/gpu/instance", "getInstanceMetrics", getMetrics}};
}

} // namespace novita
