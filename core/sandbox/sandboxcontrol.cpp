// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxservice.h"

#include "core/base/isotime.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>
#include <array>

// The part of SandboxService that the real cloud does not have: /_sandbox/… and the log streams.

namespace novita {

namespace {

constexpr qsizetype kMaxStreams = 64;
constexpr qint64 kHistoryLines = 20;
constexpr double kMaxAdvanceSeconds = 366.0 * 24 * 3600;

constexpr std::array kInstanceLines{"INFO  step %1 loss=0.%2", "INFO  GET /health 200 %1 ms", "INFO  batch %1 done in %2 ms", "DEBUG cache hit rate 0.%2",
                                    "WARN  queue length %1"};
constexpr std::array kSystemLines{"scheduler: heartbeat %1", "kubelet: container healthy (%1)", "network: proxy session %1 open"};

HttpResponse controlError(int status, const QString &message)
{
    return HttpResponse::json(status, QJsonObject{{QStringLiteral("error"), message}});
}

/// How much of a log is asked for: "?follow=0&tail=100", as clients of the real log addresses write it.
struct LogWish
{
    bool follow = true;
    qint64 lines = kHistoryLines;
};

LogWish logWish(const HttpRequest &request)
{
    LogWish wish;
    const QString follow = request.queryValues(QStringLiteral("follow")).value(0);
    wish.follow = follow != QLatin1String("0") && follow != QLatin1String("false");
    bool isNumber = false;
    const qint64 tail = request.queryValues(QStringLiteral("tail")).value(0).toLongLong(&isNumber);
    if (isNumber && tail >= 0)
        wish.lines = std::min(tail, kHistoryLines);
    return wish;
}

QJsonValue jsonBody(const HttpRequest &request, QJsonParseError *problem = nullptr)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body, problem);
    return document.isArray() ? QJsonValue(document.array()) : document.isObject() ? QJsonValue(document.object()) : QJsonValue();
}

} // namespace

HttpResponse SandboxService::control(const HttpRequest &request)
{
    if (!request.peer.isLoopback())
        return controlError(403, QStringLiteral("only from this machine"));
    const QString path = request.path.mid(int(qstrlen("/_sandbox")));
    if (path == QLatin1String("/faults"))
        return controlFaults(request);
    if (path == QLatin1String("/endpoints"))
        return controlEndpoints(request);
    if (path == QLatin1String("/utilisation") && request.method == "POST")
        return controlUtilisation(request);
    if (path == QLatin1String("/requests") && request.method == "GET")
        return HttpResponse::json(200, QJsonObject{{QStringLiteral("requests"), log.toJson()}, {QStringLiteral("violations"), QJsonArray::fromStringList(log.violations())}});
    if (path == QLatin1String("/requests") && request.method == "DELETE") {
        log.clear();
        return HttpResponse::json(200, QJsonObject());
    }
    if (path == QLatin1String("/advance") && request.method == "POST") {
        const double seconds = jsonBody(request)[QLatin1String("seconds")].toDouble(-1);
        if (seconds < 0 || seconds > kMaxAdvanceSeconds)
            return controlError(400, QStringLiteral("seconds: expected a number of 0 to 31622400"));
        world.advance(Milliseconds(qint64(seconds * 1000)));
        world.settle();
        return HttpResponse::json(200, QJsonObject{{QStringLiteral("now"), unixText(world.now()).toLongLong()}});
    }
    if ((path.isEmpty() || path == QLatin1String("/")) && request.method == "GET") {
        QJsonObject states;
        for (const auto &instance : world.instances()) {
            const QString name = instanceStateName(instance->state);
            states.insert(name, states.value(name).toInt() + 1);
        }
        return HttpResponse::json(200, QJsonObject{{QStringLiteral("now"), unixText(world.now()).toLongLong()}, {QStringLiteral("instances"), states},
                                                   {QStringLiteral("balance"), world.balance().toPlainString()}, {QStringLiteral("version"), QStringLiteral(NOVITA_VERSION)}});
    }
    return controlError(404, QStringLiteral("known: GET /_sandbox, GET|POST|DELETE /_sandbox/faults, GET|DELETE /_sandbox/requests, POST /_sandbox/advance, POST /_sandbox/utilisation, GET|POST|DELETE /_sandbox/endpoints"));
}

HttpResponse SandboxService::controlFaults(const HttpRequest &request)
{
    if (request.method == "POST") {
        QJsonParseError problem;
        const QJsonValue json = jsonBody(request, &problem);
        if (problem.error != QJsonParseError::NoError)
            return controlError(400, QStringLiteral("not JSON at byte %1: %2").arg(problem.offset).arg(problem.errorString()));
        const auto parsed = parseFaults(json);
        if (!parsed)
            return controlError(400, parsed.error().message);
        const Result<Done> set = setFaults(*parsed, json.isArray());
        if (!set)
            return controlError(400, set.error().message);
    } else if (request.method == "DELETE") {
        clearFaults();
    } else if (request.method != "GET") {
        return controlError(405, QStringLiteral("GET, POST or DELETE"));
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("faults"), faults.toJson()}});
}

