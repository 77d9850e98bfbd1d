// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/httpconnection.h"

#include "core/http/httpexchange.h"
#include "core/http/responsewriter.h"
#include "core/http/socketcontrol.h"

#include <QSslSocket>

// The sending half of HttpConnection: answers, streams, faults on purpose, and the end of the connection.

namespace novita {

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
        listen(true); // to a client that has waited enough
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
    listen(true); // to a client that wants no more of it
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
        exchange->setClogged(unsent() > m_limits.unsentBytes);
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
        m_socket->flush();
        drop();
    } else {
        answered();
    }
}

void HttpConnection::put(const QByteArray &data)
{
    m_socket->write(data);
    m_socket->flush(); // now: to wait for the event loop would cost another turn of it
    if (unsent() > 0 && !m_stall.isActive())
        m_stall.start(m_limits.stallDeadline);
}

void HttpConnection::onBytesWritten()
{
    if (unsent() > 0)
        m_stall.start(m_limits.stallDeadline);
    else
        m_stall.stop();
    if (m_phase == Phase::Lingering) {
        if (unsent() == 0)
            listen(true);
        if (unsent() == 0 && !m_shutdownSent) {
            // Closing with unread input would make the kernel send a reset, which can overtake the answer.
            m_shutdownSent = true;
            arm(m_limits.lingerDeadline);
            if (!m_tls)
                shutdownSending(m_socket->socketDescriptor());
            else if (!m_inputMatters)
                m_tls->disconnectFromHost(); // TLS has no half of an end; with input to come it waits for the deadline
        }
        return;
    }
    if (const auto exchange = m_openExchange.lock())
        exchange->setClogged(unsent() > m_limits.unsentBytes);
    if (m_phase == Phase::Idle)
        process();
}

} // namespace novita
