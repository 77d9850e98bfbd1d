// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/reachability.h"

#include "core/workflows/stores.h"

#include <utility>

namespace novita {

namespace {

/// So many instances are remembered at most.
constexpr std::size_t kMostInstances = 200;

double noJitter()
{
    return 0.5; // there are no retries to spread
}

} // namespace

ReachabilityCheck::ReachabilityCheck(Stores &stores, EndpointProbe &probe, const Clock &clock, QObject *parent)
    : QObject(parent), m_stores(stores), m_probe(probe), m_clock(clock)
{
    connect(&m_stores.instances, &EntityStoreBase::wasReset, this, [this] { m_known.clear(); });
    connect(&m_stores.instances, &EntityStoreBase::removed, this, [this](const QStringList &ids) {
        for (const QString &id : ids)
            m_known.erase(id);
    });
}

ReachabilityCheck::~ReachabilityCheck() = default;

void ReachabilityCheck::check(const InstanceId &id, const QString &label)
{
    const Instance *instance = m_stores.instances.find(id);
    if (!instance || instance->status != InstanceStatus::Running)
        return;
    if (m_known.size() >= kMostInstances && !m_known.count(id.toString()))
        m_known.clear();
    Known &known = m_known[id.toString()];
    if (known.startedAt != instance->lastStartedAt) {
        known.results.clear();
        known.running.clear();
        known.startedAt = instance->lastStartedAt;
    }
    for (const EndpointStatus &endpoint : endpointsOf(*instance)) {
        if ((label.isEmpty() || endpoint.label == label) && !known.running.count(endpoint.label))
            begin(id, known, endpoint);
    }
    emit changed(id);
}

void ReachabilityCheck::begin(const InstanceId &id, Known &known, const EndpointStatus &endpoint)
{
    EndpointCheck::Limits limits;
    limits.attempts = 1;
    limits.accepted = m_accepted;
    auto check = std::make_unique<EndpointCheck>(m_probe, limits, &noJitter, QList<EndpointStatus>{endpoint});
    EndpointCheck *running = check.get();
    known.running[endpoint.label] = std::move(check);
    known.results[endpoint.label].status = endpoint;
    known.results[endpoint.label].status.state = EndpointStatus::State::Asking;
    connect(running, &EndpointCheck::finished, this, [this, id, label = endpoint.label, running] {
        const auto found = m_known.find(id.toString());
        if (found == m_known.end())
            return;
        found->second.results[label] = {running->endpoints().first(), m_clock.now()};
        // Not from within its own signal.
        if (auto node = found->second.running.extract(label))
            node.mapped().release()->deleteLater();
        emit changed(id);
    });
    running->start();
}

QHash<QString, Reachability> ReachabilityCheck::results(const InstanceId &id) const
{
    const auto found = m_known.find(id.toString());
    const Instance *instance = m_stores.instances.find(id);
    if (found == m_known.end() || !instance || instance->lastStartedAt != found->second.startedAt)
        return {};
    return found->second.results;
}

bool ReachabilityCheck::isChecking(const InstanceId &id) const
{
    const auto found = m_known.find(id.toString());
    return found != m_known.end() && !found->second.running.empty();
}

} // namespace novita
