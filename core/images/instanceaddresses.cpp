// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/instanceaddresses.h"

#include "core/cloud/services/instanceservice.h"
#include "core/cloud/stores/instancestore.h"
#include "core/cloud/types/portaddress.h"

namespace novita {

namespace {

/// Before the ports of an instance are asked for once more.
constexpr Milliseconds kAskAgain{30'000};

} // namespace

InstanceAddresses::InstanceAddresses(const InstanceStore &instances, ApiClient &api, const Clock &clock, QObject *parent)
    : QObject(parent), m_instances(instances), m_api(api), m_clock(clock), m_account(instances.account())
{
}

/// What was asked for with another key is nothing of this account's.
void InstanceAddresses::followAccount()
{
    if (m_account == m_instances.account())
        return;
    m_account = m_instances.account();
    m_ports.clear();
}

InstanceAddress InstanceAddresses::find(const ImageServer &server)
{
    followAccount();
    InstanceAddress found;
    const auto is = [&found](ImageServerState state, const QString &sentence) {
        found.state = state;
        found.sentence = sentence;
        return found;
    };
    const Instance *instance = m_instances.find(server.instance);
    if (!instance && !m_instances.refreshedAt())
        return is(ImageServerState::Finding, tr("The instances are being read."));
    if (!instance)
        return is(ImageServerState::Gone, tr("Its instance is not among those of this account."));
    if (instance->status != InstanceStatus::Running)
        return is(ImageServerState::Stopped, tr("The instance “%1” does not run.").arg(instance->displayName()));
    // The list of instances names no addresses; those that were asked for here go for the start that they were asked in.
    const auto asked = m_ports.constFind(instance->id);
    const bool knows = asked != m_ports.constEnd() && asked->startedAt == instance->lastStartedAt;
    QList<PortMapping> ports = instance->ports;
    if (knows)
        ports += asked->ports;
    bool isThere = false;
    for (const PortMapping &port : std::as_const(ports)) {
        if (port.port != server.port || !port.type.startsWith(QLatin1String("http")))
            continue;
        isThere = true;
        const QUrl address = webAddressOf(port);
        if (!address.isValid() || address.host().isEmpty())
            continue;
        found.address = address.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment);
        if (const std::optional<Error> refused = checkReach(found.address, m_reach))
            return is(ImageServerState::Refused, refused->message);
        // What may be asked locally is near; a name that the cloud gave is not, whatever it looks like.
        if (!server.user.isEmpty() && m_reach != Reach::Local && isReadableOnTheWay(found.address))
            return is(ImageServerState::Refused, tr("User and password are not sent to this address: without encryption (http) they could be read on the way. Remove the user, or choose a port that answers by https."));
        return is(ImageServerState::Ready, {});
    }
    if (!isThere)
        return is(ImageServerState::Gone, tr("The instance “%1” has no http port %2.").arg(instance->displayName()).arg(server.port));
    askForPorts(instance->id);
    const QString problem = knows ? asked->problem : QString();
    found.isAsked = m_ports.value(instance->id).isAsked;
    return is(ImageServerState::Finding, problem.isEmpty() ? tr("The address of its port is being read.") : tr("The address of its port cannot be read: %1").arg(problem));
}

void InstanceAddresses::askForPorts(const InstanceId &id)
{
    const Instance *instance = m_instances.find(id);
    KnownPorts &known = m_ports[id];
    const bool isSameStart = known.startedAt == instance->lastStartedAt;
    if (known.askedAt && isSameStart && m_clock.now() - *known.askedAt < kAskAgain)
        return;
    known = {instance->lastStartedAt, {}, m_clock.now(), {}, true};
    InstanceService(m_api).get(id)->onFinished(this, [this, id, startedAt = known.startedAt, account = m_account](const Result<Instance> &told) {
        const auto asked = m_ports.find(id);
        const bool isWanted = account == m_account && asked != m_ports.end() && asked->startedAt == startedAt;
        if (isWanted) {
            asked->isAsked = false;
            if (told)
                asked->ports = told->ports;
            else
                asked->problem = told.error().message;
        }
        emit changed(); // in any case: somebody may wait for it
    });
}

} // namespace novita
