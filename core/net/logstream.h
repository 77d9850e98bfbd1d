// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/net/reach.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QUrl>

#include <functional>

class QNetworkAccessManager;
class QNetworkReply;

namespace novita {

/// Reads an endless answer over HTTP piece by piece: the logs of an instance, whose addresses the cloud gives and which nobody
/// has documented (gpu-notes section 10). Sends no key, no cookie, nothing that tells of the account; follows three redirects
/// to addresses that are as allowed as the first.
///
/// When the answer ends, breaks or does not begin in time it is asked for again after 1, 2, 4 … 30 s (×0.5 to ×1.5), until close(); at once after
/// the machine has slept, since the other side has rarely waited for it. Of a peer that is gone without a word TCP
/// keep-alive tells, which Qt switches on and the system times. A flood is taken in at 12 MB a second at most, so that
/// the thread stays free; TCP holds the sender back. One thread.
class LogStream final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogStream)

public:
    enum class State {
        Closed,     ///< not opened, or closed by the owner
        Connecting,
        Streaming,
        Waiting,    ///< until the next attempt; problem() is empty when the answer simply ended
        Ended,      ///< the answer ended, and setRetrying(false) says that nothing more is to come
        Refused,    ///< the address may not be asked: nothing will happen
    };

    /// `network`: outlives the stream. `random` yields values in [0, 1).
    LogStream(QNetworkAccessManager &network, Reach reach, const Clock &clock, std::function<double()> random, QObject *parent = nullptr);
    ~LogStream() override;

    /// So long an answer may take to begin; 30 s unless told otherwise. Once begun it may be silent.
    void setBeginLimit(Milliseconds limit) { m_beginning.setInterval(limit); }
    /// Ends what was read before and reads from `address`.
    void open(const QUrl &address);
    void close();
    /// Whether an answer that ended is asked for again. From false to true: at once.
    void setRetrying(bool retrying);
    /// While paused nothing is taken in beyond the buffers: TCP holds the sender back.
    void setPaused(bool paused);
    /// Asks now instead of after the wait.
    void retry();
    /// Looks at the clock now instead of when the timer fires: after a resume from sleep, and in tests.
    void wake();

    State state() const { return m_state; }
    /// Why the last attempt ended, one phrase.
    const QString &problem() const { return m_problem; }
    /// The pieces are "data:" lines (text/event-stream).
    bool isEventStream() const { return m_eventStream; }
    /// Answers that have begun since open(): from the second on, what comes may have come before.
    int connections() const { return m_connections; }

signals:
    void received(const QByteArray &bytes);
    void stateChanged();

private:
    void connectTo(const QUrl &address);
    void begun();
    void pump();
    void ended();
    void waitForRetry(const QString &problem);
    void drop();
    void enter(State state);

    QNetworkAccessManager &m_network;
    const Reach m_reach;
    const Clock &m_clock;
    std::function<double()> m_random;
    QUrl m_address;
    QUrl m_asked;              ///< where the redirects have led so far
    QPointer<QNetworkReply> m_reply;
    QTimer m_pump;
    QTimer m_retry;
    QTimer m_beginning;
    QTimer m_watch;            ///< of the clock, while an answer runs
    State m_state = State::Closed;
    QString m_problem;
    bool m_retrying = true;
    bool m_paused = false;
    bool m_eventStream = false;
    int m_connections = 0;
    int m_redirects = 0;
    int m_failures = 0;        ///< in a row
    SteadyPoint m_begunAt{};
    TimePoint m_seenAt{};      ///< the clocks when they were last looked at
    SteadyPoint m_seenSteadyAt{};
};

} // namespace novita
