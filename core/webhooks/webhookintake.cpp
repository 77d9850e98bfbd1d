// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookintake.h"

#include "core/base/constanttime.h"
#include "core/base/logging.h"
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/keptheaders.h"
#include "core/webhooks/sha256.h"

#include <QJsonObject>

namespace novita {

namespace {

constexpr qsizetype kMaxKeptPath = 512;

/// To a sender who may deliver: the number of what was stored, to find it again. As text, for some read numbers as floating point.
HttpResponse receivedAnswer(qint64 id, bool isDuplicate)
{
    const QByteArray body = "{\"received\":true,\"id\":\"" + QByteArray::number(id) + (isDuplicate ? "\",\"duplicate\":true}" : "\"}");
    return HttpResponse::text(200, body, "application/json");
}

HttpResponse answer(int status, const QString &error)
{
    return HttpResponse::json(status, QJsonObject{{QStringLiteral("error"), error}});
}

/// A namespace letter keeps ids, signed and unsigned bodies apart: a sender who knows the path token alone must not be able
/// to make a signed delivery look repeated.
QByteArray bodyKey(char space, const QByteArray &body)
{
    return space + sha256({body});
}

bool isFreshBody(const WebhookEvent &event, TimePoint now)
{
    const auto *instance = std::get_if<InstanceEvent>(&event);
    return !instance || (instance->timestamp >= now - signature::kTolerance && instance->timestamp <= now + signature::kTolerance);
}

/// Browsers say so of every request that a page makes; no page can leave it out.
bool isFromWebPage(const HttpRequest &head)
{
    const QByteArray site = head.headers.value("Sec-Fetch-Site");
    return !site.isEmpty() && site != "none";
}

void keepContent(const QByteArray &body, Delivery &delivery)
{
    delivery.body = body;
    if (const Result<WebhookEvent> event = webhookevent::decode(body)) {
        delivery.kind = webhookevent::kindName(*event);
        delivery.subject = webhookevent::subject(*event);
    }
}

/// 0 for chunks.
qint64 announcedBytes(const HttpRequest &head)
{
    return head.headers.value("Content-Length").toLongLong();
}

QString failureText(signature::Failure failure)
{
    switch (failure) {
    case signature::Failure::Missing: return QStringLiteral("no signature");
    case signature::Failure::Repeated: return QStringLiteral("a signature header is repeated");
    case signature::Failure::Stale: return QStringLiteral("the timestamp is not within 5 minutes");
    default: return QStringLiteral("the signature does not match");
    }
}

} // namespace

void WebhookReceiver::Intake::configure(WebhookConfig config)
{
    const std::lock_guard lock(m_configMutex);
    m_config = std::make_shared<const WebhookConfig>(std::move(config));
}

std::shared_ptr<const WebhookConfig> WebhookReceiver::Intake::config() const
{
    const std::lock_guard lock(m_configMutex);
    return m_config;
}

WebhookStats WebhookReceiver::Intake::stats() const
{
    WebhookStats stats;
    for (std::size_t i = 0; i < stats.results.size(); ++i)
        stats.results[i] = m_results[i];
    stats.notFound = m_notFound;
    stats.unavailable = m_unavailable;
    return stats;
}

bool WebhookReceiver::Intake::isTaskPath(const WebhookConfig &config, const QString &path) const
{
    return !config.taskPath().isEmpty() && equalInConstantTime(path.toUtf8(), config.taskPath().toUtf8());
}

Delivery WebhookReceiver::Intake::draft(const WebhookConfig &config, const HttpRequest &request) const
{
    Delivery delivery;
    delivery.receivedAt = m_clock.now();
    delivery.path = isTaskPath(config, request.path) ? config.path + QStringLiteral("/•••") : request.path.left(kMaxKeptPath);
    const QHostAddress address = clientAddress(request.peer, request.headers.joined("X-Forwarded-For"), config.proxies);
    delivery.address = address.toString();
    delivery.headers = keptHeaders(request.headers);
    delivery.bytes = request.body.size();
    return delivery;
}

HttpResponse WebhookReceiver::Intake::refused(Delivery delivery, DeliveryResult result, int status, const QString &reason)
{
    count(result);
    qCDebug(lcHttp).noquote() << "webhook delivery refused:" << status << reason;
    delivery.result = result;
    delivery.reason = reason;
    const TimePoint at = delivery.receivedAt;
    m_store.note(std::move(delivery));
    announce(result, at);
    return answer(status, reason);
}

std::optional<HttpResponse> WebhookReceiver::Intake::screen(const HttpRequest &head)
{
    const std::shared_ptr<const WebhookConfig> config = this->config();
    if (head.path != config->path && !isTaskPath(*config, head.path)) {
        ++m_notFound;
        return answer(404, QStringLiteral("not found"));
    }
    if (head.method != "POST") {
        ++m_notFound;
        HttpResponse response = answer(405, QStringLiteral("use POST"));
        response.headers.append("Allow", "POST");
        return response;
    }
    const QHostAddress address = clientAddress(head.peer, head.headers.joined("X-Forwarded-For"), config->proxies);
    if (!config->allowed.contains(address))
        return refused(draft(*config, head), DeliveryResult::RefusedAddress, 403, QStringLiteral("this address may not deliver"));
    // Before the limiter: a page in the person's own browser comes from this computer, and must not use up what the tunnel's senders may.
    if (isFromWebPage(head))
        return refused(draft(*config, head), DeliveryResult::RefusedAddress, 403, QStringLiteral("web pages may not deliver"));
    m_limiter.setPerMinute(config->perMinute);
    const Milliseconds wait = m_limiter.take(address, m_clock.steadyNow());
    if (wait.count() > 0) {
        HttpResponse response = refused(draft(*config, head), DeliveryResult::Limited, 429, QStringLiteral("too many deliveries from this address"));
        response.headers.append("Retry-After", QByteArray::number(static_cast<qint64>(std::chrono::ceil<Seconds>(wait).count())));
        return response;
    }
    const bool tooLarge = announcedBytes(head) > config->bodyBytes;
    if (!tooLarge && head.hasMediaType("application/json") && !head.headers.contains("Content-Encoding"))
        return std::nullopt;
    Delivery delivery = draft(*config, head);
    delivery.bytes = announcedBytes(head);
    if (tooLarge)
        return refused(std::move(delivery), DeliveryResult::TooLarge, 413, QStringLiteral("the body is too large"));
    return refused(std::move(delivery), DeliveryResult::Malformed, 415, QStringLiteral("the media type is not application/json"));
}

void WebhookReceiver::Intake::bodyRefused(const HttpRequest &head, int status)
{
    const bool tooLarge = status == 413;
    refused(draft(*config(), head), tooLarge ? DeliveryResult::TooLarge : DeliveryResult::Malformed, status,
            tooLarge ? QStringLiteral("the body is too large") : QStringLiteral("the body was not sent as announced"));
}

HttpResponse WebhookReceiver::Intake::refusal(int status, const QByteArray &reason) const
{
    return answer(status, QString::fromLatin1(reason));
}

qint64 WebhookReceiver::Intake::bodyLimit(const HttpRequest &, const HttpLimits &limits) const
{
    return std::min(config()->bodyBytes, limits.bodyBytes);
}

void WebhookReceiver::Intake::handle(const HttpRequest &request, HttpResponder responder)
{
    const std::shared_ptr<const WebhookConfig> config = this->config();
    Judgement judgement;
    judgement.delivery = draft(*config, request);
    QString reason;
    if (!verify(*config, request, judgement, &reason)) {
        const DeliveryResult result = judgement.delivery.result;
        // Rightly signed: with a clock that is wrong here, this is every delivery there is.
        if (result == DeliveryResult::TooOld)
            keepContent(request.body, judgement.delivery);
        responder.send(refused(std::move(judgement.delivery), result, 401, reason));
        return;
    }
    judgement.delivery.body = request.body;
    decode(request, judgement);
    store(std::move(judgement), responder);
}

/// By headers and raw bytes alone. Fills scheme and replay keys; on failure the result.
bool WebhookReceiver::Intake::verify(const WebhookConfig &config, const HttpRequest &request, Judgement &judgement, QString *reason) const
{
    Delivery &delivery = judgement.delivery;
    if (isTaskPath(config, request.path)) {
        delivery.scheme = DeliveryScheme::PathToken;
        judgement.replayKeys = {bodyKey('t', request.body)};
        return true;
    }
    const signature::Verdict verdict = signature::check(config.secrets, request.headers, request.body, delivery.receivedAt);
    if (verdict.scheme == signature::Scheme::Standard)
        delivery.scheme = DeliveryScheme::Standard;
    else if (verdict.scheme == signature::Scheme::Plain)
        delivery.scheme = request.headers.contains("X-Webhook-Timestamp") ? DeliveryScheme::PlainTimestamped : DeliveryScheme::Plain;
    if (!verdict.ok()) {
        delivery.result = verdict.failure == signature::Failure::Stale ? DeliveryResult::TooOld : DeliveryResult::BadSignature;
        *reason = failureText(verdict.failure);
        return false;
    }
    // Both are remembered: a Standard Webhooks delivery may carry the plain signature too, and must not come again by that one.
    if (!verdict.id.isEmpty())
        judgement.replayKeys.append('i' + verdict.id);
    judgement.replayKeys.append(bodyKey('b', request.body));
    return true;
}

/// What the content makes of a delivery whose sender is known. Repeats are answered before this counts: the store looks for them.
void WebhookReceiver::Intake::decode(const HttpRequest &request, Judgement &judgement) const
{
    Delivery &delivery = judgement.delivery;
    const auto refuse = [&](DeliveryResult result, int status, const QString &reason) {
        delivery.result = result;
        delivery.reason = reason;
        judgement.status = status;
    };
    Result<WebhookEvent> event = webhookevent::decode(request.body);
    const bool isUnsigned = delivery.scheme == DeliveryScheme::PathToken;
    if (!event) {
        refuse(DeliveryResult::Malformed, event.error().kind == ErrorKind::Validation ? 422 : 400, event.error().message);
    } else if (isUnsigned && !std::holds_alternative<TaskEvent>(*event)) {
        refuse(DeliveryResult::Malformed, 422, QStringLiteral("only task events may come unsigned"));
    } else if (delivery.scheme != DeliveryScheme::Standard && !isFreshBody(*event, delivery.receivedAt)) {
        refuse(DeliveryResult::TooOld, 401, QStringLiteral("the timestamp in the body is not within 5 minutes"));
    } else {
        delivery.kind = webhookevent::kindName(*event);
        delivery.subject = webhookevent::subject(*event);
        judgement.event = std::move(event).value();
    }
}

void WebhookReceiver::Intake::store(Judgement judgement, HttpResponder responder)
{
    PendingDelivery pending{std::move(judgement.delivery), std::move(judgement.replayKeys), {}};
    // What told() needs, and nothing that its thread would have to free.
    judgement.delivery = {};
    judgement.delivery.receivedAt = pending.delivery.receivedAt;
    judgement.delivery.scheme = pending.delivery.scheme;
    judgement.delivery.reason = pending.delivery.reason;
    pending.stored = [self = shared_from_this(), judgement = std::move(judgement), responder](const Result<StoredDelivery> &stored) {
        self->told(judgement, stored, responder);
    };
    m_store.add(std::move(pending));
}

void WebhookReceiver::Intake::told(const Judgement &judgement, const Result<StoredDelivery> &stored, const HttpResponder &responder)
{
    if (!stored) {
        ++m_unavailable;
        HttpResponse response = answer(503, QStringLiteral("the delivery could not be stored"));
        response.headers.append("Retry-After", QByteArray::number(static_cast<qint64>(kStoreRetryAfter.count())));
        responder.send(std::move(response));
        return;
    }
    count(stored->result);
    // The answer goes first: the sender waits for it, and nobody here does.
    std::optional<ReceivedWebhook> arrived;
    if (stored->result == DeliveryResult::Duplicate) {
        responder.send(receivedAnswer(stored->id, true));
    } else if (judgement.status != 200) {
        const QJsonObject refusal{{QStringLiteral("error"), judgement.delivery.reason}, {QStringLiteral("id"), QString::number(stored->id)}};
        responder.send(HttpResponse::json(judgement.status, refusal));
    } else {
        responder.send(receivedAnswer(stored->id, false));
        arrived = ReceivedWebhook{stored->id, judgement.delivery.receivedAt, judgement.delivery.scheme, *judgement.event};
    }
    announce(stored->result, judgement.delivery.receivedAt, std::move(arrived));
}

void WebhookReceiver::Intake::announce(DeliveryResult result, TimePoint at, std::optional<ReceivedWebhook> arrived)
{
    const std::lock_guard lock(m_arrivedMutex);
    m_last = LastDelivery{at, result};
    if (!m_news)
        return;
    if (arrived && m_arrived.size() < kMaxWaiting)
        m_arrived.append(std::move(*arrived));
    else if (arrived)
        ++m_missed;
    if (!std::exchange(m_announced, true))
        m_news();
}

std::optional<LastDelivery> WebhookReceiver::Intake::lastDelivery() const
{
    const std::lock_guard lock(m_arrivedMutex);
    return m_last;
}

QList<ReceivedWebhook> WebhookReceiver::Intake::takeArrived(int *missed)
{
    const std::lock_guard lock(m_arrivedMutex);
    m_announced = false;
    *missed = std::exchange(m_missed, 0);
    return std::exchange(m_arrived, {});
}

void WebhookReceiver::Intake::forgetOwner()
{
    const std::lock_guard lock(m_arrivedMutex);
    m_news = nullptr;
}

} // namespace novita
