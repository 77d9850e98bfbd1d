// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/logstream.h"
#include "core/workflows/logtext.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <functional>
#include <memory>

namespace novita {

/// One log that is being read: the stream and the lines it has brought so far. They are kept in memory only.
class LogFeed final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogFeed)

public:
    LogFeed(std::unique_ptr<LogStream> stream, const QUrl &address, QObject *parent = nullptr);

    const LogText &text() const { return m_text; }
    const QUrl &address() const { return m_address; }
    LogStream::State state() const { return m_stream->state(); }
    const QString &problem() const { return m_stream->problem(); }
    void clear();
    /// Whether further lines are to come: a log that ended is asked for again only then.
    void setLive(bool live) { m_stream->setRetrying(live); }
    /// While nobody looks: what comes waits at the sender.
    void setPaused(bool paused) { m_stream->setPaused(paused); }
    /// Asks now instead of after the wait.
    void retry() { m_stream->retry(); }

signals:
    /// There are further lines, or clear() was called.
    void grown();
    void stateChanged();

private:
    std::unique_ptr<LogStream> m_stream;
    const QUrl m_address;
    LogText m_text;
    int m_marked = 1; ///< connections that the text knows of
};

/// Makes feeds. Their connections are apart from the API's: no key, no cookies, nothing in common.
class InstanceLogs final
{
    Q_DISABLE_COPY_MOVE(InstanceLogs)

public:
    /// `random` yields values in [0, 1).
    InstanceLogs(const Clock &clock, std::function<double()> random);

    /// Whom feeds may read from that are opened from now on.
    void setReach(Reach reach) { m_reach = reach; }
    /// Begins to read. The feed must not outlive this.
    std::unique_ptr<LogFeed> open(const QUrl &address);

private:
    const Clock &m_clock;
    std::function<double()> m_random;
    Reach m_reach = Reach::Internet;
    QNetworkAccessManager m_network;
};

} // namespace novita
