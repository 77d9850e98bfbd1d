// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statustext.h"

#include "ui/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace novita {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("StatusBar", source);
}

/// Whole seconds, rounded up: a countdown that reaches 0 is over.
QString countdown(TimePoint until, TimePoint now)
{
    const Milliseconds left = until > now ? until - now : Milliseconds(0);
    return format::duration(left + Milliseconds(999));
}

QString keySourceText(KeySource source)
{
    switch (source) {
    case KeySource::Environment:
        return text(QT_TRANSLATE_NOOP("StatusBar", "key from environment"));
    case KeySource::Session:
        return text(QT_TRANSLATE_NOOP("StatusBar", "key for this session"));
    case KeySource::Sandbox:
        return text(QT_TRANSLATE_NOOP("StatusBar", "built-in sandbox"));
    case KeySource::Keychain:
    case KeySource::None:
        break;
    }
    return {};
}

StatusPart profilePart(const StatusInput &input)
{
    StatusPart part;
    part.text = input.profileName;
    for (const QString &extra : {keySourceText(input.keySource), input.readOnly ? text(QT_TRANSLATE_NOOP("StatusBar", "read-only")) : QString()}) {
        if (!extra.isEmpty() && !part.text.isEmpty())
            part.text += QStringLiteral(" (%1)").arg(extra);
    }
    part.tip = text(QT_TRANSLATE_NOOP("StatusBar", "The profile in use. Click for the profiles."));
    return part;
}

/// ", 12 s" of a sentence that ends in a countdown; the sentence alone when the end is not known.
QString withCountdown(const QString &sentence, const std::optional<TimePoint> &until, TimePoint now)
{
    return until ? text(QT_TRANSLATE_NOOP("StatusBar", "%1, %2")).arg(sentence, countdown(*until, now)) : sentence;
}

/// "Rate limit: 3 actions wait"; polls alone are requests.
QString rateLimitText(const ClientStatus &client)
{
    return client.queuedForUser > 0
        ? QCoreApplication::translate("StatusBar", "Rate limit: %n action(s) wait", nullptr, client.queuedForUser)
        : QCoreApplication::translate("StatusBar", "Rate limit: %n request(s) wait", nullptr, client.queued);
}

/// Why nothing goes out although there is a key: a pause, an open breaker, a used-up minute. Stronger than the word for the
/// connection, which speaks of the last answer only.
std::optional<StatusPart> holdPart(const StatusInput &input)
{
    const ClientStatus &client = input.client;
    const auto part = [](const QString &words, StateTone tone) { return StatusPart{words, {}, tone, true}; };
    if (client.pausedUntil && *client.pausedUntil > input.now) {
        const QString words = client.queuedForUser > 0
            ? QCoreApplication::translate("StatusBar", "The service asked for a pause: %n action(s) wait", nullptr, client.queuedForUser)
            : text(QT_TRANSLATE_NOOP("StatusBar", "The service asked for a pause"));
        return part(withCountdown(words, client.pausedUntil, input.now), StateTone::Warn);
    }
    if (client.breaker == BreakerState::Open) {
        if (client.breakerRetryAt)
            return part(text(QT_TRANSLATE_NOOP("StatusBar", "The service does not answer: next try in %1")).arg(countdown(*client.breakerRetryAt, input.now)), StateTone::Bad);
        return part(text(QT_TRANSLATE_NOOP("StatusBar", "The service does not answer")), StateTone::Bad);
    }
    if (client.breaker == BreakerState::HalfOpen)
        return part(text(QT_TRANSLATE_NOOP("StatusBar", "Trying whether the service answers again")), StateTone::Warn);
    if (client.waitReason == WaitReason::RateLimit)
        return part(withCountdown(rateLimitText(client), client.waitUntil, input.now), StateTone::Warn);
    if (client.waitReason == WaitReason::Retry && client.queuedForUser > 0) {
        const QString words = QCoreApplication::translate("StatusBar", "%n action(s) will be tried again", nullptr, client.queuedForUser);
        return part(client.waitUntil ? text(QT_TRANSLATE_NOOP("StatusBar", "%1 in %2")).arg(words, countdown(*client.waitUntil, input.now)) : words, StateTone::Warn);
    }
    return std::nullopt;
}

