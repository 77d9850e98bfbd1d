// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/addresslimiter.h"
#include "core/localapi/apianswer.h"

#include <QByteArray>

#include <mutex>
#include <optional>

namespace novita {

/// Who may speak to the local API. In this order:
/// - Host must name this computer's loopback and the port that is listened on: a web page that had its own name resolved to 127.0.0.1
///   (DNS rebinding) is refused, 403;
/// - an Origin other than that is refused, 403: no web page has any business here, and nothing ever answers with a CORS header;
/// - one `Authorization: Bearer` with the token, 401 otherwise. Compared by digests, in constant time. Wrong tokens are limited by
///   address, 429; the right one always passes, or any program of this computer could lock its user out.
///
/// setToken() and setPort(): any thread. refusal(): the server's thread.
class ApiGate final
{
    Q_DISABLE_COPY_MOVE(ApiGate)

public:
    static constexpr int kWrongTokensPerMinute = 10;
    static constexpr qsizetype kShortestToken = 22; ///< 128 bits, at six a character
    static constexpr qsizetype kLongestToken = 200;

    explicit ApiGate(const Clock &clock) : m_clock(clock), m_limiter(kWrongTokensPerMinute) {}

    /// What a bearer token may look like: kShortestToken to kLongestToken of [A-Za-z0-9._~+/-], '=' at the end.
    static bool isToken(const QString &text);

    /// Valid from the next request on, in place of the one before. An empty one lets nobody in.
    void setToken(const QByteArray &token);
    void setPort(quint16 port);

    std::optional<ApiProblem> refusal(const HttpRequest &head);

private:
    bool isRight(const QByteArray &token) const;

    const Clock &m_clock;
    AddressLimiter m_limiter;
    mutable std::mutex m_mutex;
    QByteArray m_digest; ///< SHA-256 of the token: the comparison tells nothing of its length
    quint16 m_port = 0;
};

} // namespace novita
