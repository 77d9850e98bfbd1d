// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxserver.h"

#include "core/base/logging.h"
#include "core/sandbox/sandboxservice.h"

#include <QThread>

#include <cmath>

namespace novita {

namespace {

constexpr int kMaxInstances = 100000;

HttpLimits limitsFor(const SandboxOptions &options)
{
    HttpLimits limits;
    limits.connections = options.maxConnections;
    limits.lengthRequired = false; // some clients post nothing at all, and get the API's own refusal
    limits.idleDeadline = std::chrono::seconds(75); // as the gateways of clouds have it
    limits.requestsPerConnection = 1'000'000;
    limits.lingerBytes = 2 * kMostMediaBody;
    return limits;
}

QString problemWith(const SandboxOptions &options)
{
    if (options.instances < 0 || options.instances > kMaxInstances)
        return QStringLiteral("instances: expected 0 to %1").arg(kMaxInstances);
    if (!(options.timeScale > 0.0) || !std::isfinite(options.timeScale) || options.timeScale > 1e6)
        return QStringLiteral("time scale: expected a number above 0, up to 1000000");
    for (const QString &which : options.retired) {
        if (!EndpointSwitch::isKnown(which))
            return QStringLiteral("retired: there is no endpoint %1").arg(which);
    }
    if (options.maxConnections < 1)
        return QStringLiteral("connections: expected 1 or more");
    return {};
}

} // namespace

struct SandboxServer::Private
{
    SandboxOptions options;
    SystemClock systemClock;
    std::unique_ptr<SandboxService> service;
    std::unique_ptr<HttpServer> http; ///< used in the thread only
    QThread thread;
    quint16 port = 0;

    /// Runs `action` with the service, locked; `fallback` when not started.
    template<typename T, typename Action>
    T locked(T fallback, Action action) const
    {
        if (!service)
            return fallback;
        const std::lock_guard lock(service->mutex);
        return action(*service);
    }
    template<typename Action>
    Result<Done> command(Action action) const
    {
        if (!service)
            return Error::make(ErrorKind::Network, QStringLiteral("The sandbox is not running"));
        const std::lock_guard lock(service->mutex);
        return action(*service);
    }
};

SandboxServer::SandboxServer(SandboxOptions options) : d(std::make_unique<Private>())
{
    d->options = std::move(options);
    d->thread.setObjectName(QStringLiteral("sandbox"));
}

SandboxServer::~SandboxServer()
{
    stop();
}

Result<quint16> SandboxServer::start()
{
    const QString problem = problemWith(d->options);
    if (!problem.isEmpty())
        return Error::make(ErrorKind::Validation, problem);
    if (d->service)
        return Error::make(ErrorKind::Network, QStringLiteral("The sandbox is running already"));
    d->service = std::make_unique<SandboxService>(d->options, d->options.clock ? *d->options.clock : d->systemClock);
    d->service->moveToThread(&d->thread);
    d->thread.start();
    Result<quint16> port = quint16(0);
    QMetaObject::invokeMethod(d->service.get(), [&] {
        d->http = std::make_unique<HttpServer>(*d->service, limitsFor(d->options), HttpServer::Threading::Caller);
        port = d->http->listen(QHostAddress(QHostAddress::LocalHost), d->options.port);
        if (port)
            d->service->run(QStringLiteral("http://127.0.0.1:%1").arg(*port));
    }, Qt::BlockingQueuedConnection);
    if (!port) {
        stop();
        return port;
    }
    d->port = *port;
    qCInfo(lcSandbox) << "simulated cloud on port" << d->port << "with" << d->options.instances << "instances, seed" << d->options.seed;
    return port;
}

void SandboxServer::stop()
{
    if (!d->service)
        return;
    QMetaObject::invokeMethod(d->service.get(), [this] {
        d->http.reset();
        d->service->halt();
        d->service->moveToThread(nullptr); // free to be deleted from here on, by whichever thread
    }, Qt::BlockingQueuedConnection);
    d->thread.quit();
    d->thread.wait();
    d->service.reset();
    d->port = 0;
}

quint16 SandboxServer::port() const
{
    return d->port;
}

QUrl SandboxServer::apiRoot() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(d->port));
}

Result<Done> SandboxServer::addFault(const QJsonObject &fault)
{
    const auto parsed = parseFaults(fault);
    if (!parsed)
        return parsed.error();
    return d->command([&](SandboxService &service) { return service.setFaults(*parsed, false); });
}

Result<Done> SandboxServer::setFaults(const QJsonArray &faults)
{
    const auto parsed = parseFaults(faults);
    if (!parsed)
        return parsed.error();
    return d->command([&](SandboxService &service) { return service.setFaults(*parsed, true); });
}

void SandboxServer::clearFaults()
{
    d->locked(0, [](SandboxService &service) { service.clearFaults(); return 0; });
}

QJsonArray SandboxServer::faults() const
{
    return d->locked(QJsonArray(), [](SandboxService &service) { return service.faults.toJson(); });
}

QList<SandboxRequest> SandboxServer::requests() const
{
    return d->locked(QList<SandboxRequest>(), [](SandboxService &service) { return service.log.requests(); });
}

QStringList SandboxServer::violations() const
{
    return d->locked(QStringList(), [](SandboxService &service) { return service.log.violations(); });
}

void SandboxServer::clearRequests()
{
    d->locked(0, [](SandboxService &service) { service.log.clear(); return 0; });
}

void SandboxServer::advance(Milliseconds by)
{
    d->locked(0, [by](SandboxService &service) {
        service.world.advance(by);
        service.world.settle();
        return 0;
    });
}

TimePoint SandboxServer::worldNow() const
{
    return d->locked(TimePoint(), [](SandboxService &service) { return service.world.now(); });
}

QStringList SandboxServer::instanceIds() const
{
    return d->locked(QStringList(), [](SandboxService &service) {
        service.world.settle();
        QStringList ids;
        for (const auto &instance : service.world.instances())
            ids.prepend(instance->id);
        return ids;
    });
}

QString SandboxServer::instanceStatus(const QString &id) const
{
    return d->locked(QString(), [&](SandboxService &service) {
        service.world.settle();
        const SandboxInstance *instance = service.world.instance(id);
        return instance ? instanceStateName(instance->state) : QString();
    });
}

Result<Done> SandboxServer::reclaimSpot(const QString &id, std::optional<Milliseconds> notice)
{
    return d->command([&](SandboxService &service) -> Result<Done> {
        if (service.world.reclaim(id, notice))
            return Done{};
        return Error::make(ErrorKind::NotFound, QStringLiteral("There is no such running spot instance"));
    });
}

} // namespace novita
