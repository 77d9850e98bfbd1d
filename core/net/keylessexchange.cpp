// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/keylessexchange.h"

#include "core/net/keylessnetwork.h"
#include "core/net/keylessrequest.h"
#include "core/net/sequentialbody.h"
#include "core/net/wireexchange.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <memory>
#include <utility>

namespace novita {

namespace {

struct KeylessExchange
{
    Q_DECLARE_TR_FUNCTIONS(KeylessExchange)
};

/// For people, who know the server by its name and not by its host; that stands in the detail.
Error inWords(const Error &error, const QNetworkReply *reply)
{
    Error out = error;
    if (reply && !KeylessNetwork::refusalOf(*reply).isEmpty())
        return out;
    switch (error.kind) {
    case ErrorKind::Timeout: out.message = KeylessExchange::tr("The server did not answer in time."); break;
    case ErrorKind::Tls: out.message = KeylessExchange::tr("The certificate of the server was refused. If an authority of your own signed it, name its CA file in the network settings."); break;
    case ErrorKind::Network:
        out.message = error.effectUnknown ? KeylessExchange::tr("The connection to the server broke off.")
                                          : KeylessExchange::tr("The server cannot be reached. Does it run, and is its address right?");
        break;
    default: return out;
    }
    out.detail = error.detail.isEmpty() ? error.message : error.message + QLatin1Char('\n') + error.detail;
    return out;
}

} // namespace

WireExchange *sendKeyless(QNetworkAccessManager &network, const KeylessRequest &request, std::function<void(const Result<KeylessAnswer> &)> handler, QObject *parent)
{
    network.setAutoDeleteReplies(false);
    QNetworkRequest prepared = keylessRequest(request.url);
    prepared.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    if (!request.user.isEmpty())
        prepared.setRawHeader("Authorization", "Basic " + (request.user + QLatin1Char(':') + request.password).toUtf8().toBase64());
    QNetworkReply *reply = nullptr;
    if (request.json) {
        prepared.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
        prepared.setHeader(QNetworkRequest::ContentLengthHeader, request.json->size());
        prepared.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        auto body = std::make_unique<SequentialBody>(*request.json);
        reply = network.post(prepared, body.get());
        body.release()->setParent(reply);
    } else {
        reply = network.get(prepared);
    }
    const bool isWrite = request.json.has_value();
    const auto told = [handler = std::move(handler), isWrite, reply = QPointer<QNetworkReply>(reply)](const HttpOutcome &outcome) {
        if (!outcome) {
            Error error = inWords(outcome.error(), reply);
            error.effectUnknown = error.effectUnknown && isWrite;
            handler(error);
            return;
        }
        KeylessAnswer answer{outcome->status, outcome->body, {}};
        const QUrl target = reply ? reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl() : QUrl();
        if (!target.isEmpty())
            answer.leadsTo = reply->url().resolved(target);
        handler(answer);
    };
    return new WireExchange(reply, request.time, request.mostBytes, told, parent);
}

} // namespace novita
