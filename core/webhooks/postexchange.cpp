// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/postexchange.h"

#include <algorithm>
#include <array>
#include <utility>

namespace novita {

namespace {

using Stage = PostReport::Stage;

constexpr qint64 kReadBuffer = 64 * 1024;

/// Fields that belong to one connection, and those that this sender writes itself.
bool belongsToConnection(const QByteArray &name)
{
    static constexpr std::array kNames{"host", "content-length", "connection", "transfer-encoding", "expect", "keep-alive",
                                       "proxy-connection", "proxy-authorization", "te", "trailer", "upgrade"};
    return std::any_of(kNames.begin(), kNames.end(), [&name](const char *own) { return name.compare(own, Qt::CaseInsensitive) == 0; });
}

/// A field that would break out of its line is not sent.
bool isSendable(const HttpHeaders::Field &field)
{
    const auto isToken = [](char c) { return c > ' ' && c < 0x7f && c != ':'; };
    const auto isPlain = [](char c) { return c != '\r' && c != '\n' && c != '\0'; };
    return !field.name.isEmpty() && std::all_of(field.name.begin(), field.name.end(), isToken) && std::all_of(field.value.begin(), field.value.end(), isPlain);
}

} // namespace

int lookupHost(const QString &host, QObject *context, std::function<void(const QHostInfo &)> done)
{
    return QHostInfo::lookupHost(host, context, std::move(done));
}

PostExchange::PostExchange(const PostRequest &request, const Route &route, const Clock &clock, Call<PostReport> *call, QObject *parent)
    : QObject(parent), m_request(request), m_route(route), m_clock(clock), m_begin(clock.steadyNow()), m_call(call)
{
    m_deadline.setSingleShot(true);
    m_attempt.setSingleShot(true);
    m_socket.setProxy(m_route.proxy);
    m_socket.setReadBufferSize(kReadBuffer);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        // The status is what counts; a body that does not end is not waited for.
        if (m_answer.state() == PostAnswer::State::Body)
            finish({});
        else
            finish(Error::make(ErrorKind::Timeout, WebhookPoster::tr("%1 did not answer in time.").arg(m_request.url.host())));
    });
    connect(&m_attempt, &QTimer::timeout, this, &PostExchange::connectNext);
    connect(&m_socket, &QSslSocket::connected, this, &PostExchange::onConnected);
    connect(&m_socket, &QSslSocket::encrypted, this, &PostExchange::send);
    connect(&m_socket, &QSslSocket::sslErrors, this, &PostExchange::onSslErrors);
    connect(&m_socket, &QSslSocket::readyRead, this, &PostExchange::read);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &PostExchange::onFailed);
    call->setCanceler([self = QPointer<PostExchange>(this)] {
        if (self)
            self->deleteLater();
    });
}

PostExchange::~PostExchange()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
    m_socket.disconnect(this);
    m_socket.abort();
}

bool PostExchange::isEncrypted() const
{
    return m_request.url.scheme() == QLatin1String("https");
}

quint16 PostExchange::port() const
{
    constexpr int kHttps = 443;
    constexpr int kHttp = 80;
    return static_cast<quint16>(m_request.url.port(isEncrypted() ? kHttps : kHttp));
}

void PostExchange::start()
{
    m_deadline.start(m_request.timeout);
    if (m_route.proxy.type() == QNetworkProxy::NoProxy)
        resolve();
    else if (m_request.policy && QHostAddress(m_request.url.host()).isNull())
        checkForProxy();
    else // an address was checked as it was typed
        connectByProxy();
}

/// The proxy picks one of the addresses: all must be allowed.
void PostExchange::checkForProxy()
{
    m_report.stage = Stage::Resolving;
    QTimer::singleShot(m_route.lookupBehindProxy, this, &PostExchange::connectByProxy);
    m_lookup = m_route.lookup(m_request.url.host(), this, [this](const QHostInfo &info) {
        m_lookup = -1;
        if (m_report.stage != Stage::Resolving)
            return; // too late
        const Result<QList<QHostAddress>> allowed = m_request.policy->reachable(m_request.url, info.addresses());
        if (!info.addresses().isEmpty() && (!allowed || allowed->size() < info.addresses().size())) {
            m_report.stage = Stage::Refused;
            finish(allowed ? Error::make(ErrorKind::Validation, WebhookPoster::tr("The name %1 also leads to an address that nothing is sent to.").arg(m_request.url.host()))
                           : allowed.error());
            return;
        }
        connectByProxy();
    });
}

void PostExchange::connectByProxy()
{
    if (m_ended || m_report.stage >= Stage::Connecting)
        return;
    m_report.stage = Stage::Connecting;
    connectTo(m_request.url.host());
}

void PostExchange::resolve()
{
    m_report.stage = Stage::Resolving;
    const QHostAddress literal(m_request.url.host());
    if (!literal.isNull()) {
        takeAddresses({literal});
        return;
    }
    m_lookup = m_route.lookup(m_request.url.host(), this, [this](const QHostInfo &info) {
        m_lookup = -1;
        if (info.error() != QHostInfo::NoError)
            finish(Error::make(ErrorKind::Network, WebhookPoster::tr("The name %1 cannot be resolved.").arg(m_request.url.host()), info.errorString()));
        else
            takeAddresses(info.addresses());
    });
}

