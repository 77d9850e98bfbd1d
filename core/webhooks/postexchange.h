// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/postanswer.h"
#include "core/webhooks/webhookposter.h"

#include <QNetworkProxy>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

namespace novita {

/// One delivery on its way: resolve, connect, encrypt, send, read. Ends `call` once and deletes itself. Made by WebhookPoster::post().
class PostExchange final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PostExchange)

public:
    struct Route
    {
        QNetworkProxy proxy{QNetworkProxy::NoProxy};
        QSslConfiguration tls;
    };

    PostExchange(const PostRequest &request, const Route &route, const Clock &clock, Call<PostReport> *call, QObject *parent);
    ~PostExchange() override;

    void start();

private:
    void resolve();
    void takeAddresses(const QList<QHostAddress> &addresses);
    void connectNext();
    void connectTo(const QString &host);
    void onConnected();
    void onReady();
    void onSslErrors(const QList<QSslError> &errors);
    void onFailed();
    void send();
    void read();
    void finish(const std::optional<Error> &error);
    QByteArray head() const;
    bool isEncrypted() const;
    quint16 port() const;

    const PostRequest m_request;
    const Route m_route;
    const Clock &m_clock;
    const SteadyPoint m_begin;
    QPointer<Call<PostReport>> m_call;
    QSslSocket m_socket;
    QTimer m_deadline;
    QTimer m_attempt; ///< one address out of several must not use up all the time
    QList<QHostAddress> m_addresses;
    PostReport m_report;
    PostAnswer m_answer;
    QString m_tlsProblems;
    int m_lookup = -1;
    bool m_ended = false;
};

} // namespace novita
