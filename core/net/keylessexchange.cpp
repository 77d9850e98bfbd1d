// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/keylessexchange.h"

#include "core/net/keylessrequest.h"
#include "core/net/sequentialbody.h"
#include "core/net/wireexchange.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

#include <memory>
#include <utility>

namespace novita {

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
            Error error = outcome.error();
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
