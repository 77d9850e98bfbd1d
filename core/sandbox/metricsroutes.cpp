// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace novita {

namespace {

constexpr qint64 kLag = 60;      // data is about a minute behind (docs)
constexpr qint64 kShortest = 60; // the default window, and the least one
constexpr qint64 kMaxPoints = 2000;
constexpr qint64 kDefaultInterval = 15;
constexpr qint64 kLongestInterval = 24 * 3600;

/// What an instance does all day.
enum class Load { Training, Serving, Notebook, Idle };
/// What is measured of it.
enum class Meter { Cpu, Memory, Disk, Gpu, Vram };

/// Between 0 and 1, without a pattern, the same for the same numbers.
double noise(quint64 subject, qint64 step)
{
    quint64 x = subject * 0x9E3779B97F4A7C15ULL + static_cast<quint64>(step) * 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 31;
    x *= 0x94D049BB133111EBULL;
    x ^= x >> 29;
    return static_cast<double>(x % 10000) / 10000.0;
}

/// 0 while the data is loaded after a start, 1 from a minute and a half on.
double warmth(qint64 sinceStart)
{
    return std::clamp((static_cast<double>(sinceStart) - 30.0) / 60.0, 0.0, 1.0);
}

/// How much of the GPU is at work, in percent.
double gpuLoad(Load load, quint64 subject, qint64 time, qint64 sinceStart)
{
    const double jitter = noise(subject, time);
    switch (load) {
    case Load::Training: {
        // An epoch of twenty minutes; at its end half a minute of validation and writing a checkpoint.
        const qint64 inEpoch = (time + static_cast<qint64>(subject % 1200)) % 1200;
        return warmth(sinceStart) * (inEpoch > 1165 ? 18 + 20 * jitter : 93 + 6 * jitter);
    }
    case Load::Serving: {
        const double day = 0.5 + 0.5 * std::sin(static_cast<double>(time) / 86400.0 * 6.2832 + static_cast<double>(subject % 6));
        return warmth(sinceStart) * std::min(100.0, 12 + 45 * day + 30 * noise(subject, time / 40) * jitter);
    }
    case Load::Notebook:
        return noise(subject, time / 240) > 0.7 ? warmth(sinceStart) * (55 + 35 * jitter) : 1.5 * jitter;
    case Load::Idle:
        break;
    }
    return 0.4 * jitter;
}

double meter(Meter what, Load load, quint64 subject, qint64 time, qint64 sinceStart)
{
    const double gpu = gpuLoad(load, subject, time, sinceStart);
    const double jitter = noise(subject + 7, time);
    const double size = static_cast<double>(subject % 40);
    double value = gpu;
    switch (what) {
    case Meter::Gpu:
        break;
    case Meter::Vram: // stays where the model put it
        value = load == Load::Idle ? 1 : warmth(sinceStart) * (50 + size) + jitter;
        break;
    case Meter::Cpu:
        value = load == Load::Training && gpu < 50 ? 70 + 20 * jitter : 4 + gpu * 0.35 + 6 * jitter;
        break;
    case Meter::Memory:
        value = 8 + warmth(sinceStart) * (load == Load::Idle ? 2 : 20 + size * 0.8) + jitter;
        break;
    case Meter::Disk: // checkpoints pile up until old ones are deleted
        value = 22 + size * 0.5 + (load == Load::Training ? static_cast<double>(time / 1200 % 24) : 0);
        break;
    }
    return std::clamp(std::round(value * 10.0) / 10.0, 0.0, 100.0);
}

struct Window
{
    qint64 from = 0;
    qint64 to = 0;
    qint64 step = kDefaultInterval;
    qint64 since = 0; ///< when the instance last started: nothing is measured before
    bool running = false;
    std::optional<double> gpuUse, cpuUse; ///< what the instance was told to show

    std::optional<double> told(Meter what) const { return what == Meter::Gpu ? gpuUse : what == Meter::Cpu ? cpuUse : std::nullopt; }
};

QJsonArray series(Meter what, Load load, quint64 subject, const Window &window)
{
    QJsonArray points;
    for (qint64 t = window.from; t <= window.to; t += window.step) {
        if (t < window.since || !window.running)
            continue;
        const std::optional<double> told = window.told(what);
        points.append(QJsonObject{{QStringLiteral("timestamp"), QString::number(t)}, {QStringLiteral("value"), told ? *told : meter(what, load, subject, t, t - window.since)}});
    }
    return points;
}

/// The cards of one instance do the same, but not at the very same moment.
QJsonObject gpuSeries(Meter what, Load load, quint64 subject, int cards, const Window &window)
{
    QJsonArray all;
    QJsonArray average;
    for (int card = 0; card < cards; ++card) {
        const QJsonArray points = series(what, load, subject + static_cast<quint64>(card) * 11, window);
        for (qsizetype i = 0; i < points.size(); ++i) {
            const double share = points.at(i)[QLatin1String("value")].toDouble() / cards;
            if (card == 0)
                average.append(QJsonObject{{QStringLiteral("timestamp"), points.at(i)[QLatin1String("timestamp")]}, {QStringLiteral("value"), share}});
            else
                average[i] = QJsonObject{{QStringLiteral("timestamp"), points.at(i)[QLatin1String("timestamp")]},
                                         {QStringLiteral("value"), std::round((average.at(i)[QLatin1String("value")].toDouble() + share) * 10.0) / 10.0}};
        }
        all.append(QJsonObject{{QStringLiteral("gpuId"), QString::number(card)}, {QStringLiteral("items"), points}});
    }
    return {{QStringLiteral("avg"), cards > 0 ? QJsonValue(average) : QJsonValue(QJsonValue::Null)}, {QStringLiteral("gpuIds"), all}};
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
    if (window.step < kDefaultInterval || window.step > kLongestInterval)
        window.step = kDefaultInterval;
    window.step = std::max(window.step, (window.to - window.from) / kMaxPoints);
    window.to = std::min(window.to, now - kLag);
    window.from = std::min(window.from, window.to);
    window.since = std::chrono::floor<Seconds>(instance->startedAt).time_since_epoch().count();
    window.running = instance->state == InstanceState::running;
    window.gpuUse = instance->gpuUse;
    window.cpuUse = instance->cpuUse;
    const auto subject = static_cast<quint64>(call.world.derivedNumber(id, 0, 1000000));
    static constexpr std::array<Load, 8> kLoads{Load::Training, Load::Training, Load::Training, Load::Serving, Load::Serving, Load::Notebook, Load::Notebook, Load::Idle};
    const Load load = kLoads.at(subject % kLoads.size());
    const int cards = instance->gpuNum;
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("cpuUtilization"), series(Meter::Cpu, load, subject, window)},
                                               {QStringLiteral("memUtilization"), series(Meter::Memory, load, subject, window)},
                                               {QStringLiteral("rootDiskUtilization"), series(Meter::Disk, load, subject, window)},
                                               {QStringLiteral("gpuUtilization"), gpuSeries(Meter::Gpu, load, subject, cards, window)},
                                               {QStringLiteral("gpuMemUtilization"), gpuSeries(Meter::Vram, load, subject, cards, window)}});
}

} // namespace

QList<ApiOperation> metricsOperations()
{
    return {{"GET", "/openapi/v1/metrics/gpu/instance", "getInstanceMetrics", getMetrics}};
}

} // namespace novita