void PostExchange::takeAddresses(const QList<QHostAddress> &addresses)
{
    m_addresses = addresses;
    if (m_request.policy) {
        const Result<QList<QHostAddress>> allowed = m_request.policy->reachable(m_request.url, addresses);
        if (!allowed) {
            m_report.stage = allowed.error().kind == ErrorKind::Validation ? Stage::Refused : Stage::Resolving;
            finish(allowed.error());
            return;
        }
        m_addresses = *allowed;
    }
    connectNext();
}

void PostExchange::connectNext()
{
    m_report.stage = Stage::Connecting;
    m_attempt.stop();
    m_socket.abort();
    if (m_addresses.isEmpty()) {
        finish(Error::make(ErrorKind::Network, WebhookPoster::tr("Nobody answers at %1, port %2.").arg(m_request.url.host()).arg(port()), m_socket.errorString()));
        return;
    }
    const QHostAddress address = m_addresses.takeFirst();
    m_report.address = address;
    if (!m_addresses.isEmpty())
        m_attempt.start(m_route.perAddress);
    connectTo(address.toString());
}

void PostExchange::connectTo(const QString &host)
{
    if (isEncrypted()) {
        m_socket.setSslConfiguration(m_route.tls);
        m_socket.connectToHostEncrypted(host, port(), m_request.url.host());
    } else {
        m_socket.connectToHost(host, port());
    }
}

void PostExchange::onConnected()
{
    m_attempt.stop();
    if (isEncrypted())
        m_report.stage = Stage::Encrypting;
    else
        send();
}

void PostExchange::onSslErrors(const QList<QSslError> &errors)
{
    if (!m_request.pinned.isNull() && m_socket.peerCertificate() == m_request.pinned) {
        m_socket.ignoreSslErrors(errors);
        return;
    }
    for (const QSslError &error : errors)
        m_tlsProblems += error.errorString() + QLatin1Char('\n');
}

void PostExchange::onFailed()
{
    // Else it could fire before the next address is tried, and skip it.
    m_attempt.stop();
    switch (m_report.stage) {
    case Stage::Connecting:
        if (m_route.proxy.type() != QNetworkProxy::NoProxy)
            finish(Error::make(ErrorKind::Network, WebhookPoster::tr("%1 cannot be reached through the proxy.").arg(m_request.url.host()), m_socket.errorString()));
        else
            // Not from inside the socket's own signal: it has not done with this connection yet.
            QMetaObject::invokeMethod(this, &PostExchange::connectNext, Qt::QueuedConnection);
        return;
    case Stage::Encrypting:
        finish(Error::make(ErrorKind::Tls, WebhookPoster::tr("No encrypted connection to %1 could be made.").arg(m_request.url.host()),
                           m_tlsProblems + m_socket.errorString()));
        return;
    case Stage::Waiting:
        read();
        if (m_ended)
            return;
        m_answer.end();
        finish(m_answer.status() > 0 ? std::nullopt
                                     : std::optional(Error::make(ErrorKind::Network, WebhookPoster::tr("%1 closed the connection without an answer.").arg(m_request.url.host()),
                                                                 m_socket.errorString())));
        return;
    default:
        return;
    }
}

QByteArray PostExchange::head() const
{
    const QUrl &url = m_request.url;
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':') && !host.startsWith('['))
        host = '[' + host + ']';
    if (url.port() > 0)
        host += ':' + QByteArray::number(url.port());
    QByteArray out = "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    for (const HttpHeaders::Field &field : m_request.headers) {
        if (isSendable(field) && !belongsToConnection(field.name))
            out += field.name + ": " + field.value + "\r\n";
    }
    return out + "Content-Length: " + QByteArray::number(m_request.body.size()) + "\r\nConnection: close\r\n\r\n";
}

void PostExchange::send()
{
    m_report.stage = Stage::Waiting;
    m_socket.write(head());
    m_socket.write(m_request.body);
}

void PostExchange::read()
{
    const PostAnswer::State state = m_answer.take(m_socket.readAll());
    if (state == PostAnswer::State::Whole)
        finish({});
    else if (state == PostAnswer::State::Broken)
        finish(Error::make(ErrorKind::Protocol, WebhookPoster::tr("What answers at %1 does not speak HTTP.").arg(m_request.url.host())));
}

void PostExchange::finish(const std::optional<Error> &error)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    m_attempt.stop();
    m_socket.disconnect(this);
    m_socket.abort();
    m_report.error = error;
    if (!error)
        m_report.stage = Stage::Answered;
    m_report.status = m_answer.status();
    m_report.body = m_answer.body();
    m_report.retryAfter = m_answer.retryAfter();
    m_report.took = m_clock.steadyNow() - m_begin;
    if (m_call)
        m_call->resolve(m_report);
    deleteLater();
}

} // namespace novita
