// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboardwords.h"

#include "ui/errortext.h"
#include "ui/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

namespace novita::dashboardwords {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DashboardWords)
};

constexpr Milliseconds kSoon = std::chrono::hours(24);
constexpr Milliseconds kWeek = std::chrono::hours(24 * 7);

QString atLeast(const QString &amount, bool complete)
{
    return complete ? amount : Text::tr("≥ %1", "cost that is at least so much").arg(amount);
}

QString spendingText(const std::optional<Spending> &spending)
{
    return spending ? atLeast(format::sum(spending->total()), spending->complete) : format::dash();
}

QString lastText(const std::optional<TimePoint> &lastAt, TimePoint now)
{
    if (!lastAt)
        return Text::tr("none so far", "deliveries");
    return now - *lastAt < Seconds(1) ? Text::tr("last one just now", "delivery") : Text::tr("last one %1 ago", "delivery").arg(format::duration(now - *lastAt));
}

} // namespace

TileText instances(const FleetNumbers &fleet, bool known)
{
    if (!known)
        return {format::dash(), Text::tr("being read…"), StateTone::Idle};
    if (fleet.total == 0)
        return {format::number(0), Text::tr("no instance"), StateTone::Idle};
    QStringList parts{Text::tr("of %1", "so many run, of so many").arg(format::number(fleet.total))};
    if (fleet.failed > 0)
        parts.append(Text::tr("%Ln failed", nullptr, fleet.failed));
    if (fleet.transitional > 0)
        parts.append(Text::tr("%Ln changing", nullptr, fleet.transitional));
    // A tile has room for what is wrong and what moves; the chart shows the rest.
    if (fleet.stopped > 0 && parts.size() == 1)
        parts.append(Text::tr("%Ln stopped", nullptr, fleet.stopped));
    return {format::number(fleet.running), parts.join(QStringLiteral(" · ")), fleet.failed > 0 ? StateTone::Bad : StateTone::Idle};
}

TileText burn(const FleetNumbers &fleet, bool known)
{
    if (!known)
        return {format::dash(), Text::tr("being read…"), StateTone::Idle};
    if (fleet.unpriced > 0 && fleet.burnPerHour.isZero())
        return {format::dash(), Text::tr("prices are not known"), StateTone::Idle};
    const QString note = fleet.unpriced > 0 ? Text::tr("without %Ln of unknown price", nullptr, fleet.unpriced)
                                            : Text::tr("%1 a day").arg(format::sum(fleet.burn.totalPerDay()));
    return {atLeast(format::sumPerHour(fleet.burnPerHour), fleet.unpriced == 0 && fleet.volumesKnown), note, StateTone::Idle};
}

TileText spent(const std::optional<Spending> &today, const std::optional<Spending> &month)
{
    if (!today && !month)
        return {format::dash(), Text::tr("no bill read yet"), StateTone::Idle};
    return {spendingText(today), Text::tr("this month %1").arg(spendingText(month)), StateTone::Idle};
}

TileText balance(const std::optional<Balance> &balance, const std::optional<TimePoint> &readAt, const FleetNumbers &fleet)
{
    if (!balance || !balance->available)
        return {format::dash(), Text::tr("not read yet"), StateTone::Idle};
    const QString left = format::balance(balance->available);
    if (balance->available->isNegative() || balance->available->isZero())
        return {left, Text::tr("used up"), StateTone::Bad};
    if (!fleet.balanceLasts || !readAt)
        return {left, fleet.unpriced > 0 ? Text::tr("its end is not known") : Text::tr("nothing uses it up now"), StateTone::Idle};
    const Milliseconds lasts = *fleet.balanceLasts;
    const QString when = lasts < kWeek
        ? Text::tr("lasts until %1").arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch((*readAt + lasts).time_since_epoch().count()), QStringLiteral("ddd HH:mm")))
        : Text::tr("lasts %1", "so long").arg(format::duration(lasts));
    return {left, when, lasts < kSoon ? StateTone::Warn : StateTone::Idle};
}

TileText health(ConnectionState connection, const ClientStatus &client)
{
    const QString load = Text::tr("%1 of %2 requests/min").arg(client.limiterUsed).arg(client.limiterCapacity);
    switch (connection) {
    case ConnectionState::NoProfile:
        return {Text::tr("No profile"), Text::tr("choose one in the settings"), StateTone::Idle};
    case ConnectionState::NoKey:
        return {Text::tr("No key"), Text::tr("nothing is read without one"), StateTone::Warn};
    case ConnectionState::KeyRejected:
        return {Text::tr("Key refused"), Text::tr("put in another one in the settings"), StateTone::Bad};
    case ConnectionState::Connecting:
        return {Text::tr("Connecting…"), Text::tr("no answer yet"), StateTone::Wait};
    case ConnectionState::Connected:
        return {Text::tr("Healthy"), load, StateTone::Good};
    case ConnectionState::Degraded:
        return {Text::tr("Unsteady"), client.lastError ? errorText(*client.lastError).sentence : Text::tr("some requests fail"), StateTone::Warn};
    case ConnectionState::Offline:
        return {Text::tr("Offline"), Text::tr("shown is what was read last"), StateTone::Bad};
    case ConnectionState::BreakerOpen:
        return {Text::tr("No answer"), client.breakerRetryAt ? Text::tr("next try at %1").arg(format::timeToSecond(*client.breakerRetryAt)) : Text::tr("trying again"), StateTone::Bad};
    case ConnectionState::RateLimited:
        break;
    }
    return {Text::tr("Pausing"), client.pausedUntil ? Text::tr("the service asked for it, until %1").arg(format::timeToSecond(*client.pausedUntil)) : load, StateTone::Warn};
}

TileText webhooks(const WebhookStatus &receiver, const DeliveryCounts &minute, const std::optional<TimePoint> &lastAt, TimePoint now)
{
    using State = WebhookStatus::State;
    switch (receiver.state) {
    case State::Off:
        return {Text::tr("Off", "the receiver of webhooks"), Text::tr("webhooks are not received"), StateTone::Idle};
    case State::NeedsSecret:
        return {Text::tr("No secret"), receiver.sentence, StateTone::Warn};
    case State::Starting:
        return {Text::tr("Starting…"), receiver.sentence, StateTone::Wait};
    case State::Failed:
        return {Text::tr("Not listening", "the receiver of webhooks"), receiver.sentence, StateTone::Bad};
    case State::Listening:
        break;
    }
    const QString rate = Text::tr("%1/min", "so many deliveries").arg(format::number(minute.accepted + minute.duplicate));
    if (!receiver.storeNotice.isEmpty())
        return {rate, receiver.storeNotice, StateTone::Bad};
    QStringList parts;
    if (minute.refused > 0)
        parts.append(Text::tr("%Ln refused", "so many deliveries", static_cast<int>(minute.refused)));
    if (minute.limited > 0)
        parts.append(Text::tr("%Ln limited", "so many deliveries", static_cast<int>(minute.limited)));
    // A tile has room for what is wrong or for what is usual.
    if (parts.isEmpty())
        return {rate, lastText(lastAt, now), StateTone::Idle};
    return {rate, parts.join(QStringLiteral(" · ")), StateTone::Warn};
}

} // namespace novita::dashboardwords
