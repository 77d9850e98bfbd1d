// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clientstatus.h"

#include <QObject>

namespace novita {

class ApiClient;
class EntityStoreBase;
class Refresher;

/// What `--log-level debug` adds: every finished request with its redacted URL, every change of the breaker, the limiter and
/// the queue, and when the instances are read next. Says nothing, and costs next to nothing, at other levels.
class TrafficLog final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrafficLog)

public:
    /// All must outlive it.
    TrafficLog(const ApiClient &client, const Refresher &refresher, const EntityStoreBase &instances, const Clock &clock, QObject *parent = nullptr);

private:
    void logRequest(const RequestRecord &record) const;
    void logStatus(const ClientStatus &status);
    void logNextPoll(const Refresher &refresher);

    const Clock &m_clock;
    ClientStatus m_last;
    SteadyPoint m_nextPoll{};
};

} // namespace novita
