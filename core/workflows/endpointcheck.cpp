// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/endpointcheck.h"

#include "core/cloud/types/portaddress.h"

#include <QStringList>

#include <algorithm>

namespace novita {

namespace {

constexpr int kLowestStatus = 100;
constexpr int kHighestStatus = 599;
constexpr int kLongestList = 256;
constexpr int kHttpsPort = 443;

/// "host:port", "tcp://host:port" or "[v6]:port", as tcp mappings come.
ProbeTarget tcpTarget(const QString &endpoint)
{
    const QUrl url(endpoint.contains(QLatin1String("://")) ? endpoint : QStringLiteral("tcp://") + endpoint, QUrl::StrictMode);
    return {ProbeTarget::Kind::Tcp, {}, url.host(), url.port(0)};
}

ProbeTarget httpTarget(const PortMapping &port)
{
    return {ProbeTarget::Kind::Http, webAddressOf(port), {}, kHttpsPort};
}

} // namespace

AcceptedStatuses::AcceptedStatuses() : m_ranges{{200, 399}, {401, 401}, {403, 405}} {}

Result<AcceptedStatuses> AcceptedStatuses::parse(const QString &text)
{
    AcceptedStatuses out;
    out.m_ranges.clear();
    const QStringList parts = text.left(kLongestList).split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QStringList ends = part.trimmed().split(QLatin1Char('-'));
        bool lowOk = false;
        bool highOk = false;
        const int low = ends.first().trimmed().toInt(&lowOk);
        const int high = ends.last().trimmed().toInt(&highOk);
        if (!lowOk || !highOk || ends.size() > 2 || low < kLowestStatus || high > kHighestStatus || low > high) {
            return Error::make(ErrorKind::Validation,
                               EndpointCheck::tr("“%1” is no status from 100 to 599 and no range of them.").arg(part.trimmed()));
        }
        out.m_ranges.emplace_back(low, high);
    }
    if (out.m_ranges.empty())
        return Error::make(ErrorKind::Validation, EndpointCheck::tr("At least one status is needed, for example 200-399."));
    return out;
}

bool AcceptedStatuses::contains(int status) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(), [status](const auto &range) { return range.first <= status && status <= range.second; });
}

QString AcceptedStatuses::toString() const
{
    QStringList parts;
    for (const auto &[low, high] : m_ranges)
        parts.append(low == high ? QString::number(low) : QStringLiteral("%1-%2").arg(low).arg(high));
    return parts.join(QStringLiteral(", "));
}

QList<EndpointStatus> endpointsOf(const Instance &instance)
{
    QList<EndpointStatus> out;
    for (const PortMapping &port : instance.ports) {
        if (port.endpoint.isEmpty())
            continue;
        const bool http = port.type.startsWith(QLatin1String("http"));
        EndpointStatus status;
        status.label = QStringLiteral("%1/%2").arg(port.port).arg(port.type);
        status.target = http ? httpTarget(port) : tcpTarget(port.endpoint);
        if (http ? status.target.url.isValid() && !status.target.url.host().isEmpty() : !status.target.host.isEmpty() && status.target.port > 0)
            out.append(status);
    }
    if (instance.connection && !instance.connection->sshHost().isEmpty()) {
        EndpointStatus ssh;
        ssh.label = QStringLiteral("SSH");
        ssh.target = {ProbeTarget::Kind::Tcp, {}, instance.connection->sshHost(), instance.connection->sshPort()};
        out.append(ssh);
    }
    return out;
}

EndpointCheck::EndpointCheck(EndpointProbe &probe, const Limits &limits, std::function<double()> random, QList<EndpointStatus> endpoints,
                             QObject *parent)
    : QObject(parent)
    , m_probe(probe)
    , m_limits(limits)
    , m_random(std::move(random))
    , m_endpoints(std::move(endpoints))
    , m_calls(static_cast<std::size_t>(m_endpoints.size()))
{
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, &EndpointCheck::giveUp);
}

void EndpointCheck::start()
{
    m_end.start(m_limits.total);
    for (qsizetype i = 0; i < m_endpoints.size(); ++i)
        ask(i);
    // Through the event loop also without endpoints: whoever starts it connects afterwards.
    QMetaObject::invokeMethod(this, &EndpointCheck::finishWhenDone, Qt::QueuedConnection);
}

void EndpointCheck::ask(qsizetype index)
{
    if (m_finished)
        return;
    EndpointStatus &endpoint = m_endpoints[index];
    endpoint.state = EndpointStatus::State::Asking;
    ++endpoint.attempts;
    m_calls[static_cast<std::size_t>(index)].reset(m_probe.probe(endpoint.target, m_limits.perAttempt))
        ->onFinished(this, [this, index](const Result<ProbeResult> &result) { answered(index, result); });
    emit changed();
}

void EndpointCheck::answered(qsizetype index, const Result<ProbeResult> &result)
{
    EndpointStatus &endpoint = m_endpoints[index];
    if (!result) {
        endpoint.state = EndpointStatus::State::NotAsked;
        endpoint.problem = result.error().message;
    } else {
        endpoint.last = *result;
        const bool http = endpoint.target.kind == ProbeTarget::Kind::Http;
        const bool alive = result->connected && (!http || m_limits.accepted.contains(result->httpStatus));
        endpoint.problem = alive ? QString() : result->connected ? tr("HTTP %1").arg(result->httpStatus) : result->problem;
        if (alive) {
            endpoint.state = EndpointStatus::State::Alive;
        } else if (endpoint.attempts >= m_limits.attempts) {
            endpoint.state = EndpointStatus::State::Dead;
        } else {
            endpoint.state = EndpointStatus::State::Waiting;
            const double jitter = 0.5 + m_random();
            const auto wait = m_limits.firstWait * (1LL << std::min(endpoint.attempts - 1, 16));
            QTimer::singleShot(Milliseconds(static_cast<qint64>(static_cast<double>(wait.count()) * jitter)), this, [this, index] { ask(index); });
        }
    }
    emit changed();
    finishWhenDone();
}

bool EndpointCheck::allAlive() const
{
    return std::all_of(m_endpoints.begin(), m_endpoints.end(), [](const EndpointStatus &e) {
        return e.state == EndpointStatus::State::Alive || e.state == EndpointStatus::State::NotAsked;
    });
}

QString EndpointCheck::problems() const
{
    QStringList parts;
    for (const EndpointStatus &endpoint : m_endpoints) {
        if (endpoint.state != EndpointStatus::State::Alive && endpoint.state != EndpointStatus::State::NotAsked)
            parts.append(QStringLiteral("%1: %2").arg(endpoint.label, endpoint.problem.isEmpty() ? tr("no answer") : endpoint.problem));
    }
    return parts.join(QStringLiteral("; "));
}

void EndpointCheck::giveUp()
{
    for (std::size_t i = 0; i < m_calls.size(); ++i) {
        m_calls[i].reset();
        EndpointStatus &endpoint = m_endpoints[static_cast<qsizetype>(i)];
        if (endpoint.state != EndpointStatus::State::Alive && endpoint.state != EndpointStatus::State::NotAsked)
            endpoint.state = EndpointStatus::State::Dead;
    }
    finishWhenDone();
}

void EndpointCheck::finishWhenDone()
{
    const bool done = std::all_of(m_endpoints.begin(), m_endpoints.end(), [](const EndpointStatus &e) {
        return e.state != EndpointStatus::State::Waiting && e.state != EndpointStatus::State::Asking;
    });
    if (!done || m_finished)
        return;
    m_finished = true;
    m_end.stop();
    emit finished();
}

} // namespace novita
