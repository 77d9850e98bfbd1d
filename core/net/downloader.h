// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/net/reach.h"

#include <QByteArray>
#include <QObject>

#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace novita {

class WireExchange;

/// A file as its server gave it.
struct Download
{
    QByteArray bytes;
    QByteArray mediaType; ///< as the server calls it, without parameters, lower case; not to be trusted
};

/// Fetches result files by the links that the cloud gives out: pre-signed, so without a key (a second credential makes such servers refuse),
/// without cookies, and never from this network when the cloud is out there, nor the other way round (Reach).
///
/// Redirects are followed within the host they come from, kMostRedirects times; to another host they are ErrorKind::Protocol with
/// ProtocolFault::Redirect. Too many bytes: ProtocolFault::TooLarge, at once when the server announces them. Another status than 200:
/// ErrorKind::NotFound for 403, 404 and 410 (the link has expired), Server for 5xx, 408, 425 and 429, with the Retry-After of the answer (parseRetryAfter()),
/// Protocol otherwise. One attempt; whoever asks tries again.
///
/// Thread: the one that made it; never blocks.
class Downloader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Downloader)

public:
    static constexpr int kMostRedirects = 3;

    struct Limits
    {
        qint64 bytes = 64 * 1024 * 1024;
        Milliseconds time{180'000}; ///< absolute, redirects included
    };
    /// Bytes that are here, and all of them where that is known, else -1.
    using Progress = std::function<void(qint64 received, qint64 total)>;

    /// `network`: used by nobody else that sends keys; outlives the downloader.
    explicit Downloader(QNetworkAccessManager &network, QObject *parent = nullptr);

    void setReach(Reach reach) { m_reach = reach; }

    /// `progress` may be empty; it is not called after the result.
    Call<Download> *fetch(const QUrl &url, const Limits &limits, Progress progress = {});

private:
    struct Fetch;
    void ask(const std::shared_ptr<Fetch> &fetch);

    QNetworkAccessManager &m_network;
    Reach m_reach = Reach::Internet;
};

} // namespace novita
