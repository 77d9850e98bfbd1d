// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/workflows/startupstate.h"

#include <QObject>
#include <QSet>

namespace novita {

class NotificationCenter;
class StartupWatch;
struct Stores;

/// Tells a person how the starts that are being watched ended: ready, failed, late, removed by somebody else. A spot
/// GPU that is taken back is told of by the spot guard. Thread: UI.
class StartupNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartupNotices)

public:
    StartupNotices(const Stores &stores, StartupWatch &watch, NotificationCenter &center, QObject *parent = nullptr);

private:
    void onPhase(const InstanceId &id, StartupState to);
    void onRows(const QStringList &ids);

    const Stores &m_stores;
    const StartupWatch &m_watch;
    NotificationCenter &m_center;
    QSet<QString> m_deletedHere; ///< a deletion was asked for by this program
};

} // namespace novita
