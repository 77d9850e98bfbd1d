// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/wireexchange.h"

#include "core/net/keylessnetwork.h"

#include <QSslError>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// What the reply may hold unread; the socket stops reading beyond it.
constexpr qint64 kReadBuffer = 1024 * 1024;
/// Until an answer says how large it is. Those that never do are mostly compressed, and unpacked in this thread, all that is there in
/// one go. Flow control costs a round trip between two threads for each of these pieces, which is why it is more for the others.
constexpr qint64 kUnannouncedBuffer = WireExchange::kPackedPiece;

/// Of an answer that refuses what would have been handed on.
constexpr qint64 kMostRefusal = 1024 * 1024;

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

/// QNetworkReply reports every 4xx and 5xx as an error as well; these codes say that the answer as such is complete.
bool isHttpStatusError(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::ContentReSendError: return false;
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError: return true;
    default: return code >= QNetworkReply::ContentAccessDenied && code <= QNetworkReply::UnknownContentError;
    }
}

/// Failures that happen before the first byte of a request can leave. Everything else may have reached the server: the
/// manager's own `requestSent` stays silent for requests without a body, so it proves nothing.
bool failedBeforeSending(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::SslHandshakeFailedError:
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::ProtocolUnknownError: return true;
    default: return false;
    }
}

ErrorKind kindOf(QNetworkReply::NetworkError code)
{
    switch (code) {
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError: return ErrorKind::Timeout;
    case QNetworkReply::SslHandshakeFailedError: return ErrorKind::Tls;
    case QNetworkReply::UnknownContentError: // the body could not be decompressed
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure: return ErrorKind::Protocol;
    default: return ErrorKind::Network;
    }
}

QString sentenceFor(ErrorKind kind, const QString &host)
{
    switch (kind) {
    case ErrorKind::Timeout: return QStringLiteral("%1 did not answer in time").arg(host);
    case ErrorKind::Tls: return QStringLiteral("No secure connection to %1").arg(host);
    case ErrorKind::Protocol: return QStringLiteral("The answer of %1 cannot be read").arg(host);
    default: return QStringLiteral("No complete answer from %1").arg(host);
    }
}

} // namespace

WireExchange::WireExchange(QNetworkReply *reply, Milliseconds timeout, qint64 maxBytes,
                           std::function<void(const HttpOutcome &)> handler, QObject *parent)
    : QObject(parent), m_reply(reply), m_maxBytes(maxBytes), m_handler(std::move(handler))
{
    reply->setParent(this);
    connect(reply, &QNetworkReply::metaDataChanged, this, &WireExchange::checkAnnouncedSize);
    reply->setReadBufferSize(kUnannouncedBuffer);
    connect(reply, &QIODevice::readyRead, this, &WireExchange::readBody);
    connect(reply, &QNetworkReply::finished, this, &WireExchange::onFinished);
    // After an answer that cannot be unpacked Qt takes nothing more out of its own buffer: when that is full the end never comes.
    connect(
        reply, &QNetworkReply::errorOccurred, this,
        [this](QNetworkReply::NetworkError code) {
            if (code == QNetworkReply::UnknownContentError)
                onFinished();
        },
        Qt::QueuedConnection);
    connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &problems) {
        for (const QSslError &problem : problems)
            m_tlsProblems += problem.errorString() + u'\n';
    });
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &WireExchange::onDeadline);
    m_deadline.start(timeout);
    // A reply of a refusing or fake manager may have ended before anybody could listen.
    if (reply->isFinished())
        QMetaObject::invokeMethod(this, &WireExchange::onFinished, Qt::QueuedConnection);
}

WireExchange::~WireExchange()
{
    m_handler = nullptr;
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
}

void WireExchange::abort()
{
    if (!std::exchange(m_handler, nullptr))
        return;
    m_deadline.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
    deleteLater();
}

