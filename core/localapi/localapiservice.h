// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/http/httpserver.h"
#include "core/localapi/apidesk.h"
#include "core/localapi/apidoor.h"
#include "core/localapi/apigate.h"
#include "core/localapi/apiorders.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace novita {

class SecretStore;

enum class LocalApiState {
    Off,
    Starting,  ///< the keychain is being asked for the token
    Listening,
    Failed,    ///< wanted, but not to be had: see LocalApiService::sentence()
};

/// What the start of the program says about the local API; it wins over the settings, for this run.
struct LocalApiRun
{
    std::optional<quint16> port; ///< --local-api-port: on, whatever the settings say. 0: any free one
    QString token;               ///< LOCAL_API_TOKEN; secret, kept nowhere
};

/// The local API: switched by the settings `localApi/…` and the command line, with its token in the keychain. Off by default; listens on
/// 127.0.0.1 only, on a thread of its own, and lets nobody in without the token, /health and /metrics included.
///
/// A token is made and put into the keychain the first time one is needed. Thread: UI.
class LocalApiService final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalApiService)

public:
    static constexpr QLatin1String kSecretName{"local-api/token"};
    /// A port that is taken is tried again, at longer and longer intervals, until it is free.
    static constexpr Milliseconds kFirstRetry{1000};
    static constexpr Milliseconds kLongestRetry{30000};

    /// All must outlive it.
    LocalApiService(const LocalApiParts &parts, SecretStore &secrets, QObject *parent = nullptr);
    ~LocalApiService() override;

    /// Begins to follow the settings. To be called once.
    void start(const LocalApiRun &run = {});
    /// Once more, after Failed, without waiting.
    void retry();

    LocalApiState state() const { return m_state; }
    QString sentence() const;  ///< the state in words, translated
    quint16 port() const;      ///< that is listened on, or would be
    bool isForThisRun() const { return m_run.port.has_value(); } ///< on by the command line
    QString curlExample() const; ///< with $LOCAL_API_TOKEN in place of the token

    bool isTokenFromEnvironment() const { return !m_run.token.isEmpty(); }
    bool isTokenSessionOnly() const; ///< the keychain did not take it: another one the next time
    /// The token in use, to be copied; made now when there is none.
    Call<QString> *token();
    /// A token of one's own (see ApiGate::isToken()). The one before is worth nothing from then on.
    Call<Done> *setToken(const QString &token);
    /// A new one, of 192 bits of the system's generator.
    Call<Done> *renewToken();

    HttpServerStats serverStats() const { return m_server ? m_server->stats() : HttpServerStats(); }
    ApiDesk &desk() { return m_desk; }

signals:
    void changed();

private:
    bool isWanted() const;
    void apply();
    void listen(const QString &token);
    void stop();
    void setState(LocalApiState state, const std::optional<Error> &problem = {});
    void endWaiting(const Result<QString> &token);
    void keep(const QString &token, std::function<void(const Result<Done> &)> kept);

    const LocalApiParts m_parts;
    SecretStore &m_secrets;
    LocalApiRun m_run;
    bool m_started = false;
    LocalApiState m_state = LocalApiState::Off;
    std::optional<Error> m_problem;
    QString m_token;                                    ///< as the keychain has it, once it was asked
    std::vector<QPointer<Call<QString>>> m_waiting;     ///< for the keychain
    CallGuard m_starting;
    ApiGate m_gate;
    ApiOrders m_orders;
    ApiDoor m_door;
    ApiDesk m_desk;
    std::unique_ptr<HttpServer> m_server;
    quint16 m_wantedPort = 0; ///< what m_server was asked for
    int m_keeping = 0;        ///< tokens on their way into the keychain
    Milliseconds m_retryIn = kFirstRetry;
    QTimer m_retry;
};

} // namespace novita
