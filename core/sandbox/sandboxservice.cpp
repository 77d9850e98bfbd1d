// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxservice.h"

#include "core/base/redact.h"
#include "core/sandbox/sandboxpopulate.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kTick{500};
constexpr std::chrono::milliseconds kMediaTick{40};
constexpr double kActivitySeconds = 15;
constexpr qsizetype kLoggedBodyBytes = 16 * 1024;
constexpr qsizetype kParsedForLog = 1024 * 1024; // a picture in a body is not parsed once more only to be counted
constexpr qsizetype kShortestKey = 8;
constexpr qsizetype kMaxFaults = 1000;

QJsonValue loggedBody(const QByteArray &body)
{
    if (body.isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    if (body.size() > kParsedForLog)
        return QStringLiteral("%1 bytes").arg(body.size());
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

/// What a family says to a request without a key that it accepts; nullopt when the request may go on.
std::optional<HttpResponse> keyRefusal(ApiFamily family, bool keyless, bool accepted, bool missing)
{
    if (accepted || family == ApiFamily::Open || (keyless && missing))
        return {};
    if (family == ApiFamily::Gpu)
        return apiError(401, QStringLiteral("UNAUTHORIZED"), QStringLiteral("unauthorized"));
    if (!missing)
        return apiError(403, QStringLiteral("INVALID_API_KEY"), QStringLiteral("the API key is not accepted"));
    return family == ApiFamily::Media ? apiError(400, QStringLiteral("MISSING_API_KEY"), QStringLiteral("no API key was given"))
                                      : apiError(401, QStringLiteral("FAILED_TO_AUTH"), QStringLiteral("no API key was given"));
}

QString taskFailureOf(const QList<SandboxFault> &met)
{
    for (const SandboxFault &fault : met) {
        if (fault.kind == QLatin1String("taskFailed"))
            return fault.json.value(QLatin1String("reason")).toString(QStringLiteral("the worker gave up"));
    }
    return {};
}

QDate dateOf(TimePoint time)
{
    return QDateTime::fromSecsSinceEpoch(std::chrono::floor<Seconds>(time).time_since_epoch().count(), Qt::UTC).date();
}

} // namespace

SandboxService::SandboxService(const SandboxOptions &options, const Clock &clock)
    : world(clock, options.seed, options.timeScale)
    , faults(options.seed)
    , media(world, options)
    , m_options(options)
    , m_operations(allOperations())
{
    populateSandbox(world, options.instances, options.balance);
    for (const QString &which : options.retired)
        media.endpoints().set(which, EndpointLife::Gone, dateOf(world.now()));
    m_lastActivity = world.now();
    m_endpoints.setParent(this);
    m_endpoints.setWebUi([this](const HttpRequest &request, const HttpResponder &responder) { answerWebUi(request, responder); });
    m_timer.setParent(this); // so that it moves to the server's thread together with this
    m_mediaTimer.setParent(this);
    media.setParent(this);
    connect(&m_timer, &QTimer::timeout, this, &SandboxService::tick);
    connect(&m_mediaTimer, &QTimer::timeout, this, &SandboxService::tickMedia);
}

void SandboxService::run(const QString &origin)
{
    m_origin = origin;
    media.setOrigin(origin);
    m_timer.start(kTick);
}

void SandboxService::halt()
{
    m_timer.stop();
    m_mediaTimer.stop();
    media.halt();
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

qint64 SandboxService::bodyLimit(const HttpRequest &head, const HttpLimits &limits) const
{
    return isMediaPath(head.path) ? kMostMediaBody : limits.bodyBytes;
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
            Outcome outcome = answer(request, entry);
            log.append(std::move(entry));
            if (outcome.defer)
                outcome.defer({responder, outcome.faults});
            wakeMedia();
            if (outcome.defer)
                return;
            response = std::move(outcome.response);
        }
    }
    responder.send(std::move(response));
}

