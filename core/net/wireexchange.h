// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/net/httptransport.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <utility>

namespace novita {

/// One reply under way: collects the body, enforces deadline and cap, tells the outcome once, deletes itself.
/// Made by HttpTransport::send(). One thread.
class WireExchange final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WireExchange)

public:
    /// Of an answer that may be compressed, in bytes: so much is unpacked in one go.
    static constexpr qint64 kPackedPiece = 64 * 1024;

    /// Takes `reply` over.
    WireExchange(QNetworkReply *reply, Milliseconds timeout, qint64 maxBytes,
                 std::function<void(const HttpOutcome &)> handler, QObject *parent);
    ~WireExchange() override;

    /// What takes a 2xx answer piece by piece instead of WireResponse::body; see ApiRequest::onBytes.
    void setSink(std::function<void(const QByteArray &)> sink) { m_sink = std::move(sink); }

    /// Ends the request on the wire. The handler is not called any more.
    void abort();

private:
    void readBody();
    void checkAnnouncedSize();
    void refuseSize(qint64 most);
    void end(const HttpOutcome &outcome);
    void onFinished();
    void onDeadline();
    Error errorOf(QNetworkReply::NetworkError code) const;
    WireResponse response() const;

    QPointer<QNetworkReply> m_reply; ///< the manager may die first
    qint64 m_maxBytes;
    std::function<void(const HttpOutcome &)> m_handler; ///< empty once the outcome is told
    std::function<void(const QByteArray &)> m_sink;
    QByteArray m_body;
    qint64 m_handedOn = 0; ///< bytes that the sink has had
    QString m_tlsProblems;
    QTimer m_deadline;
};

} // namespace novita
