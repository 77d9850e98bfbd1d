// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpconnection.h"

#include "core/base/logging.h"
#include "core/http/httpexchange.h"
#include "core/http/responsewriter.h"
#include "core/http/socketcontrol.h"

#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QSslSocket>

#include <algorithm>
#include <optional>
#include <utility>

namespace novita {

namespace {

constexpr qint64 kReadBufferBytes = 32 * 1024;
constexpr qsizetype kParseBufferBytes = 128 * 1024;

/// What tells the socket that there is something to read; null where Qt has it in another place.
QSocketNotifier *inputOf(const QTcpSocket &socket)
{
    for (QSocketNotifier *notifier : socket.findChildren<QSocketNotifier *>()) {
        if (notifier->type() == QSocketNotifier::Read)
            return notifier;
    }
    return nullptr;
}

} // namespace

HttpConnection::HttpConnection(qintptr descriptor, const HttpService &service, QObject *parent)
    : QObject(parent)
    , m_handler(service.handler)
    , m_limits(service.limits)
    , m_counters(service.counters)
    , m_outbox(service.outbox)
    , m_parser(service.limits)
{
    if (service.tls) {
        auto socket = std::make_unique<QSslSocket>();
        socket->setSslConfiguration(*service.tls);
        m_tls = socket.get();
        m_socket = std::move(socket);
    } else {
        m_socket = std::make_unique<QTcpSocket>();
    }
    ++m_counters.accepted;
    ++m_counters.open;
    m_deadline.setSingleShot(true);
    m_stall.setSingleShot(true);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &HttpConnection::process);
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &HttpConnection::onBytesWritten);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(&m_stall, &QTimer::timeout, this, &HttpConnection::drop);
    m_socket->setReadBufferSize(kReadBufferBytes);
    if (!m_socket->setSocketDescriptor(descriptor)) {
        deleteLater();
        return;
    }
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (!m_tls)
        m_input = inputOf(*m_socket);
    arm(m_limits.headerDeadline); // a fresh connection owes its first header now; only later ones may idle
    if (m_tls)
        startTls();
}

void HttpConnection::startTls()
{
    connect(m_tls, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::onBytesWritten);
    connect(m_tls, &QAbstractSocket::errorOccurred, this, [this] {
        if (m_tls->isEncrypted() || m_phase == Phase::Lingering)
            return;
        ++m_counters.tlsFailed;
        qCDebug(lcHttp) << "TLS handshake failed:" << m_tls->errorString();
        m_phase = Phase::Lingering;
        deleteLater();
    });
    m_tls->startServerEncryption();
}

qint64 HttpConnection::unsent() const
{
    return m_socket->bytesToWrite() + (m_tls ? m_tls->encryptedBytesToWrite() : 0);
}

HttpConnection::~HttpConnection()
{
    if (const auto exchange = m_openExchange.lock())
        exchange->detach();
    m_socket->disconnect(this);
    --m_counters.open;
}

void HttpConnection::drop()
{
    if (m_socket->socketDescriptor() >= 0)
        makeCloseReset(m_socket->socketDescriptor());
    m_socket->abort();
    deleteLater();
}

void HttpConnection::finishAndClose()
{
    m_keepAlive = false;
    m_served = std::max(m_served, m_limits.requestsPerConnection);
    if (m_playsFault)
        drop();
    if (!isUnfinished())
        return;
    if (unsent() > 0)
        linger();
    else
        m_socket->disconnectFromHost(); // not drop(): the system may hold the end of the last answer
}

void HttpConnection::process()
{
    if (m_processing)
        return;
    m_processing = true;
    while (step()) { }
    m_processing = false;
    if (m_phase == Phase::Handling)
        listen(false);
}

/// QTcpSocket closes the whole connection as soon as it sees that the client has closed its half. So it is not to look while an answer is owed.
void HttpConnection::listen(bool on)
{
    if (m_input)
        m_input->setEnabled(on);
}

