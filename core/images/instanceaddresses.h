// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/types/instance.h"
#include "core/images/imageserverview.h"
#include "core/net/reach.h"

#include <QHash>
#include <QObject>

namespace novita {

class ApiClient;
class InstanceStore;

/// Where an image server on an instance is now, or why it is nowhere.
struct InstanceAddress
{
    ImageServerState state = ImageServerState::Finding; ///< Ready, Finding, Stopped, Gone or Refused
    QString sentence;                                   ///< empty when it is ready
    QUrl address;                                       ///< when it is known
    bool isAsked = false;                               ///< it is on its way: changed() follows
};

/// Finds the addresses of http ports of instances. The list of instances names none as a rule: then the instance is asked for by itself, once in a while
/// and for each start anew. Thread: the one that made it; never blocks.
class InstanceAddresses final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(InstanceAddresses)

public:
    /// All of them must outlive it.
    InstanceAddresses(const InstanceStore &instances, ApiClient &api, const Clock &clock, QObject *parent = nullptr);

    /// Where addresses may lead: another profile.
    void setReach(Reach reach) { m_reach = reach; }
    /// Of one with ImageServer::isOnInstance(). May ask for it; changed() follows then.
    InstanceAddress find(const ImageServer &server);

signals:
    /// Something that was asked for is here, or is not to be had.
    void changed();

private:
    struct KnownPorts
    {
        std::optional<TimePoint> startedAt;
        QList<PortMapping> ports;
        std::optional<TimePoint> askedAt;
        QString problem;
        bool isAsked = false;
    };

    void followAccount();
    void askForPorts(const InstanceId &id);

    const InstanceStore &m_instances;
    ApiClient &m_api;
    const Clock &m_clock;
    Reach m_reach = Reach::Internet;
    QHash<InstanceId, KnownPorts> m_ports;
    quint64 m_account;
};

} // namespace novita
