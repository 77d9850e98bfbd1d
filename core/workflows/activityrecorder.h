// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/stores/activitystore.h"
#include "core/cloud/stores/instancestore.h"
#include "core/cloud/types/instancestate.h"
#include "core/workflows/connectionstate.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace novita {

class ApiClient;
struct Stores;

/// Writes the activity: every finished request, and an event for each transition (a status moved, an instance came or
/// went, reading began to fail or works again, the connection changed). Never one for each poll.
class ActivityRecorder final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActivityRecorder)

public:
    ActivityRecorder(ApiClient &client, Stores &stores, const Clock &clock, QObject *parent = nullptr);

    /// A sentence about the session itself: key, keychain, profile.
    void note(EventSeverity severity, const QString &text, const QString &detail = {});
    /// Tells of the change once; Connecting, RateLimited and such come and go without an event.
    void noteConnection(ConnectionState state);

private:
    void onInserted(const QStringList &ids);
    void onChanged(const QStringList &ids);
    void onRemoved(const QStringList &ids);
    void onStatusChanged(const InstanceId &id, InstanceStatus from, InstanceStatus to);
    void onFreshness();
    void tell(EventSeverity severity, EventSource source, const InstanceId &id, const QString &name, const QString &text);
    EventSource whoMoved(const InstanceId &id) const;
    EventSource whoSaw(const InstanceId &id) const;

    Stores &m_stores;
    const Clock &m_clock;
    QHash<InstanceId, QString> m_names;      ///< to speak of what is gone
    QHash<InstanceId, AskedAction> m_asked;  ///< what this program last asked of an instance
    QSet<InstanceId> m_justSeen;             ///< rows whose first status is still to be told
    bool m_firstListRead = false;
    bool m_failing = false;
    ConnectionState m_connection = ConnectionState::NoProfile;
};

} // namespace novita