bool HttpConnection::step()
{
    if (m_phase == Phase::Lingering) {
        m_discarded += std::max<qint64>(0, m_socket->skip(m_socket->bytesAvailable()));
        // A deadline alone lets a fast sender keep this thread busy.
        if (m_discarded > m_limits.lingerBytes)
            drop();
        return false;
    }
    // Back-pressure: a client that sends requests and reads no answers fills its own socket, not our memory.
    if (!isUnfinished() || unsent() > m_limits.unsentBytes)
        return false;
    // No more than there is: to ask for more makes the socket listen() by itself.
    if (const qint64 room = kParseBufferBytes - m_buffer.size(); room > 0)
        m_buffer += m_socket->read(m_input ? std::min(room, m_socket->bytesAvailable()) : room);
    if (m_buffer.isEmpty() && m_phase != Phase::Body) {
        if (unsent() == 0)
            listen(true);
        return false;
    }
    if (m_phase == Phase::Idle) {
        m_phase = Phase::Head;
        if (m_served > 0)
            arm(m_limits.headerDeadline);
    }
    switch (m_parser.advance(m_buffer)) {
    case RequestParser::State::NeedMore:
        listen(true);
        return m_socket->bytesAvailable() > 0;
    case RequestParser::State::HeadComplete:
        enterBody();
        return m_phase != Phase::Lingering;
    case RequestParser::State::Complete:
        dispatch();
        return true;
    case RequestParser::State::Failed:
        refuse(m_parser.refusal());
        return false;
    }
    return false;
}

void HttpConnection::enterBody()
{
    m_phase = Phase::Body;
    arm(m_limits.bodyDeadline);
    const HttpRequest request = head();
    if (screened(request))
        return;
    m_parser.setBodyLimit(m_handler.bodyLimit(request, m_limits));
    if (!m_parser.hasBody() || !m_buffer.isEmpty() || !m_parser.expectsContinue())
        return;
    // The client waits for a word: one step with nothing new tells whether the announced length is acceptable.
    if (m_parser.advance(m_buffer) == RequestParser::State::Failed)
        refuse(m_parser.refusal());
    else
        put("HTTP/1.1 100 Continue\r\n\r\n");
}

HttpRequest HttpConnection::head() const
{
    HttpRequest head = m_parser.head();
    head.peer = m_socket->peerAddress();
    return head;
}

bool HttpConnection::screened(const HttpRequest &head)
{
    std::optional<HttpResponse> response = m_handler.screen(head);
    if (!response)
        return false;
    ++m_counters.refused;
    if (m_parser.hasBody()) {
        // The body that was announced is not read: what comes next has no meaning.
        response->close = true;
        m_inputMatters = true;
    } else {
        m_parser.take();
    }
    HttpResponder(openExchange(head)).send(*std::move(response));
    return true;
}

void HttpConnection::dispatch()
{
    HttpRequest request = m_parser.take();
    request.peer = m_socket->peerAddress();
    ++m_counters.requests;
    m_handler.handle(request, HttpResponder(openExchange(request)));
}

std::shared_ptr<HttpExchange> HttpConnection::openExchange(const HttpRequest &request)
{
    m_deadline.stop();
    m_phase = Phase::Handling;
    ++m_served;
    m_headRequest = request.method == "HEAD";
    m_keepAlive = request.keepAlive && m_served < m_limits.requestsPerConnection;
    m_minorVersion = request.minorVersion;
    m_acceptEncoding = request.headers.value("Accept-Encoding");
    const auto exchange = std::make_shared<HttpExchange>(this);
    m_openExchange = exchange;
    return exchange;
}

void HttpConnection::refuse(HttpRefusal refusal)
{
    ++m_counters.refused;
    if (m_phase == Phase::Body)
        m_handler.bodyRefused(head(), refusal.status);
    qCDebug(lcHttp, "refused with %d: %s", refusal.status, refusal.reason);
    HttpResponse response = m_handler.refusal(refusal.status, refusal.reason);
    response.status = refusal.status;
    const bool bodyless = m_parser.head().method == "HEAD" || m_buffer.startsWith("HEAD ");
    const ResponseFraming framing{bodyless, false, 1, false};
    put(serializeHead(response, framing, response.body.size()) + (bodyless ? QByteArray() : response.body));
    m_inputMatters = true;
    linger();
}

void HttpConnection::onDeadline()
{
    const bool midRequest = m_phase == Phase::Body || (m_phase == Phase::Head && !m_buffer.isEmpty());
    if (midRequest) {
        refuse({408, "too slow"});
    } else if (m_phase == Phase::Lingering && m_tls && std::exchange(m_inputMatters, false)) {
        m_tls->disconnectFromHost();
        arm(m_limits.lingerDeadline);
    } else if (m_phase == Phase::Lingering || m_playsFault || (m_tls && !m_tls->isEncrypted())) {
        drop();
    } else if (unsent() > 0) {
        arm(m_limits.idleDeadline); // still taking the last answer: the stall deadline watches over that
    } else {
        m_socket->disconnectFromHost();
    }
}

} // namespace novita
