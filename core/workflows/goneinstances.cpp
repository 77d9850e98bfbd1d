// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/goneinstances.h"

#include "core/workflows/stores.h"

namespace novita {

GoneInstances::GoneInstances(const Stores &stores, QObject *parent)
    : QObject(parent)
    , m_stores(stores)
{
    connect(&stores.instances, &EntityStoreBase::removed, this, [this](const QStringList &ids) { m_removed.unite(QSet<QString>(ids.begin(), ids.end())); });
    connect(&stores.instances, &EntityStoreBase::wasReset, this, [this] { m_removed.clear(); });
}

bool GoneInstances::contains(const InstanceId &id) const
{
    return m_removed.contains(id.toString()) && !m_stores.instances.find(id) && m_stores.instances.refreshedAt() && m_stores.instances.isWhole()
           && !m_stores.instances.lastError();
}

} // namespace novita
