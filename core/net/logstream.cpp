// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/logstream.h"

#include "core/base/redact.h"
#include "core/net/keylessrequest.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr qint64 kBufferBytes = 256 * 1024;
constexpr std::chrono::milliseconds kPumpEvery{20};
constexpr int kMostRedirects = 3;
constexpr Milliseconds kFirstWait{1000};
constexpr Milliseconds kLongestWait{30000};
constexpr Milliseconds kBeginLimit{30000};
/// A stream that held for so long was a good one: the next wait is short again.
constexpr Milliseconds kHeld{30000};
constexpr Milliseconds kWatchEvery{30000};
/// The steady clock stands still while the machine sleeps: so far the other one is ahead after it.
constexpr Milliseconds kSlept{60000};

} // namespace

LogStream::LogStream(QNetworkAccessManager &network, Reach reach, const Clock &clock, std::function<double()> random, QObject *parent)
    : QObject(parent), m_network(network), m_reach(reach), m_clock(clock), m_random(std::move(random))
{
    m_pump.setSingleShot(true);
    m_retry.setSingleShot(true);
    m_beginning.setSingleShot(true);
    m_beginning.setInterval(kBeginLimit);
    m_watch.setInterval(kWatchEvery);
    connect(&m_watch, &QTimer::timeout, this, &LogStream::wake);
    connect(&m_beginning, &QTimer::timeout, this, [this] { waitForRetry(tr("no answer in time")); });
    connect(&m_pump, &QTimer::timeout, this, &LogStream::pump);
    connect(&m_retry, &QTimer::timeout, this, &LogStream::retry);
}

LogStream::~LogStream()
{
    drop();
}

void LogStream::open(const QUrl &address)
{
    drop();
    m_address = address;
    m_connections = 0;
    m_failures = 0;
    retry();
}

void LogStream::close()
{
    drop();
    m_problem.clear();
    enter(State::Closed);
}

void LogStream::setRetrying(bool retrying)
{
    if (std::exchange(m_retrying, retrying) == retrying)
        return;
    if (retrying && m_state == State::Ended) {
        retry();
    } else if (!retrying && m_state == State::Waiting) {
        m_retry.stop();
        enter(State::Ended);
    }
}

void LogStream::setPaused(bool paused)
{
    m_paused = paused;
    if (paused)
        m_pump.stop();
    else if (m_reply && m_reply->bytesAvailable() > 0)
        m_pump.start(kPumpEvery);
}

void LogStream::retry()
{
    drop();
    m_redirects = 0;
    connectTo(m_address);
}

void LogStream::wake()
{
    if (m_state != State::Streaming)
        return;
    const TimePoint now = m_clock.now();
    const SteadyPoint steady = m_clock.steadyNow();
    const Milliseconds slept = (now - m_seenAt) - (steady - m_seenSteadyAt);
    m_seenAt = now;
    m_seenSteadyAt = steady;
    if (slept >= kSlept && m_retrying)
        retry();
}

void LogStream::connectTo(const QUrl &address)
{
    m_asked = address;
    if (const std::optional<Error> refused = checkReach(address, m_reach)) {
        m_problem = refused->message;
        enter(State::Refused);
        return;
    }
    m_reply = m_network.get(keylessRequest(address));
    m_reply->setParent(this);
    m_reply->setReadBufferSize(kBufferBytes);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &LogStream::begun);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        if (!m_pump.isActive() && !m_paused)
            m_pump.start(kPumpEvery);
    });
    connect(m_reply, &QNetworkReply::finished, this, &LogStream::ended);
    m_beginning.start();
    enter(State::Connecting);
}

void LogStream::begun()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_state != State::Connecting || status < 200)
        return;
    if (status > 299) {
        ended(); // nobody reads what stands below it, and it may have no end
        return;
    }
    m_beginning.stop();
    m_eventStream = m_reply->header(QNetworkRequest::ContentTypeHeader).toString().startsWith(QLatin1String("text/event-stream"), Qt::CaseInsensitive);
    m_begunAt = m_seenSteadyAt = m_clock.steadyNow();
    m_seenAt = m_clock.now();
    m_watch.start();
    m_problem.clear();
    ++m_connections;
    enter(State::Streaming);
}

void LogStream::pump()
{
    if (!m_reply || m_state != State::Streaming)
        return;
    const QByteArray bytes = m_reply->read(kBufferBytes);
    const QPointer<LogStream> self(this);
    if (!bytes.isEmpty())
        emit received(bytes);
    if (!self || !m_reply || m_state != State::Streaming)
        return;
    if (m_reply->bytesAvailable() > 0) {
        if (!m_paused)
            m_pump.start(kPumpEvery);
    } else if (m_reply->isFinished()) {
        ended();
    }
}

void LogStream::ended()
{
    if (!m_reply)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_state == State::Streaming) {
        if (m_reply->bytesAvailable() > 0) {
            if (!m_pump.isActive() && !m_paused)
                m_pump.start(kPumpEvery);
            return; // the rest first
        }
        if (m_clock.steadyNow() - m_begunAt >= kHeld)
            m_failures = 0;
        waitForRetry(m_reply->error() == QNetworkReply::NoError ? QString() : redact(m_reply->errorString()));
        return;
    }
    if (status >= 300 && status <= 399 && m_redirects < kMostRedirects) {
        ++m_redirects;
        const QUrl next = m_asked.resolved(m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl());
        drop();
        connectTo(next);
        return;
    }
    waitForRetry(status > 0 ? tr("HTTP %1").arg(status) : redact(m_reply->errorString()));
}

void LogStream::waitForRetry(const QString &problem)
{
    drop();
    m_problem = problem;
    if (!m_retrying) {
        enter(State::Ended);
        return;
    }
    const auto wait = std::min(kLongestWait, kFirstWait * (1 << std::min(m_failures++, 10)));
    m_retry.start(Milliseconds(static_cast<qint64>(static_cast<double>(wait.count()) * (0.5 + m_random()))));
    enter(State::Waiting);
}

void LogStream::drop()
{
    m_pump.stop();
    m_retry.stop();
    m_beginning.stop();
    m_watch.stop();
    if (!m_reply)
        return;
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void LogStream::enter(State state)
{
    m_state = state;
    emit stateChanged();
}

} // namespace novita
