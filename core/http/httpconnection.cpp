// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpconnection.h"

#include "core/base/logging.h"
#include "core/http/httpexchange.h"
#include "core/http/responsewriter.h"
#include "core/http/socketcontrol.h"

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr qint64 kReadBufferBytes = 32 * 1024;
constexpr qsizetype kParseBufferBytes = 128 * 1024;

} // namespace

HttpConnection::HttpConnection(qintptr descriptor, HttpHandler &handler, const HttpLimits &limits, HttpCounters &counters,
                               QObject *parent)
    : QObject(parent)
    , m_handler(handler)
    , m_limits(limits)
    , m_counters(counters)
    , m_parser(limits)
{
    ++m_counters.accepted;
    ++m_counters.open;
    m_deadline.setSingleShot(true);
    m_stall.setSingleShot(true);
    connect(&m_socket, &QTcpSocket::readyRead, this, &HttpConnection::process);
    connect(&m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::onBytesWritten);
    connect(&m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(&m_stall, &QTimer::timeout, this, &HttpConnection::drop);
    m_socket.setReadBufferSize(kReadBufferBytes);
    if (!m_socket.setSocketDescriptor(descriptor)) {
        deleteLater();
        return;
    }
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    arm(m_limits.headerDeadline); // a fresh connection owes its first header now; only later ones may idle
}

HttpConnection::~HttpConnection()
{
    if (const auto exchange = m_openExchange.lock())
        exchange->detach();
    m_socket.disconnect(this);
    --m_counters.open;
}

void HttpConnection::drop()
{
    if (m_socket.socketDescriptor() >= 0)
        makeCloseReset(m_socket.socketDescriptor());
    m_socket.abort();
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
    if (m_socket.bytesToWrite() > 0)
        linger();
    else
        drop();
}

void HttpConnection::process()
{
    if (m_processing)
        return;
    m_processing = true;
    while (step()) { }
    m_processing = false;
}

bool HttpConnection::step()
{
    if (m_phase == Phase::Lingering) {
        m_discarded += std::max<qint64>(0, m_socket.skip(m_socket.bytesAvailable()));
        // A deadline alone lets a fast sender keep this thread busy.
        if (m_discarded > m_limits.lingerBytes)
            drop();
        return false;
    }
    // Back-pressure: a client that sends requests and reads no answers fills its own socket, not our memory.
    if (!isUnfinished() || m_socket.bytesToWrite() > m_limits.unsentBytes)
        return false;
    if (m_buffer.size() < kParseBufferBytes)
        m_buffer += m_socket.read(kParseBufferBytes - m_buffer.size());
    if (m_buffer.isEmpty() && m_phase != Phase::Body)
        return false;
    if (m_phase == Phase::Idle) {
        m_phase = Phase::Head;
        if (m_served > 0)
            arm(m_limits.headerDeadline);
    }
    switch (m_parser.advance(m_buffer)) {
    case RequestParser::State::NeedMore:
        return m_socket.bytesAvailable() > 0;
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
    head.peer = m_socket.peerAddress();
    return head;
}

bool HttpConnection::screened(const HttpRequest &head)
{
    std::optional<HttpResponse> response = m_handler.screen(head);
    if (!response)
        return false;
    ++m_counters.refused;
    m_phase = Phase::Handling;
    m_headRequest = head.method == "HEAD";
    m_minorVersion = head.minorVersion;
    m_acceptEncoding.clear();
    m_keepAlive = false; // the body that was announced is not read: what comes next has no meaning
    sendResponse(std::move(*response));
    return true;
}

void HttpConnection::dispatch()
{
    HttpRequest request = m_parser.take();
    request.peer = m_socket.peerAddress();
    m_deadline.stop();
    m_phase = Phase::Handling;
    ++m_served;
    ++m_counters.requests;
    m_headRequest = request.method == "HEAD";
    m_keepAlive = request.keepAlive && m_served < m_limits.requestsPerConnection;
    m_minorVersion = request.minorVersion;
    m_acceptEncoding = request.headers.value("Accept-Encoding");
    const auto exchange = std::make_shared<HttpExchange>(this);
    m_openExchange = exchange;
    m_handler.handle(request, HttpResponder(exchange));
}

void HttpConnection::refuse(HttpRefusal refusal)
{
    ++m_counters.refused;
    if (m_phase == Phase::Body)
        m_handler.bodyRefused(head(), refusal.status);
    qCDebug(lcHttp, "refused with %d: %s", refusal.status, refusal.reason);
    HttpResponse response = HttpResponse::text(refusal.status, QByteArray(refusal.reason) + '\n');
    const ResponseFraming framing{false, false, 1, false};
    put(serializeHead(response, framing, response.body.size()) + response.body);
    linger();
}

void HttpConnection::sendResponse(HttpResponse response)
{
    if (m_phase != Phase::Handling)
        return;
    m_keepAlive = m_keepAlive && !response.close;
    compressBody(response, m_acceptEncoding, m_limits.gzipFromBytes);
    const ResponseFraming framing{m_headRequest, m_keepAlive, m_minorVersion, false};
    const QByteArray head = serializeHead(response, framing, response.body.size());
    const bool bodyless = m_headRequest || response.status == 204 || response.status == 304;
    const QByteArray body = bodyless ? QByteArray() : response.body;
    if (response.fault.any()) {
        m_phase = Phase::Answering;
        m_playsFault = true;
        const ResponseFault fault = response.fault;
        if (fault.delay.count() > 0)
            QTimer::singleShot(fault.delay, this, [this, head, body, fault] { playFault(head, body, fault); });
        else
            playFault(head, body, fault);
        return;
    }
    put(head + body);
    answered();
}

void HttpConnection::answered()
{
    if (const auto exchange = m_openExchange.lock())
        exchange->detach();
    m_openExchange.reset();
    m_playsFault = false;
    if (!m_keepAlive) {
        linger();
        return;
    }
    m_phase = Phase::Idle;
    arm(m_limits.idleDeadline);
    if (!m_processing)
        QMetaObject::invokeMethod(this, &HttpConnection::process, Qt::QueuedConnection);
}

void HttpConnection::linger()
{
    m_phase = Phase::Lingering;
    m_deadline.stop();
    m_buffer.clear();
    onBytesWritten();
    // What waits in a full read buffer announces itself no more.
    QMetaObject::invokeMethod(this, &HttpConnection::process, Qt::QueuedConnection);
}

void HttpConnection::beginStream(HttpResponse head)
{
    if (m_phase != Phase::Handling)
        return;
    m_phase = Phase::Answering;
    m_keepAlive = m_keepAlive && !head.close && m_minorVersion == 1;
    const ResponseFraming framing{m_headRequest, m_keepAlive, m_minorVersion, true};
    put(serializeHead(head, framing, 0));
    writeStream(head.body);
}

void HttpConnection::writeStream(const QByteArray &piece)
{
    if (m_phase != Phase::Answering || m_headRequest || piece.isEmpty())
        return;
    put(m_minorVersion == 1 ? serializeChunk(piece) : piece);
    if (const auto exchange = m_openExchange.lock())
        exchange->setClogged(m_socket.bytesToWrite() > m_limits.unsentBytes);
}

void HttpConnection::finishStream()
{
    if (m_phase != Phase::Answering)
        return;
    if (!m_headRequest && m_minorVersion == 1)
        put(serializeChunk({}));
    answered();
}

void HttpConnection::playFault(const QByteArray &head, const QByteArray &body, ResponseFault fault)
{
    if (fault.end == ResponseFault::End::Never) {
        arm(m_limits.withholdDeadline);
        return;
    }
    if (fault.end != ResponseFault::End::Normal && !fault.truncateAt) {
        endFault(fault.end);
        return;
    }
    const bool truncated = fault.truncateAt && *fault.truncateAt < body.size();
    if (truncated && fault.end == ResponseFault::End::Normal)
        fault.end = ResponseFault::End::Close;
    const QByteArray sent = head + (truncated ? body.left(qsizetype(*fault.truncateAt)) : body);
    if (fault.delayPerByte.count() > 0) {
        dribble(std::make_shared<QByteArray>(sent), fault);
        return;
    }
    put(sent);
    endFault(fault.end);
}

void HttpConnection::dribble(std::shared_ptr<QByteArray> rest, ResponseFault fault)
{
    if (rest->isEmpty()) {
        endFault(fault.end);
        return;
    }
    put(rest->left(1));
    rest->remove(0, 1);
    QTimer::singleShot(fault.delayPerByte, this, [this, rest, fault] { dribble(rest, fault); });
}

void HttpConnection::endFault(ResponseFault::End end)
{
    if (end == ResponseFault::End::Normal) {
        answered();
        return;
    }
    m_keepAlive = false;
    if (end == ResponseFault::End::Reset) {
        m_socket.flush();
        drop();
    } else {
        answered();
    }
}

void HttpConnection::put(const QByteArray &data)
{
    m_socket.write(data);
    if (m_socket.bytesToWrite() > 0 && !m_stall.isActive())
        m_stall.start(m_limits.stallDeadline);
}

void HttpConnection::onBytesWritten()
{
    if (m_socket.bytesToWrite() > 0)
        m_stall.start(m_limits.stallDeadline);
    else
        m_stall.stop();
    if (m_phase == Phase::Lingering) {
        if (m_socket.bytesToWrite() == 0 && !m_shutdownSent) {
            // Closing with unread input would make the kernel send a reset, which can overtake the answer.
            m_shutdownSent = true;
            shutdownSending(m_socket.socketDescriptor());
            arm(m_limits.lingerDeadline);
        }
        return;
    }
    if (const auto exchange = m_openExchange.lock())
        exchange->setClogged(m_socket.bytesToWrite() > m_limits.unsentBytes);
    if (m_phase == Phase::Idle)
        process();
}

void HttpConnection::onDeadline()
{
    const bool midRequest = m_phase == Phase::Body || (m_phase == Phase::Head && !m_buffer.isEmpty());
    if (midRequest)
        refuse({408, "too slow"});
    else if (m_phase == Phase::Lingering || m_playsFault)
        drop();
    else if (m_socket.bytesToWrite() > 0)
        arm(m_limits.idleDeadline); // still taking the last answer: the stall deadline watches over that
    else
        m_socket.disconnectFromHost();
}

} // namespace novita
