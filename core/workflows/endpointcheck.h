// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/cloud/types/instance.h"
#include "core/net/endpointprobe.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace novita {

/// The HTTP statuses with which an endpoint counts as alive: "200-399, 401, 403".
class AcceptedStatuses
{
public:
    /// 200-399, and what a service says that works and wants a login or has nothing at its root: 401, 403, 404, 405.
    AcceptedStatuses();
    /// Numbers from 100 to 599 and ranges of them, separated by commas. A problem is ErrorKind::Validation and names the part.
    static Result<AcceptedStatuses> parse(const QString &text);

    bool contains(int status) const;
    QString toString() const;

private:
    std::vector<std::pair<int, int>> m_ranges;
};

/// One endpoint of an instance and how it did.
struct EndpointStatus
{
    enum class State {
        Waiting, ///< not asked yet, or between two attempts
        Asking,
        Alive,
        Dead,    ///< all attempts are used up
        NotAsked, ///< it may not be asked; `problem` says why. No reason to call the instance broken
    };
    QString label;      ///< "8080/http", "SSH"
    ProbeTarget target;
    State state = State::Waiting;
    int attempts = 0;
    ProbeResult last;   ///< of the latest attempt that is over; without a time: there was none
    QString problem;    ///< one phrase when the latest attempt was no success
};

/// Where the services of `instance` should answer: its port mappings that have an address, and SSH. Needs the detail
/// answer; an address that cannot be understood is left out.
QList<EndpointStatus> endpointsOf(const Instance &instance);

/// Asks all endpoints of one instance side by side until each has answered or had its attempts.
///
/// Per attempt 10 s, 4 attempts with waits of 2, 4, 8 s (×0.5 to ×1.5), 300 s for everything; all settable for tests. One thread.
class EndpointCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EndpointCheck)

public:
    struct Limits
    {
        Milliseconds perAttempt{10000};
        int attempts = 4;
        Milliseconds firstWait{2000};
        Milliseconds total{300000};
        AcceptedStatuses accepted;
    };

    /// `random` yields values in [0, 1).
    EndpointCheck(EndpointProbe &probe, const Limits &limits, std::function<double()> random, QList<EndpointStatus> endpoints,
                  QObject *parent = nullptr);

    void start();
    const QList<EndpointStatus> &endpoints() const { return m_endpoints; }
    /// Every endpoint that may be asked has answered.
    bool allAlive() const;
    /// "8080/http: HTTP 502; SSH: connection refused", for those that have not answered.
    QString problems() const;

signals:
    void changed();
    /// Once. Nothing is asked any more.
    void finished();

private:
    void ask(qsizetype index);
    void answered(qsizetype index, const Result<ProbeResult> &result);
    void giveUp();
    void finishWhenDone();

    EndpointProbe &m_probe;
    Limits m_limits;
    std::function<double()> m_random;
    QList<EndpointStatus> m_endpoints;
    std::vector<CallGuard> m_calls;
    QTimer m_end;
    bool m_finished = false;
};

} // namespace novita
