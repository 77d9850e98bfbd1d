// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>
#include <QUrl>

namespace novita {

/// Everything about the client that a profile or the settings decide. A value; ranges are enforced by the settings layer.
struct ApiClientConfig
{
    QUrl apiRoot = QUrl(QStringLiteral("https://api.novita.ai")); ///< https, or http to a loopback host; no trailing '/'
    int maxInFlight = 4;             ///< 1-16
    int maxQueued = 20000;           ///< requests that may wait; one more is ErrorKind::QueueFull
    int limiterCapacity = 100;       ///< attempts per sliding window
    Milliseconds limiterWindow{60000};
    int breakerFailures = 5;         ///< consecutive transient failures that open it
    Milliseconds breakerOpenFor{60000};
    int breakerSuccesses = 3;        ///< probe successes that close it
    int maxRetries = 3;              ///< further attempts after the first
    Milliseconds retryBase{1000};
    Milliseconds retryCap{30000};
    Milliseconds timeout{30000};     ///< absolute, per attempt
    qint64 maxReplyBytes = 16 * 1024 * 1024; ///< decompressed
    QString proxyUrl;                ///< "" = environment, "none" = direct, else http:// or socks5:// URL
    QString caFile;                  ///< PEM file added to the system's CAs, or empty

    bool operator==(const ApiClientConfig &) const = default;
};

} // namespace novita