/// The word for the connection itself.
StatusPart connectionWord(ConnectionState state)
{
    const auto part = [](const char *source, StateTone tone) { return StatusPart{text(source), {}, tone, true}; };
    switch (state) {
    case ConnectionState::NoProfile:
        return part(QT_TRANSLATE_NOOP("StatusBar", "No profile"), StateTone::Idle);
    case ConnectionState::NoKey:
        return part(QT_TRANSLATE_NOOP("StatusBar", "No API key"), StateTone::Warn);
    case ConnectionState::Connecting:
        return part(QT_TRANSLATE_NOOP("StatusBar", "Connecting…"), StateTone::Wait);
    case ConnectionState::Connected:
        return part(QT_TRANSLATE_NOOP("StatusBar", "Connected"), StateTone::Good);
    case ConnectionState::Degraded:
        return part(QT_TRANSLATE_NOOP("StatusBar", "Some requests fail"), StateTone::Warn);
    case ConnectionState::Offline:
        return part(QT_TRANSLATE_NOOP("StatusBar", "Offline"), StateTone::Bad);
    case ConnectionState::KeyRejected:
        return part(QT_TRANSLATE_NOOP("StatusBar", "API key not accepted"), StateTone::Bad);
    case ConnectionState::BreakerOpen:
        return part(QT_TRANSLATE_NOOP("StatusBar", "Requests held back"), StateTone::Bad);
    case ConnectionState::RateLimited:
        break;
    }
    return part(QT_TRANSLATE_NOOP("StatusBar", "Pausing as asked"), StateTone::Warn);
}

StatusPart connectionPart(const StatusInput &input)
{
    const bool keyless = input.connection == ConnectionState::NoProfile || input.connection == ConnectionState::NoKey
                         || input.connection == ConnectionState::KeyRejected;
    const std::optional<StatusPart> hold = keyless ? std::nullopt : holdPart(input);
    StatusPart part = hold ? *hold : connectionWord(input.connection);
    part.tip = text(QT_TRANSLATE_NOOP("StatusBar", "Connection to the service. Click for the requests."));
    return part;
}

StatusPart queuePart(const ClientStatus &client)
{
    StatusPart part;
    part.text = text(QT_TRANSLATE_NOOP("StatusBar", "queue %1")).arg(client.queued + client.inFlight);
    part.tip = QCoreApplication::translate("StatusBar", "%n request(s) waiting", nullptr, client.queued) + QLatin1String(", ")
               + QCoreApplication::translate("StatusBar", "%n on the wire.", nullptr, client.inFlight) + QLatin1Char(' ')
               + text(QT_TRANSLATE_NOOP("StatusBar", "Click for the requests."));
    return part;
}

StatusPart limiterPart(const ClientStatus &client)
{
    StatusPart part;
    part.text = text(QT_TRANSLATE_NOOP("StatusBar", "%1/%2 req/min")).arg(client.limiterUsed).arg(client.limiterCapacity);
    part.name = text(QT_TRANSLATE_NOOP("StatusBar", "%1 of %2 requests per minute used")).arg(client.limiterUsed).arg(client.limiterCapacity);
    part.tip = text(QT_TRANSLATE_NOOP("StatusBar", "%1 of the %2 requests that are allowed in 60 seconds are used. Click to change the limit."))
                   .arg(client.limiterUsed).arg(client.limiterCapacity);
    part.tone = client.waitReason == WaitReason::RateLimit ? StateTone::Warn : StateTone::Idle;
    return part;
}

/// The countdown stands beside the connection, which is given up last when the bar is narrow.
StatusPart breakerPart(const ClientStatus &client)
{
    const QString tip = text(QT_TRANSLATE_NOOP("StatusBar", "After five failures in a row requests are held back for a minute."));
    switch (client.breaker) {
    case BreakerState::Closed:
        return {text(QT_TRANSLATE_NOOP("StatusBar", "breaker closed")), tip, StateTone::Idle, false};
    case BreakerState::HalfOpen:
        return {text(QT_TRANSLATE_NOOP("StatusBar", "breaker half-open, probing")), tip, StateTone::Warn, true};
    case BreakerState::Open:
        break;
    }
    return {text(QT_TRANSLATE_NOOP("StatusBar", "breaker open")), tip, StateTone::Bad, true};
}

/// What the sum is made of, each part in a line.
QString burnTip(const FleetNumbers &fleet)
{
    QStringList lines{text(QT_TRANSLATE_NOOP("StatusBar", "What is billed now, per hour. Click for the costs.")),
                      text(QT_TRANSLATE_NOOP("StatusBar", "On demand: %1")).arg(format::pricePerHour(fleet.burn.onDemandPerHour)),
                      text(QT_TRANSLATE_NOOP("StatusBar", "Spot: %1")).arg(format::pricePerHour(fleet.burn.spotPerHour)),
                      text(QT_TRANSLATE_NOOP("StatusBar", "Disks and volumes: %1")).arg(format::pricePerHour(fleet.burn.storagePerHour()))};
    if (!fleet.burn.monthlyPerHour.isZero())
        lines.append(text(QT_TRANSLATE_NOOP("StatusBar", "Subscriptions, paid in advance and not in the sum: %1")).arg(format::pricePerHour(fleet.burn.monthlyPerHour)));
    if (fleet.unpriced > 0)
        lines.append(QCoreApplication::translate("StatusBar", "Without %n instance(s) whose price is not known.", nullptr, fleet.unpriced));
    if (!fleet.volumesKnown)
        lines.append(text(QT_TRANSLATE_NOOP("StatusBar", "Without network volumes: their list has not been read.")));
    return lines.join(u'\n');
}

