// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signed deliveries of 600 bytes over 1 and over 32 connections: this program's receiver (checked, parsed, stored and synced before
// each answer), its server verifying only, and a plain Node server that verifies only or also appends and syncs. All in one run, by the same
// load generator, which shares the machine with them. Prints answers per second and latencies in milliseconds.
#include "core/http/httpmessage.h"
#include "core/http/httpserver.h"
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/signature.h"
#include "core/webhooks/webhookreceiver.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTextStream>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <vector>

using namespace novita;

namespace {

constexpr qsizetype kBodyBytes = 600;
constexpr auto kWarmUp = std::chrono::milliseconds(500);
constexpr auto kMeasured = std::chrono::milliseconds(4000);

using Time = std::chrono::steady_clock;

const QString &secretText()
{
    static const QString text = QStringLiteral("the secret of the benchmark");
    return text;
}

/// A delivery that has not been sent before.
QByteArray nextRequest(const SigningSecret &secret)
{
    static qint64 number = 0;
    const QByteArray time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    QByteArray body = "{\"instanceId\":\"inst_" + QByteArray::number(++number) + "\",\"status\":\"running\",\"timestamp\":\"" + time + "\",\"reason\":\"";
    body += QByteArray(kBodyBytes - body.size() - 2, 'x') + "\"}";
    return "POST /webhook HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Webhook-Signature: " + signature::signPlain(secret, body)
        + "\r\nX-Webhook-Timestamp: " + QByteArray::number(QDateTime::currentSecsSinceEpoch()) + "\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

struct Connection
{
    int socket = -1;
    QByteArray received;
    Time::time_point sentAt;
    int served = 0;
};

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

struct Figures
{
    double perSecond = 0;
    double p50 = 0;
    double p99 = 0;
    int failed = 0;
};

/// One thread that keeps `connections` busy, one request at a time on each.
class Load
{
public:
    Load(quint16 port, int connections) : m_port(port), m_secret(*SigningSecret::fromText(secretText())), m_connections(static_cast<std::size_t>(connections)) {}

    Figures run()
    {
        for (Connection &connection : m_connections)
            open(connection);
        turn(kWarmUp);
        m_latencies.clear();
        const Time::time_point begin = Time::now();
        turn(kMeasured);
        const double seconds = std::chrono::duration<double>(Time::now() - begin).count();
        for (Connection &connection : m_connections)
            ::close(connection.socket);
        Figures figures;
        figures.failed = m_failed;
        if (m_latencies.empty())
            return figures;
        std::sort(m_latencies.begin(), m_latencies.end());
        figures.perSecond = static_cast<double>(m_latencies.size()) / seconds;
        figures.p50 = m_latencies[m_latencies.size() / 2];
        figures.p99 = m_latencies[m_latencies.size() * 99 / 100];
        return figures;
    }

private:
    void open(Connection &connection)
    {
        connection.socket = connectTo(m_port);
        connection.received.clear();
        send(connection);
    }

    void send(Connection &connection)
    {
        const QByteArray request = nextRequest(m_secret);
        connection.sentAt = Time::now();
        if (::send(connection.socket, request.constData(), static_cast<std::size_t>(request.size()), MSG_NOSIGNAL) != request.size())
            ++m_failed;
    }

    void turn(std::chrono::milliseconds span)
    {
        std::vector<pollfd> waiting(m_connections.size());
        for (const Time::time_point end = Time::now() + span; Time::now() < end;) {
            for (std::size_t i = 0; i < waiting.size(); ++i)
                waiting[i] = {m_connections[i].socket, POLLIN, 0};
            ::poll(waiting.data(), waiting.size(), 100);
            for (std::size_t i = 0; i < waiting.size(); ++i) {
                if (waiting[i].revents != 0)
                    receive(m_connections[i]);
            }
        }
    }

    void receive(Connection &connection)
    {
        char buffer[4096];
        const ssize_t got = ::recv(connection.socket, buffer, sizeof buffer, 0);
        if (got <= 0) { // the server has served as many as it does on one connection
            ::close(connection.socket);
            open(connection);
            return;
        }
        connection.received.append(buffer, got);
        const qsizetype end = connection.received.indexOf("\r\n\r\n");
        const qsizetype length = connection.received.toLower().indexOf("content-length: ");
        if (end < 0 || connection.received.size() < end + 4 + connection.received.mid(length + 16, 4).split('\r').first().toInt())
            return;
        if (connection.received.startsWith("HTTP/1.1 200"))
            m_latencies.push_back(std::chrono::duration<double, std::milli>(Time::now() - connection.sentAt).count());
        else
            ++m_failed;
        const bool closes = connection.received.contains("Connection: close");
        connection.received.clear();
        if (!closes) {
            send(connection);
            return;
        }
        ::close(connection.socket);
        open(connection);
    }

    quint16 m_port;
    SigningSecret m_secret;
    std::vector<Connection> m_connections;
    std::vector<double> m_latencies;
    int m_failed = 0;
};

/// The same server and the same check, and nothing after it.
class Verifier final : public HttpHandler
{
public:
    void handle(const HttpRequest &request, HttpResponder responder) override
    {
        const bool ok = signature::check(m_secrets, request.headers, request.body, m_clock.now()).ok();
        responder.send(HttpResponse::text(ok ? 200 : 401, R"({"received":true})", "application/json"));
    }

private:
    SystemClock m_clock;
    SigningSecrets m_secrets{*SigningSecret::fromText(secretText())};
};

void print(QTextStream &out, const char *name, quint16 port)
{
    for (const int connections : {1, 32}) {
        const Figures figures = Load(port, connections).run();
        out << QStringLiteral("%1 %2 connections %3/s   p50 %4   p99 %5   failed %6\n")
                   .arg(QLatin1String(name), -34).arg(connections, 2).arg(figures.perSecond, 9, 'f', 0)
                   .arg(figures.p50, 7, 'f', 2).arg(figures.p99, 7, 'f', 2).arg(figures.failed)
            << Qt::flush;
    }
}

void printNode(QTextStream &out, const char *name, const QStringList &arguments)
{
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    if (node.isEmpty()) {
        out << name << ": Node is not installed, so there is nothing to compare with\n";
        return;
    }
    QProcess server;
    server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    server.start(node, QStringList{QStringLiteral(NOVITA_SOURCE_DIR "/tests/bench/webhooks_node.js"), secretText()} + arguments);
    while (!server.canReadLine() && server.waitForReadyRead(10000)) { }
    print(out, name, server.readLine().trimmed().toUShort());
    server.kill();
    server.waitForFinished();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);
    QTemporaryDir folder; // where TMPDIR says: a memory file system makes syncing free, and the figures worthless
    const QHostAddress loopback(QHostAddress::LocalHost);
    {
        const SystemClock clock;
        DeliveryStore store(clock, folder.filePath(QStringLiteral("deliveries.sqlite")));
        WebhookReceiver receiver(store, clock);
        WebhookConfig config;
        config.secrets = {*SigningSecret::fromText(secretText())};
        config.perMinute = 0;
        receiver.configure(config);
        const Result<quint16> port = receiver.listen(loopback, 0);
        if (!port)
            return 1;
        print(out, "receiver, stored and synced", *port);
    }
    {
        Verifier verifier;
        HttpServer server(verifier);
        const Result<quint16> port = server.listen(loopback, 0);
        if (!port)
            return 1;
        print(out, "this server, verifying only", *port);
    }
    printNode(out, "Node, verifying only", {QStringLiteral("verify")});
    printNode(out, "Node, appended and synced", {QStringLiteral("store"), folder.filePath(QStringLiteral("node.log"))});
    return 0;
}
