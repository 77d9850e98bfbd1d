// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/resourceuse.h"

#include "core/base/displaytext.h"
#include "core/workflows/stores.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Resources)
};

constexpr qsizetype kMostNamed = 3;

bool isUsedBy(const Instance &instance, ResourceKind kind, const QString &id)
{
    switch (kind) {
    case ResourceKind::RegistryAuth: return instance.imageAuthId.toString() == id;
    case ResourceKind::Network: return instance.networkId.toString() == id;
    case ResourceKind::Storage:
        return std::any_of(instance.volumes.begin(), instance.volumes.end(), [&id](const VolumeMount &mount) { return mount.id.toString() == id; });
    default: return false;
    }
}

} // namespace

QStringList resourceUsers(const Stores &stores, ResourceKind kind, const QString &id)
{
    QStringList users;
    if (id.isEmpty() || kind == ResourceKind::Template || kind == ResourceKind::Prewarm)
        return users;
    const VpcNetwork *network = kind == ResourceKind::Network ? stores.networks.find(NetworkId(id)) : nullptr;
    const QSet<InstanceId> members = network ? QSet<InstanceId>(network->members.begin(), network->members.end()) : QSet<InstanceId>();
    for (const InstanceId &instanceId : stores.instances.ids()) {
        const Instance &instance = *stores.instances.find(instanceId);
        if (instance.status != InstanceStatus::Removed && (isUsedBy(instance, kind, id) || members.contains(instanceId)))
            users.append(instance.displayName());
    }
    for (const InstanceId &member : members) {
        // A network may hold instances that the list does not show.
        if (!stores.instances.contains(member))
            users.append(displayLine(member.toString()));
    }
    if (kind == ResourceKind::RegistryAuth) {
        for (const TemplateId &templateId : stores.templates.ids()) {
            const InstanceTemplate &row = *stores.templates.find(templateId);
            if (row.channel == QLatin1String("private") && row.imageAuthId.toString() == id)
                users.append(Text::tr("template %1").arg(displayLine(row.name)));
        }
    }
    return users;
}

QString useSentence(const QStringList &users)
{
    switch (users.size()) {
    case 0: return {};
    case 1: return Text::tr("“%1” uses it.").arg(users.first());
    case 2: return Text::tr("“%1” and “%2” use it.").arg(users.at(0), users.at(1));
    default: break;
    }
    if (users.size() <= kMostNamed)
        return Text::tr("“%1”, “%2” and “%3” use it.").arg(users.at(0), users.at(1), users.at(2));
    return Text::tr("“%1”, “%2” and %Ln other(s) use it.", nullptr, static_cast<int>(users.size() - 2)).arg(users.at(0), users.at(1));
}

} // namespace novita