StatusPart burnPart(const StatusInput &input)
{
    const QString amount = format::sumPerHour(input.fleet.burnPerHour);
    StatusPart part;
    const bool noneKnown = input.fleet.unpriced > 0 && input.fleet.burnPerHour.isZero();
    part.text = noneKnown ? text(QT_TRANSLATE_NOOP("StatusBar", "burn unknown"))
              : input.fleet.unpriced > 0 ? text(QT_TRANSLATE_NOOP("StatusBar", "at least %1 burning")).arg(amount)
                                         : text(QT_TRANSLATE_NOOP("StatusBar", "%1 burning")).arg(amount);
    part.tip = burnTip(input.fleet);
    return part;
}

StatusPart balancePart(const StatusInput &input)
{
    if (!input.balance)
        return {};
    StatusPart part;
    part.tip = text(QT_TRANSLATE_NOOP("StatusBar", "The account's balance, and when it ends at this burn."));
    part.text = text(QT_TRANSLATE_NOOP("StatusBar", "balance %1")).arg(format::balance(input.balance));
    if (input.balance->isNegative() || input.balance->isZero()) {
        part.tone = StateTone::Bad;
        part.dot = true;
    } else if (input.fleet.balanceLasts) {
        constexpr Milliseconds kSoon = std::chrono::hours(24);
        constexpr Milliseconds kWeek = std::chrono::hours(24 * 7);
        const Milliseconds lasts = *input.fleet.balanceLasts;
        const TimePoint end = input.balanceAt.value_or(input.now) + lasts;
        const QString when = lasts < kWeek
            ? QLocale().toString(QDateTime::fromMSecsSinceEpoch(end.time_since_epoch().count()), QStringLiteral("ddd HH:mm"))
            : text(QT_TRANSLATE_NOOP("StatusBar", "in %1")).arg(format::duration(lasts));
        part.text += QLatin1String(", ") + text(QT_TRANSLATE_NOOP("StatusBar", "ends %1")).arg(when);
        part.tone = lasts < kSoon ? StateTone::Warn : StateTone::Idle;
        part.dot = lasts < kSoon;
    }
    return part;
}

/// Off says so, too: who waits for webhooks must not have to look for it.
StatusPart receiverPart(const WebhookStatus &receiver)
{
    using State = WebhookStatus::State;
    const auto part = [&receiver](const QString &words, StateTone tone) {
        return StatusPart{words, receiver.sentence, tone, tone != StateTone::Idle};
    };
    switch (receiver.state) {
    case State::Off:
        return part(text(QT_TRANSLATE_NOOP("StatusBar", "receiver off")), StateTone::Idle);
    case State::NeedsSecret:
        return part(text(QT_TRANSLATE_NOOP("StatusBar", "receiver: no secret")), StateTone::Warn);
    case State::Starting:
        return part(text(QT_TRANSLATE_NOOP("StatusBar", "receiver starting")), StateTone::Wait);
    case State::Failed:
        return part(text(QT_TRANSLATE_NOOP("StatusBar", "receiver not listening")), StateTone::Bad);
    case State::Listening:
        break;
    }
    if (!receiver.storeNotice.isEmpty())
        return {text(QT_TRANSLATE_NOOP("StatusBar", "trouble storing webhooks")), receiver.storeNotice, StateTone::Bad, true};
    StatusPart listening = part(text(QT_TRANSLATE_NOOP("StatusBar", "receiver on")), StateTone::Good);
    listening.name = text(QT_TRANSLATE_NOOP("StatusBar", "webhooks received on port %1")).arg(receiver.port);
    return listening;
}

} // namespace

StatusTexts statusTexts(const StatusInput &input)
{
    StatusTexts out;
    out.profile = profilePart(input);
    out.connection = connectionPart(input);
    out.queue = queuePart(input.client);
    out.limiter = limiterPart(input.client);
    out.breaker = breakerPart(input.client);
    out.offerTryNow = input.client.breaker == BreakerState::Open;
    out.burn = burnPart(input);
    out.balance = balancePart(input);
    out.receiver = receiverPart(input.receiver);
    out.data = {text(QT_TRANSLATE_NOOP("StatusBar", "data %1")).arg(format::age(input.dataAt, input.now)),
                text(QT_TRANSLATE_NOOP("StatusBar", "When the list of instances was last confirmed by the service.")),
                input.dataStale ? StateTone::Warn : StateTone::Idle, input.dataStale};
    return out;
}

} // namespace novita
