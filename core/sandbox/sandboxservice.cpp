// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxservice.h"

#include "core/base/redact.h"
#include "core/sandbox/sandboxpopulate.h"

#include <QJsonDocument>

#include <algorithm>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kTick{500};
constexpr double kActivitySeconds = 15;
constexpr qsizetype kLoggedBodyBytes = 16 * 1024;
constexpr qsizetype kShortestKey = 8;
constexpr qsizetype kMaxFaults = 1000;

QJsonValue loggedBody(const QByteArray &body)
{
    if (body.isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (body.size() > kLoggedBodyBytes || document.isNull())
        return QStringLiteral("%1 bytes%2").arg(body.size()).arg(document.isNull() ? QStringLiteral(", not JSON") : QString());
    return redactJson(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()));
}

QString loggedQuery(const HttpRequest &request)
{
    QStringList items;
    for (const auto &[name, value] : request.queryItems())
        items.append(name + u'=' + value);
    return redact(items.join(u'&'));
}

} // namespace

SandboxService::SandboxService(const SandboxOptions &options, const Clock &clock)
    : world(clock, options.seed, options.timeScale)
    , faults(options.seed)
    , m_options(options)
    , m_operations(allOperations())
{
    populateSandbox(world, options.instances, options.balance);
    m_lastActivity = world.now();
    m_endpoints.setParent(this);
    m_timer.setParent(this); // so that it moves to the server's thread together with this
    connect(&m_timer, &QTimer::timeout, this, &SandboxService::tick);
}

void SandboxService::run(const QString &origin)
{
    m_origin = origin;
    m_timer.start(kTick);
}

void SandboxService::halt()
{
    m_timer.stop();
    m_streams.clear();
    m_endpoints.closeAll();
}

bool SandboxService::acceptsKey(const QByteArray &authorization, QString *form) const
{
    QByteArray key = authorization.trimmed();
    *form = key.isEmpty() ? QStringLiteral("missing") : QStringLiteral("bare");
    if (key.size() > 7 && qstrnicmp(key.constData(), "bearer ", 7) == 0) {
        *form = QStringLiteral("bearer");
        key = key.mid(7).trimmed();
    }
    const QString text = QString::fromUtf8(key);
    // A blank inside would be another scheme and its credentials, "Basic dXNl…", which is no bare key.
    const bool accepted = m_options.keys.isEmpty() ? text.size() >= kShortestKey && !text.contains(u' ') && !text.startsWith(QLatin1String("wrong"))
                                                   : m_options.keys.contains(text);
    if (!accepted && !text.isEmpty())
        *form = QStringLiteral("rejected");
    return accepted;
}

void SandboxService::handle(const HttpRequest &request, HttpResponder responder)
{
    if (request.path.startsWith(QLatin1String("/_sandbox/logs/")) && request.method == "GET") {
        openLogStream(request, responder);
        return;
    }
    HttpResponse response;
    {
        const std::lock_guard lock(mutex);
        world.settle();
        if (request.path == QLatin1String("/_sandbox") || request.path.startsWith(QLatin1String("/_sandbox/"))) {
            response = control(request);
        } else {
            SandboxRequest entry;
            response = answer(request, entry);
            log.append(std::move(entry));
        }
    }
    responder.send(std::move(response));
}

HttpResponse SandboxService::answer(const HttpRequest &request, SandboxRequest &entry)
{
    entry.time = world.now();
    entry.method = QString::fromLatin1(request.method);
    entry.path = request.path;
    entry.query = loggedQuery(request);
    entry.body = loggedBody(request.body);
    entry.userAgent = QString::fromUtf8(request.headers.value("User-Agent"));
    entry.correlationId = QString::fromUtf8(request.headers.value("X-Correlation-ID"));
    const bool keyAccepted = acceptsKey(request.headers.value("Authorization"), &entry.authorization);

    const QByteArray method = request.method == "HEAD" ? QByteArrayLiteral("GET") : request.method;
    const ApiOperation *operation = nullptr;
    QList<const ApiOperation *> samePath;
    for (const ApiOperation &candidate : m_operations) {
        if (request.path != QLatin1String(candidate.path))
            continue;
        samePath.append(&candidate);
        if (method == candidate.method)
            operation = &candidate;
    }
    if (operation)
        entry.operation = QLatin1String(operation->operationId);

    const QList<SandboxFault> met = faults.take(entry.operation, request);
    std::optional<HttpResponse> response;
    for (const SandboxFault &fault : met) {
        entry.fault = fault.kind;
        if (!response)
            response = faultBefore(fault, std::chrono::floor<Seconds>(world.now()));
    }
    if (!response)
        response = keyAccepted ? perform(request, entry, operation, samePath)
                               : apiError(401, QStringLiteral("UNAUTHORIZED"), QStringLiteral("unauthorized"));
    for (const SandboxFault &fault : met)
        faultAfter(fault, *response);
    const bool silent = response->fault.end != ResponseFault::End::Normal && !response->fault.truncateAt;
    entry.status = silent ? 0 : response->status;
    return *response;
}

