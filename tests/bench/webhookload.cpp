// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/webhookload.h"

#include <QDateTime>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace novita::webhookload {

namespace {

using Time = std::chrono::steady_clock;

constexpr qsizetype kBodyBytes = 600;
constexpr int kFloodConnections = 16;
constexpr std::chrono::seconds kLastAnswers{15};

int connectTo(quint16 port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(socket);
        return -1;
    }
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

double threadCpuUs()
{
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    const auto us = [](const timeval &time) { return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec); };
    return us(usage.ru_utime) + us(usage.ru_stime);
}

/// One connection with at most one request on its way.
class Connection
{
public:
    explicit Connection(quint16 port) : m_port(port), m_socket(connectTo(port)) {}
    ~Connection() { ::close(m_socket); }
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    enum class Answer { None, Ok, Refused };

    int socket() const { return m_socket; }
    bool isBusy() const { return m_busy; }
    Time::time_point since() const { return m_since; }

    void send(const QByteArray &request, Time::time_point since)
    {
        m_since = since;
        m_busy = true;
        m_lost = ::send(m_socket, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL) != request.size();
    }

    Answer receive()
    {
        const ssize_t got = ::recv(m_socket, m_buffer + m_size, sizeof m_buffer - m_size, 0);
        if (got <= 0 || m_lost)
            return ended(Answer::Refused, true);
        m_size += static_cast<std::size_t>(got);
        const std::string_view text(m_buffer, m_size);
        const std::size_t end = text.find("\r\n\r\n");
        const std::size_t length = text.find("Content-Length: ");
        if (end == std::string_view::npos || length > end || m_size < end + 4 + static_cast<std::size_t>(std::atoi(m_buffer + length + 16)))
            return Answer::None;
        return ended(text.starts_with("HTTP/1.1 200") ? Answer::Ok : Answer::Refused, text.find("Connection: close") < end);
    }

private:
    Answer ended(Answer answer, bool closed)
    {
        m_size = 0;
        m_busy = false;
        if (closed) { // the server has served as many as it does on one connection
            ::close(m_socket);
            m_socket = connectTo(m_port);
        }
        return answer;
    }

    quint16 m_port;
    int m_socket;
    char m_buffer[4096];
    std::size_t m_size = 0;
    Time::time_point m_since;
    bool m_busy = false;
    bool m_lost = false;
};

/// Many connections under one poll(), and what came of them.
class Load
{
public:
    Load(quint16 port, int connections)
    {
        for (int i = 0; i < connections; ++i)
            m_connections.emplace_back(port);
        m_polled.resize(m_connections.size());
    }

    std::deque<Connection> &connections() { return m_connections; }

    /// Waits for answers; `idle` is called for each connection that has got one.
    template<typename Idle>
    void turn(int waitMs, Idle idle)
    {
        for (std::size_t i = 0; i < m_polled.size(); ++i)
            m_polled[i] = {m_connections[i].socket(), POLLIN, 0};
        ::poll(m_polled.data(), m_polled.size(), waitMs);
        for (std::size_t i = 0; i < m_polled.size(); ++i) {
            Connection &connection = m_connections[i];
            if (m_polled[i].revents == 0 || !connection.isBusy())
                continue;
            const Time::time_point since = connection.since();
            const Connection::Answer answer = connection.receive();
            if (answer == Connection::Answer::None)
                continue;
            if (answer == Connection::Answer::Ok)
                m_latencies.push_back(std::chrono::duration<float, std::milli>(Time::now() - since).count());
            else
                ++m_failed;
            idle(connection);
        }
    }

    void startMeasuring()
    {
        m_latencies.clear();
        m_failed = 0;
        m_cpuUs = threadCpuUs();
        m_begin = Time::now();
    }

    Figures figures()
    {
        Figures figures;
        figures.failed = m_failed;
        figures.answered = static_cast<qint64>(m_latencies.size());
        if (m_latencies.empty())
            return figures;
        const double count = static_cast<double>(m_latencies.size());
        figures.perSecond = count / std::chrono::duration<double>(Time::now() - m_begin).count();
        figures.senderUs = (threadCpuUs() - m_cpuUs) / count;
        std::sort(m_latencies.begin(), m_latencies.end());
        figures.p50 = static_cast<double>(m_latencies[m_latencies.size() / 2]);
        figures.p99 = static_cast<double>(m_latencies[m_latencies.size() * 99 / 100]);
        figures.worst = static_cast<double>(m_latencies.back());
        return figures;
    }

private:
    std::deque<Connection> m_connections;
    std::vector<pollfd> m_polled;
    std::vector<float> m_latencies;
    Time::time_point m_begin;
    double m_cpuUs = 0;
    qint64 m_failed = 0;
};

} // namespace

QString secretText()
{
    return QStringLiteral("the secret of the benchmark");
}

QByteArray request(const SigningSecret &secret, qint64 number)
{
    const QByteArray time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    QByteArray body = "{\"instanceId\":\"inst_" + QByteArray::number(number) + "\",\"status\":\"running\",\"timestamp\":\"" + time + "\",\"reason\":\"";
    body += QByteArray(kBodyBytes - body.size() - 2, 'x') + "\"}";
    return "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: " + signature::signPlain(secret, body)
        + "\r\nX-Webhook-Timestamp: " + QByteArray::number(QDateTime::currentSecsSinceEpoch()) + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

Figures saturate(quint16 port, int connections, std::chrono::milliseconds span, const std::vector<QByteArray> &pool, std::size_t *next)
{
    Load load(port, connections);
    const auto send = [&](Connection &connection) {
        connection.send(pool[*next], Time::now());
        *next = (*next + 1) % pool.size();
    };
    for (Connection &connection : load.connections())
        send(connection);
    for (const Time::time_point end = Time::now() + span / 4; Time::now() < end;)
        load.turn(100, send);
    load.startMeasuring();
    for (const Time::time_point end = Time::now() + span; Time::now() < end;)
        load.turn(100, send);
    return load.figures();
}

Figures flood(quint16 port, int perSecond, int seconds)
{
    Load load(port, kFloodConnections);
    const SigningSecret secret = *SigningSecret::fromText(secretText());
    const qint64 all = qint64(perSecond) * seconds;
    const auto interval = std::chrono::nanoseconds(1'000'000'000 / perSecond);
    load.startMeasuring();
    const Time::time_point begin = Time::now();
    qint64 sent = 0;
    const auto busy = [&] { return std::any_of(load.connections().begin(), load.connections().end(), [](const Connection &one) { return one.isBusy(); }); };
    while (sent < all || (busy() && Time::now() < begin + std::chrono::seconds(seconds) + kLastAnswers)) {
        for (Connection &connection : load.connections()) {
            const Time::time_point due = begin + interval * sent;
            if (!connection.isBusy() && sent < all && Time::now() >= due)
                connection.send(request(secret, ++sent), due);
        }
        load.turn(1, [](Connection &) {});
    }
    return load.figures();
}

} // namespace novita::webhookload