/// {"endpoint": "txt2img", "state": "alive" | "retired" | "forbidden"}; "*" is all, "dated" those whose last day is over. DELETE: all alive again.
HttpResponse SandboxService::controlEndpoints(const HttpRequest &request)
{
    if (request.method == "POST") {
        const QJsonObject body = jsonBody(request).toObject();
        const auto life = endpointLifeFromName(body.value(QLatin1String("state")).toString());
        if (!life)
            return controlError(400, QStringLiteral("state: expected alive, retired or forbidden"));
        const QDate today = QDateTime::fromSecsSinceEpoch(unixText(world.now()).toLongLong(), Qt::UTC).date();
        if (!media.endpoints().set(body.value(QLatin1String("endpoint")).toString(), *life, today))
            return controlError(404, QStringLiteral("endpoint: expected the id of one, \"*\" or \"dated\""));
    } else if (request.method == "DELETE") {
        media.endpoints().reset();
    } else if (request.method != "GET") {
        return controlError(405, QStringLiteral("GET, POST or DELETE"));
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("endpoints"), media.endpoints().toJson()}});
}

/// {"instanceId": "…", "gpu": 0-100, "cpu": 0-100}; null gives a meter back to what the instance works at, absent leaves it.
HttpResponse SandboxService::controlUtilisation(const HttpRequest &request)
{
    const QJsonObject body = jsonBody(request).toObject();
    const auto known = [](const QString &name) {
        return name == QLatin1String("instanceId") || name == QLatin1String("gpu") || name == QLatin1String("cpu");
    };
    const QStringList names = body.keys();
    for (const QString &name : names) {
        const QJsonValue value = body.value(name);
        if (!known(name))
            return controlError(400, QStringLiteral("%1: no member of this; known are instanceId, gpu and cpu").arg(name));
        const bool percent = value.isNull() || (value.isDouble() && value.toDouble() >= 0 && value.toDouble() <= 100);
        if (name != QLatin1String("instanceId") && !percent)
            return controlError(400, QStringLiteral("%1: expected a number of 0 to 100, or null").arg(name));
    }
    SandboxInstance *instance = world.instance(body.value(QLatin1String("instanceId")).toString());
    if (!instance)
        return controlError(404, QStringLiteral("instanceId: expected that of an instance"));
    const auto take = [&body](const QString &name, std::optional<double> &use) {
        if (const QJsonValue value = body.value(name); value.isDouble())
            use = value.toDouble();
        else if (value.isNull())
            use.reset();
    };
    take(QStringLiteral("gpu"), instance->gpuUse);
    take(QStringLiteral("cpu"), instance->cpuUse);
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("instanceId"), instance->id},
                                               {QStringLiteral("gpu"), instance->gpuUse ? QJsonValue(*instance->gpuUse) : QJsonValue(QJsonValue::Null)},
                                               {QStringLiteral("cpu"), instance->cpuUse ? QJsonValue(*instance->cpuUse) : QJsonValue(QJsonValue::Null)}});
}

void SandboxService::openLogStream(const HttpRequest &request, const HttpResponder &responder)
{
    const QStringList parts = request.path.split(u'/'); // "", "_sandbox", "logs", id, kind
    const bool wellFormed = parts.size() == 5 && (parts.at(4) == QLatin1String("system") || parts.at(4) == QLatin1String("instance"));
    const std::lock_guard lock(mutex);
    world.settle();
    const SandboxInstance *instance = wellFormed ? world.instance(parts.at(3)) : nullptr;
    if (!instance) {
        responder.send(apiError(404, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("instance not found")));
        return;
    }
    if (m_streams.size() >= kMaxStreams) {
        responder.send(apiError(503, QStringLiteral("OPERATION_LIMIT"), QStringLiteral("too many log streams")));
        return;
    }
    const LogWish wish = logWish(request);
    LogStream stream{responder, instance->id, parts.at(4) == QLatin1String("system"), kHistoryLines - wish.lines};
    HttpResponse head = HttpResponse::text(200, {});
    for (; stream.line < kHistoryLines; ++stream.line)
        head.body += logLine(stream);
    responder.beginStream(head);
    if (wish.follow && (instance->state == InstanceState::running || stream.system))
        m_streams.append(stream);
    else
        responder.finish();
}

QByteArray SandboxService::logLine(const LogStream &stream) const
{
    const int dice = world.derivedNumber(stream.instanceId + QString::number(stream.line), 100, 999);
    const std::size_t choice = std::size_t(dice) % (stream.system ? kSystemLines.size() : kInstanceLines.size());
    QString text = QLatin1String(stream.system ? kSystemLines.at(choice) : kInstanceLines.at(choice));
    text.replace(QStringLiteral("%1"), QString::number(stream.line)).replace(QStringLiteral("%2"), QString::number(dice));
    return (isoTime(world.now()) + u' ' + text + u'\n').toUtf8();
}

} // namespace novita