void WireExchange::readBody()
{
    if (!m_handler || !m_reply)
        return;
    const int status = statusOf(*m_reply);
    const bool isKept = !m_sink || status < 200 || status > 299;
    // How long an answer may be that is handed on says nothing of one that is collected.
    const qint64 most = isKept && m_sink ? std::min(m_maxBytes, kMostRefusal) : m_maxBytes;
    if (m_handedOn + m_body.size() + m_reply->bytesAvailable() > most) {
        refuseSize(most);
        return;
    }
    if (isKept) {
        m_body += m_reply->readAll();
        return;
    }
    const QByteArray piece = m_reply->readAll();
    m_handedOn += piece.size();
    // A copy: the sink may end this exchange.
    const auto sink = m_sink;
    if (!piece.isEmpty())
        sink(piece);
}

void WireExchange::checkAnnouncedSize()
{
    if (!m_handler || !m_reply)
        return;
    // Absent for chunked and for compressed answers: how much comes is then anybody's guess.
    bool announced = false;
    const qint64 size = m_reply->rawHeader("Content-Length").toLongLong(&announced);
    if (announced && size > m_maxBytes)
        refuseSize(m_maxBytes);
    else if (announced)
        m_reply->setReadBufferSize(kReadBuffer);
}

void WireExchange::refuseSize(qint64 most)
{
    Error error = Error::protocol(ProtocolFault::TooLarge,
                                  QStringLiteral("The answer is larger than %1 MB").arg(most / (1024 * 1024)));
    error.httpStatus = statusOf(*m_reply);
    error.effectUnknown = true;
    end(error);
}

void WireExchange::onDeadline()
{
    const QString host = m_reply ? m_reply->url().host() : QString();
    Error error = Error::make(ErrorKind::Timeout, sentenceFor(ErrorKind::Timeout, host));
    error.httpStatus = m_reply ? statusOf(*m_reply) : 0;
    error.effectUnknown = true;
    end(error);
}

void WireExchange::onFinished()
{
    if (!m_handler || !m_reply)
        return;
    const QPointer<WireExchange> self(this);
    readBody();
    if (!self || !m_handler || !m_reply)
        return;
    const QNetworkReply::NetworkError code = m_reply->error();
    const int status = statusOf(*m_reply);
    // A redirect of a request with a body fails in the manager, which wants to rewind the body even though it is not to
    // follow. The status line is all there is to know.
    const bool redirect = status >= 300 && status < 400;
    const bool complete =
        status > 0 && (code == QNetworkReply::NoError || redirect || (status >= 400 && isHttpStatusError(code)));
    if (complete)
        end(response());
    else
        end(errorOf(code));
}

Error WireExchange::errorOf(QNetworkReply::NetworkError code) const
{
    const ErrorKind kind = kindOf(code);
    const QString qtText = QStringLiteral("%1 (QNetworkReply error %2)").arg(m_reply->errorString()).arg(int(code));
    const QString refusal = KeylessNetwork::refusalOf(*m_reply);
    Error error = Error::make(kind, refusal.isEmpty() ? sentenceFor(kind, m_reply->url().host()) : refusal, m_tlsProblems + qtText);
    error.httpStatus = statusOf(*m_reply);
    error.effectUnknown = !failedBeforeSending(code);
    return error;
}

WireResponse WireExchange::response() const
{
    WireResponse out;
    out.status = statusOf(*m_reply);
    out.body = m_body;
    out.retryAfter = m_reply->rawHeader("Retry-After");
    out.date = m_reply->rawHeader("Date");
    const QVariant compressed = m_reply->attribute(QNetworkRequest::OriginalContentLengthAttribute);
    if (compressed.isValid())
        out.wireBytes = compressed.toLongLong();
    else if (!m_reply->hasRawHeader("Content-Encoding"))
        out.wireBytes = m_body.size();
    return out;
}

void WireExchange::end(const HttpOutcome &outcome)
{
    const auto handler = std::exchange(m_handler, nullptr);
    m_deadline.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        if (!m_reply->isFinished())
            m_reply->abort();
    }
    deleteLater();
    handler(outcome);
}

} // namespace novita
