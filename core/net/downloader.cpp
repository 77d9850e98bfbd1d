// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/downloader.h"

#include "core/net/keylessrequest.h"
#include "core/net/retryafter.h"
#include "core/net/wireexchange.h"

#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <memory>

namespace novita {

namespace {

bool isRedirect(int status)
{
    return status >= 300 && status <= 399 && status != 304;
}

/// The same server may have asked for another path, or for a secure connection.
bool staysThere(const QUrl &from, const QUrl &to)
{
    if (from.host().compare(to.host(), Qt::CaseInsensitive) != 0)
        return false;
    const bool samePort = from.scheme() == to.scheme() && from.port() == to.port();
    return samePort || (from.scheme() == QLatin1String("http") && to.scheme() == QLatin1String("https"));
}

Error statusError(const WireResponse &answer)
{
    const int status = answer.status;
    const bool saysLater = status == 408 || status == 425 || status == 429;
    Error error;
    if (status == 404)
        error = Error::make(ErrorKind::NotFound, Downloader::tr("The server has no such file, or no longer (HTTP %1).").arg(status));
    else if (status == 403 || status == 410)
        error = Error::make(ErrorKind::NotFound, Downloader::tr("The link to this file has expired (HTTP %1).").arg(status));
    else if (saysLater)
        error = Error::make(ErrorKind::Server, Downloader::tr("The server of this file asks to be asked again later (HTTP %1).").arg(status));
    else if (status >= 500)
        error = Error::make(ErrorKind::Server, Downloader::tr("The server of this file fails (HTTP %1).").arg(status));
    else
        error = Error::make(ErrorKind::Protocol, Downloader::tr("The server does not give this file out (HTTP %1).").arg(status));
    error.httpStatus = status;
    if (error.kind == ErrorKind::Server)
        error.retryAfter = parseRetryAfter(answer.retryAfter, answer.date, SystemClock().now());
    return error;
}

} // namespace

struct Downloader::Fetch
{
    QPointer<Call<Download>> out;
    QUrl url;
    Limits limits;
    Progress progress;
    QDeadlineTimer deadline;
    int redirects = 0;
    QPointer<WireExchange> exchange;

    void fail(const Error &error)
    {
        if (out)
            out->resolve(error);
    }
};

Downloader::Downloader(QNetworkAccessManager &network, QObject *parent) : QObject(parent), m_network(network)
{
    m_network.setAutoDeleteReplies(false);
}

Call<Download> *Downloader::fetch(const QUrl &url, const Limits &limits, Progress progress)
{
    auto *call = Call<Download>::create(this);
    const auto fetch = std::make_shared<Fetch>();
    fetch->out = call;
    fetch->url = url;
    fetch->limits = limits;
    fetch->progress = std::move(progress);
    fetch->deadline.setRemainingTime(limits.time);
    call->setCanceler([fetch] {
        if (fetch->exchange)
            fetch->exchange->abort();
    });
    ask(fetch);
    return call;
}

void Downloader::ask(const std::shared_ptr<Fetch> &fetch)
{
    if (const std::optional<Error> refused = checkReach(fetch->url, m_reach)) {
        fetch->fail(*refused);
        return;
    }
    QNetworkReply *reply = m_network.get(keylessRequest(fetch->url));
    if (fetch->progress) {
        connect(reply, &QNetworkReply::downloadProgress, this, [fetch](qint64 received, qint64 total) {
            if (fetch->out && !fetch->out->isSettled())
                fetch->progress(received, total);
        });
    }
    const auto ended = [this, fetch, reply = QPointer<QNetworkReply>(reply)](const HttpOutcome &outcome) {
        if (!fetch->out)
            return;
        if (!outcome) {
            Error error = outcome.error();
            if (error.kind == ErrorKind::Protocol && error.fault == ProtocolFault::TooLarge)
                error.message = tr("The file is larger than %1 MB.").arg(fetch->limits.bytes / (1024 * 1024));
            fetch->fail(error);
            return;
        }
        if (isRedirect(outcome->status)) {
            const QUrl next = reply ? fetch->url.resolved(reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl()) : QUrl();
            if (!staysThere(fetch->url, next)) {
                fetch->fail(Error::protocol(ProtocolFault::Redirect, tr("The link leads on to another server, %1, which is not followed.").arg(next.host())));
            } else if (++fetch->redirects > kMostRedirects) {
                fetch->fail(Error::protocol(ProtocolFault::Redirect, tr("The link leads on and on.")));
            } else {
                fetch->url = next;
                ask(fetch);
            }
            return;
        }
        if (outcome->status != 200) {
            fetch->fail(statusError(*outcome));
            return;
        }
        const QByteArray type = reply ? reply->header(QNetworkRequest::ContentTypeHeader).toByteArray() : QByteArray();
        fetch->out->resolve(Download{outcome->body, type.left(type.indexOf(';')).trimmed().toLower()});
    };
    fetch->exchange = new WireExchange(reply, Milliseconds(fetch->deadline.remainingTime()), fetch->limits.bytes, ended, this);
}

} // namespace novita
