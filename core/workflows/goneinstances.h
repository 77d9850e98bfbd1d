// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QObject>
#include <QSet>
#include <QString>

namespace novita {

struct Stores;

/// The instances that were in the list of this account and are no more. What has not been seen is not among them: a list that was read
/// with another account's key has none of ours, and no rule or tag may be lost by that. So what was kept of those that went while the
/// program was closed stays, without effect.
///
/// Thread: UI.
class GoneInstances final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GoneInstances)

public:
    /// `stores` must outlive this.
    explicit GoneInstances(const Stores &stores, QObject *parent = nullptr);

    /// Nothing is said while the list is not complete, or its last read failed.
    bool contains(const InstanceId &id) const;

private:
    const Stores &m_stores;
    QSet<QString> m_removed;
};

} // namespace novita
