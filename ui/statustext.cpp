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

StatusPart connectionPart(const StatusInput &input)
{
    const auto part = [](const char *source, StateTone tone) {
        return StatusPart{text(source), text(QT_TRANSLATE_NOOP("StatusBar", "Connection to the service. Click for the requests.")), tone, true};
    };
    switch (input.connection) {
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

StatusPart limiterPart(const StatusInput &input)
{
    const QString tip = text(QT_TRANSLATE_NOOP("StatusBar", "Requests sent in the last 60 seconds, and how many are allowed."));
    if (input.client.pausedUntil && *input.client.pausedUntil > input.now)
        return {text(QT_TRANSLATE_NOOP("StatusBar", "Paused, goes on in %1")).arg(countdown(*input.client.pausedUntil, input.now)), tip, StateTone::Warn, true};
    return {text(QT_TRANSLATE_NOOP("StatusBar", "%1/%2 req/min")).arg(input.client.limiterUsed).arg(input.client.limiterCapacity), tip, StateTone::Idle, false};
}

StatusPart breakerPart(const StatusInput &input)
{
    const QString tip = text(QT_TRANSLATE_NOOP("StatusBar", "After five failures in a row requests are held back for a minute."));
    switch (input.client.breaker) {
    case BreakerState::Closed:
        return {text(QT_TRANSLATE_NOOP("StatusBar", "breaker closed")), tip, StateTone::Idle, false};
    case BreakerState::HalfOpen:
        return {text(QT_TRANSLATE_NOOP("StatusBar", "breaker half-open, probing")), tip, StateTone::Warn, true};
    case BreakerState::Open:
        break;
    }
    if (!input.client.breakerRetryAt)
        return {text(QT_TRANSLATE_NOOP("StatusBar", "breaker open")), tip, StateTone::Bad, true};
    return {text(QT_TRANSLATE_NOOP("StatusBar", "breaker open, next try in %1")).arg(countdown(*input.client.breakerRetryAt, input.now)), tip, StateTone::Bad, true};
}

StatusPart burnPart(const StatusInput &input)
{
    const QString amount = format::pricePerHour(input.fleet.burnPerHour);
    StatusPart part;
    part.text = input.fleet.unpriced > 0 ? text(QT_TRANSLATE_NOOP("StatusBar", "at least %1 burning")).arg(amount)
                                         : text(QT_TRANSLATE_NOOP("StatusBar", "%1 burning")).arg(amount);
    part.tip = text(QT_TRANSLATE_NOOP("StatusBar", "What all billed instances cost per hour now. Click for the instances."));
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
        const TimePoint end = input.now + lasts;
        const QString when = lasts < kWeek
            ? QLocale().toString(QDateTime::fromMSecsSinceEpoch(end.time_since_epoch().count()), QStringLiteral("ddd HH:mm"))
            : text(QT_TRANSLATE_NOOP("StatusBar", "in %1")).arg(format::duration(lasts));
        part.text += QLatin1String(", ") + text(QT_TRANSLATE_NOOP("StatusBar", "ends %1")).arg(when);
        part.tone = lasts < kSoon ? StateTone::Warn : StateTone::Idle;
        part.dot = lasts < kSoon;
    }
    return part;
}

} // namespace

StatusTexts statusTexts(const StatusInput &input)
{
    StatusTexts out;
    out.profile = profilePart(input);
    out.connection = connectionPart(input);
    out.queue = {text(QT_TRANSLATE_NOOP("StatusBar", "queue %1")).arg(input.client.queued + input.client.inFlight),
                 text(QT_TRANSLATE_NOOP("StatusBar", "Requests waiting or on the wire. Click for the requests.")), StateTone::Idle, false};
    out.limiter = limiterPart(input);
    out.breaker = breakerPart(input);
    out.offerTryNow = input.client.breaker == BreakerState::Open;
    out.burn = burnPart(input);
    out.balance = balancePart(input);
    out.data = {text(QT_TRANSLATE_NOOP("StatusBar", "data %1")).arg(format::age(input.dataAt, input.now)),
                text(QT_TRANSLATE_NOOP("StatusBar", "When the list of instances was last confirmed by the service.")),
                input.dataStale ? StateTone::Warn : StateTone::Idle, input.dataStale};
    return out;
}

} // namespace novita