HttpResponse SandboxService::perform(const HttpRequest &request, SandboxRequest &entry, const ApiOperation *operation,
                                     const QList<const ApiOperation *> &others)
{
    if (!operation) {
        entry.violations.append(others.isEmpty() ? QStringLiteral("unknown path") : QStringLiteral("wrong method"));
        HttpResponse response = others.isEmpty() ? apiError(404, QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("path not found"))
                                                 : apiError(405, QStringLiteral("REQUEST"), QStringLiteral("method not allowed"));
        QByteArrayList allowed;
        for (const ApiOperation *other : others)
            allowed.append(other->method);
        if (!allowed.isEmpty())
            response.headers.append("Allow", allowed.join(", "));
        return response;
    }
    ApiCall call{world, request, {}, entry.violations, m_origin};
    if (request.method == "POST") {
        if (!request.headers.value("Content-Type").toLower().startsWith("application/json"))
            entry.violations.append(QStringLiteral("Content-Type is not application/json"));
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
        if (request.body.isEmpty())
            entry.violations.append(QStringLiteral("no body"));
        else if (!document.isObject()) {
            entry.violations.append(QStringLiteral("body is not a JSON object"));
            return validatorError(error.error == QJsonParseError::NoError ? QStringLiteral("body must be a JSON object")
                                                                          : QStringLiteral("body is not JSON: %1").arg(error.errorString()));
        }
        call.body = document.object();
    }
    if (m_options.servesEndpoints && qstrcmp(operation->operationId, "getInstance") == 0) {
        if (SandboxInstance *instance = world.instance(request.queryValues(QStringLiteral("instanceId")).value(0)))
            m_endpoints.serve(*instance);
    }
    HttpResponse response = operation->run(call);
    world.noteVolumes();
    return response;
}

Result<Done> SandboxService::setFaults(const QList<SandboxFault> &list, bool replace)
{
    // Looked at first, so that a list that cannot be followed changes nothing.
    const auto refused = [](const QString &what) { return Error::make(ErrorKind::Validation, what); };
    QList<std::pair<QString, std::optional<Milliseconds>>> reclaims;
    QSet<QString> chosen;
    for (const SandboxFault &fault : list) {
        const QString product = fault.json.value(QLatin1String("productId")).toString();
        if (fault.kind == QLatin1String("outOfStock") && !world.catalog().product(product))
            return refused(QStringLiteral("productId: there is no product %1").arg(product));
        if (fault.kind != QLatin1String("spotReclaim"))
            continue;
        const QString wanted = fault.json.value(QLatin1String("instanceId")).toString();
        const QString id = world.reclaimable(wanted, chosen);
        if (id.isEmpty())
            return refused(QStringLiteral("instanceId: there is no running spot instance %1").arg(wanted).trimmed());
        chosen.insert(id);
        const QJsonValue notice = fault.json.value(QLatin1String("noticeSeconds"));
        reclaims.append({id, notice.isUndefined() ? std::nullopt : std::optional(Milliseconds(qint64(notice.toDouble() * 1000)))});
    }
    if ((replace ? 0 : faults.size()) + list.size() > kMaxFaults)
        return refused(QStringLiteral("more than %1 faults").arg(kMaxFaults));
    if (replace)
        faults.clear();
    for (const SandboxFault &fault : list) {
        if (fault.kind != QLatin1String("spotReclaim"))
            faults.add(fault);
    }
    for (const auto &[id, notice] : reclaims)
        world.reclaim(id, notice);
    world.setOutOfStock(faults.outOfStock());
    return Done{};
}

void SandboxService::clearFaults()
{
    faults.clear();
    world.setOutOfStock({});
}

void SandboxService::tick()
{
    {
        const std::lock_guard lock(mutex);
        world.settle();
        m_endpoints.retire(world);
        if (m_options.ambientActivity && world.now() - m_lastActivity >= world.planner().scaled(kActivitySeconds)) {
            m_lastActivity = world.now();
            playAmbientActivity(world);
        }
    }
    for (LogStream &stream : m_streams) {
        const std::lock_guard lock(mutex);
        const SandboxInstance *instance = world.instance(stream.instanceId);
        const bool runs = instance && (instance->state == InstanceState::running || stream.system);
        if (!runs || !stream.responder.write(logLine(stream)))
            stream.responder.finish();
        ++stream.line;
    }
    m_streams.removeIf([](const LogStream &stream) { return !stream.responder.isOpen(); });
}

} // namespace novita