SandboxService::Outcome SandboxService::answer(const HttpRequest &request, SandboxRequest &entry)
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
        if (!candidate.takes(request.path))
            continue;
        samePath.append(&candidate);
        if (method == candidate.method && !operation)
            operation = &candidate;
    }
    if (operation)
        entry.operation = QLatin1String(operation->operationId);

    const QList<SandboxFault> met = faults.take(entry.operation, request);
    std::optional<HttpResponse> before;
    for (const SandboxFault &fault : met) {
        entry.fault = fault.kind;
        if (!before)
            before = faultBefore(fault, std::chrono::floor<Seconds>(world.now()));
    }
    Outcome outcome;
    if (before)
        outcome.response = *before;
    else if (auto refused = keyRefusal(operation ? operation->family : isMediaPath(request.path) ? ApiFamily::Media : ApiFamily::Gpu,
                                       operation && operation->keyless, keyAccepted, entry.authorization == QLatin1String("missing")))
        outcome.response = *refused;
    else
        outcome = operation ? perform(request, entry, *operation, met) : Outcome{noOperation(entry, samePath)};
    if (outcome.defer)
        outcome.faults = met;
    else {
        for (const SandboxFault &fault : met)
            faultAfter(fault, outcome.response);
    }
    const bool silent = outcome.response.fault.end != ResponseFault::End::Normal && !outcome.response.fault.truncateAt;
    entry.status = silent ? 0 : outcome.response.status;
    return outcome;
}

HttpResponse SandboxService::noOperation(SandboxRequest &entry, const QList<const ApiOperation *> &samePath) const
{
    entry.violations.append(samePath.isEmpty() ? QStringLiteral("unknown path") : QStringLiteral("wrong method"));
    if (samePath.isEmpty())
        return apiError(404, isMediaPath(entry.path) ? QStringLiteral("API_NOT_FOUND") : QStringLiteral("RESOURCE_NOT_FOUND"), QStringLiteral("path not found"));
    HttpResponse response = apiError(405, QStringLiteral("REQUEST"), QStringLiteral("method not allowed"));
    QByteArrayList allowed;
    for (const ApiOperation *other : samePath)
        allowed.append(other->method);
    response.headers.append("Allow", allowed.join(", "));
    return response;
}

SandboxService::Outcome SandboxService::perform(const HttpRequest &request, SandboxRequest &entry, const ApiOperation &operation, const QList<SandboxFault> &met)
{
    ApiCall call{world, request, {}, entry.violations, m_origin, &media, operation.family, taskFailureOf(met), !met.isEmpty()};
    if (request.method == "POST" && operation.family != ApiFamily::Open) {
        if (!request.headers.value("Content-Type").toLower().startsWith("application/json"))
            entry.violations.append(QStringLiteral("Content-Type is not application/json"));
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
        if (request.body.isEmpty())
            entry.violations.append(QStringLiteral("no body"));
        else if (!document.isObject()) {
            entry.violations.append(QStringLiteral("body is not a JSON object"));
            const QString problem = error.error == QJsonParseError::NoError ? QStringLiteral("body must be a JSON object")
                                                                            : QStringLiteral("body is not JSON: %1").arg(error.errorString());
            return {operation.family == ApiFamily::Gpu ? validatorError(problem) : bodyError(problem)};
        }
        call.body = document.object();
    }
    if (m_options.servesEndpoints && operation.operationId == "getInstance") {
        if (SandboxInstance *instance = world.instance(request.queryValues(QStringLiteral("instanceId")).value(0)))
            m_endpoints.serve(*instance);
    }
    HttpResponse response = operation.run(call);
    world.noteVolumes();
    return {std::move(response), std::move(call.defer)};
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
    applyStandingFaults();
    return Done{};
}

void SandboxService::applyStandingFaults()
{
    world.setOutOfStock(faults.outOfStock());
    media.setRateLimited(!faults.ofKind(QLatin1String("endpointLimits")).isEmpty());
    media.endpoints().clearFaults();
    for (const SandboxFault &fault : faults.ofKind(QLatin1String("retired"))) {
        const bool forbidden = fault.json.value(QLatin1String("status")) == 403;
        media.endpoints().setFault(fault.json.value(QLatin1String("endpoint")).toString(), forbidden ? EndpointLife::Forbidden : EndpointLife::Gone, dateOf(world.now()));
    }
}

void SandboxService::clearFaults()
{
    faults.clear();
    applyStandingFaults();
}

void SandboxService::wakeMedia()
{
    if (media.isBusy() && !m_mediaTimer.isActive())
        m_mediaTimer.start(kMediaTick);
}

void SandboxService::answerWebUi(const HttpRequest &request, const HttpResponder &responder)
{
    std::function<void(const DeferredAnswer &)> defer;
    HttpResponse response;
    {
        const std::lock_guard lock(mutex);
        world.settle();
        response = media.webUi().answer(request, request.path, defer);
        if (defer)
            defer({responder, {}});
        wakeMedia();
    }
    if (!defer)
        responder.send(std::move(response));
}

void SandboxService::tickMedia()
{
    const std::lock_guard lock(mutex);
    media.tick();
    if (!media.isBusy())
        m_mediaTimer.stop();
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
