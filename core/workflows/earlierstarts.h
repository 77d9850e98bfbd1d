// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/stores/instancestore.h"
#include "core/database/operationlog.h"
#include "core/workflows/startupstate.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>

namespace novita {

struct StartupCase;
struct Stores;

/// The kind of a watched start in the operation log.
QString startupOperationKind();
/// The mark that a row in this state of its start has; None where the cloud's own status says it.
StartupMark startupMarkOf(StartupState state);
/// The same with the time at which it was ready.
StartupNote startupNoteOf(const StartupCase &start);
/// The outcome of a watched start that is over. `startedAt`: what the cloud then gave as the last start of the instance.
QJsonObject startupOutcome(const StartupPhase &phase, const std::optional<TimePoint> &startedAt);

/// What an earlier run of the program found out about instances that still run: their rows get the mark back that the end of
/// their last watched start gave them. Only as long as the cloud gives the very same time for their last start as it did then:
/// what was started anew in between, or has no such time, stays without a mark. Thread: UI.
class EarlierStarts final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EarlierStarts)

public:
    EarlierStarts(Stores &stores, OperationLog &operations, QObject *parent = nullptr);

    /// Forgets what it holds and reads the log of `profile`; of an empty one nothing.
    void setProfile(const ProfileId &profile);
    /// A newer start of `id` is being watched: what the log says of an older one is void.
    void forget(const InstanceId &id);

private:
    struct Ended
    {
        StartupNote note;
        TimePoint startedAt{};
    };

    void take(const QList<Operation> &newestFirst);
    void compare(const QStringList &ids);
    void write();

    Stores &m_stores;
    OperationLog &m_operations;
    CallGuard m_reading;
    QHash<InstanceId, Ended> m_ended;        ///< not yet compared with an answer of the cloud
    QSet<InstanceId> m_newer;                ///< forgotten, perhaps before the log was read
    QHash<InstanceId, StartupNote> m_marks;  ///< of this turn
    QTimer m_writeTimer;
};

} // namespace novita
