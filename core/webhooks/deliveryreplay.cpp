// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliveryreplay.h"

#include "core/base/displaytext.h"
#include "core/base/redact.h"
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/webhookreceiver.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostReason = 200;

/// Instead of what it was: such a field opens nothing, and telling it would be a lie.
bool isBlotted(const HttpHeaders::Field &field)
{
    return field.value.contains("\xE2\x80\xA2\xE2\x80\xA2\xE2\x80\xA2");
}

/// The own receiver names what it has stored.
std::optional<qint64> storedId(const PostReport &report)
{
    bool ok = false;
    const qint64 id = QJsonDocument::fromJson(report.body).object().value(QLatin1String("id")).toString().toLongLong(&ok);
    return ok && id > 0 ? std::optional(id) : std::nullopt;
}

Error invalid(const QString &sentence)
{
    return Error::make(ErrorKind::Validation, sentence);
}

} // namespace

DeliveryReplay::DeliveryReplay(DeliveryStore &store, WebhookPoster &poster, const Clock &clock, FindReceiver find, QObject *parent)
    : QObject(parent), m_store(store), m_poster(poster), m_clock(clock), m_find(std::move(find))
{
}

Call<ReplayReport> *DeliveryReplay::replay(qint64 id)
{
    return send(id, {});
}

Call<ReplayReport> *DeliveryReplay::replayEdited(qint64 id, const QByteArray &body, bool resign)
{
    return send(id, {{}, {}, body, resign});
}

Call<ReplayReport> *DeliveryReplay::forward(qint64 id, const QUrl &url, bool resign, const TargetPolicy &policy)
{
    return send(id, {url, policy, {}, resign});
}

Call<ReplayReport> *DeliveryReplay::send(qint64 id, const Order &order)
{
    auto *call = Call<ReplayReport>::create(this);
    const QPointer<Call<ReplayReport>> out(call);
    m_store.read(id)->onFinished(call, [this, out, order](const Result<Delivery> &delivery) {
        const Result<PostRequest> request = delivery ? requestFor(*delivery, order) : Result<PostRequest>(delivery.error());
        if (!request) {
            out->resolve(request.error());
            return;
        }
        Call<PostReport> *post = m_poster.post(*request);
        out->setCanceler([post = QPointer<CallBase>(post)] {
            if (post)
                post->cancel();
        });
        const bool own = !order.target;
        post->onFinished(out, [this, out, own](const Result<PostReport> &report) {
            if (report)
                out->resolve(ReplayReport{*report, describe(*report, own), own ? storedId(*report) : std::nullopt});
            else
                out->resolve(report.error());
        });
    });
    return call;
}

Result<PostRequest> DeliveryReplay::requestFor(const Delivery &delivery, const Order &order) const
{
    if (!order.body && delivery.body.isEmpty() && delivery.bytes > 0)
        return Error::make(ErrorKind::NotFound, tr("The body of this delivery was not kept, so it cannot be sent again."));
    const Result<Receiver> receiver = m_find();
    if (!receiver && (!order.target || order.resign))
        return receiver.error();
    if (order.resign && receiver->secret.isEmpty())
        return invalid(tr("There is no secret to sign with."));
    PostRequest request;
    request.body = order.body.value_or(delivery.body);
    request.policy = order.policy;
    if (order.target) {
        request.url = *order.target;
    } else {
        const bool toTasks = delivery.scheme == DeliveryScheme::PathToken && !order.resign;
        request.url = toTasks ? receiver->taskUrl : receiver->signedUrl;
        request.pinned = receiver->pinned;
        if (request.url.isEmpty())
            return invalid(tr("This delivery came by the path token, and there is none any more."));
    }
    std::copy_if(delivery.headers.begin(), delivery.headers.end(), std::back_inserter(request.headers), [&order](const HttpHeaders::Field &field) {
        return !isBlotted(field) && !(order.resign && signature::isSchemeHeader(field.name));
    });
    if (order.resign)
        request.headers += signature::headers(receiver->secret, "replay_" + WebhookConfig::generateToken().toLatin1(), m_clock.now(), request.body);
    return request;
}

QString DeliveryReplay::describe(const PostReport &report, bool own) const
{
    if (!report.isAnswered())
        return report.error ? report.error->message : QString();
    const QJsonObject answer = QJsonDocument::fromJson(report.body).object();
    if (own && answer.value(QLatin1String("duplicate")).toBool())
        return tr("Answered %1. The receiver has seen these bytes before and counts them as a repeat, as it should.").arg(report.status);
    if (report.isSuccess())
        return tr("Answered %1.").arg(report.status);
    if (report.status >= 300 && report.status < 400)
        return tr("Answered %1, a redirect. Redirects are not followed.").arg(report.status);
    const QString reason = displayLine(redact(answer.value(QLatin1String("error")).toString().left(kMostReason)), kMostReason);
    if (own && report.status == 401)
        return tr("Answered 401: %1. A signature is good for five minutes; to send an older delivery again, edit it and re-sign it.").arg(reason);
    return reason.isEmpty() ? tr("Answered %1.").arg(report.status) : tr("Answered %1: %2.").arg(QString::number(report.status), reason);
}

} // namespace novita
