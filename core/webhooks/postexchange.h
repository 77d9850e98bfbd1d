// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/postanswer.h"
#include "core/webhooks/webhookposter.h"

#include <QHostInfo>
#include <QNetworkProxy>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>

#include <functional>

namespace novita {

/// QHostInfo::lookupHost(), which tests replace: calls back once, unless the context is gone; returns the id to abort it by.
using HostLookup = std::function<int(const QString &host, QObject *context, std::function<void(const QHostInfo &)> done)>;
int lookupHost(const QString &host, QObject *context, std::function<void(const QHostInfo &)> done);

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
        Milliseconds perAddress{4000}; ///< before the next one is tried, where there is one
        Milliseconds lookupBehindProxy{2000}; ///< then the name counts as one that only the proxy can resolve
        HostLookup lookup = &lookupHost;
    };

    PostExchange(const PostRequest &request, const Route &route, const Clock &clock, Call<PostReport> *call, QObject *parent);
    ~PostExchange() override;

    void start();

private:
    void resolve();
    void takeAddresses(const QList<QHostAddress> &addresses);
    void checkForProxy();
    void connectByProxy();
    void connectNext();
    void connectTo(const QString &host);
    void onConnected();
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
