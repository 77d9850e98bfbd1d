// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/apirequest.h"
#include "core/net/staleconnections.h"

#include <QByteArray>
#include <QNetworkRequest>
#include <QObject>
#include <QUrl>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

class QNetworkAccessManager;

namespace novita {

class WireExchange;

/// One attempt, ready for the wire.
struct WireRequest
{
    HttpMethod method = HttpMethod::Get;
    QUrl url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;               ///< not for GET
    Milliseconds timeout{30000};   ///< absolute, from now to the last byte
    std::optional<qint64> maxBytes; ///< of the decompressed answer, instead of the configured number
    std::function<void(const QByteArray &)> onBytes; ///< see ApiRequest::onBytes
};

/// A complete HTTP answer of any status.
struct WireResponse
{
    int status = 0;
    QByteArray body;         ///< decompressed
    QByteArray retryAfter;   ///< header values, empty when absent
    QByteArray date;
    qint64 wireBytes = 0;    ///< body bytes before decompression where the server told them, else 0
};

/// What became of an attempt. An error here means that no complete answer came: Network, Timeout, Tls, Protocol (too
/// large, broken encoding) or Validation (refused, nothing sent). `httpStatus` is set if a status line was read;
/// `effectUnknown` means that the request may have reached the server, whatever its method.
using HttpOutcome = Result<WireResponse>;

/// The only user of QNetworkAccessManager, and the place of every precaution that it needs:
///
/// - a request that may change something is sent from a sequential device, also with an empty body, so that the manager
///   cannot send it again when the connection closes unanswered;
/// - redirects are not followed, cookies, HTTP authentication and the disk cache are off;
/// - https only, http for loopback hosts; certificate errors are never ignored;
/// - an absolute deadline and a cap on the decompressed body, both end the reply;
/// - HTTP/2, keep-alive and compressed answers are allowed; a connection that was made with other authorities is not used again.
///
/// Owner: RequestPipeline. One thread.
class HttpTransport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HttpTransport)

public:
    struct Config
    {
        QString proxyUrl;  ///< see ApiClientConfig
        QString caFile;
        qint64 maxReplyBytes = 16 * 1024 * 1024;
    };

    /// `network` must outlive the transport.
    explicit HttpTransport(QNetworkAccessManager &network, QObject *parent = nullptr);
    ~HttpTransport() override;

    void configure(const Config &config);

    /// Why nothing at all may be sent to `url` now (address, proxy setting, CA file).
    std::optional<Error> refusal(const QUrl &url) const;

    /// Starts the attempt. `handler` is called once, never from inside send(), unless the exchange is aborted before.
    /// The exchange belongs to the transport and deletes itself after the handler has run.
    WireExchange *send(const WireRequest &request, std::function<void(const HttpOutcome &)> handler);

private:
    QNetworkRequest prepare(const WireRequest &request) const;

    QNetworkAccessManager &m_network;
    StaleConnections m_connections{m_network};
    Config m_config;
    QNetworkRequest m_template; ///< attributes and TLS settings that all requests share
    std::optional<Error> m_configError;
};

} // namespace novita
