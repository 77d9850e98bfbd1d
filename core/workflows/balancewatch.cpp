// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/balancewatch.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/notificationcenter.h"
#include "core/workflows/stores.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <limits>

namespace novita {

namespace {

constexpr qsizetype kMostMarks = 10;
constexpr int kMostHours = 8760;
constexpr qint64 kMsPerHour = 3600 * 1000;

Error badMarks(const char *sentence)
{
    return Error::make(ErrorKind::Validation, QCoreApplication::translate("BalanceWatch", sentence));
}

/// The greatest first, each once.
template<typename T>
Result<QList<T>> sorted(QList<T> marks)
{
    std::sort(marks.begin(), marks.end(), std::greater<>());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    return marks;
}

/// The lowest of the marks that `value` fell below; the keys of those that it rose above are given to `risen`.
template<typename Risen>
std::optional<qint64> lowestFallen(std::vector<LowMark> &marks, qint64 value, Risen risen)
{
    std::optional<qint64> lowest;
    for (LowMark &mark : marks) {
        switch (mark.look(value)) {
        case LowMark::Step::Fell:
            lowest = mark.mark();
            break;
        case LowMark::Step::Rose:
            risen(mark.mark());
            break;
        case LowMark::Step::None:
            break;
        }
    }
    return lowest;
}

QString amountKey(qint64 mark)
{
    return QStringLiteral("balance/amount/%1").arg(mark);
}

QString timeKey(qint64 mark)
{
    return QStringLiteral("balance/hours/%1").arg(mark / kMsPerHour);
}

/// To the cent, as every other place says it; what is less than one in full.
QString inCents(Money amount)
{
    constexpr qint64 kUnitsPerCent = Money::kUnitsPerDollar / 100;
    const qint64 units = amount.priceUnits() + kUnitsPerCent / 2;
    return (amount.priceUnits() < kUnitsPerCent ? amount : Money::fromPriceUnits(units - units % kUnitsPerCent)).toPlainString();
}

} // namespace

LowMark::Step LowMark::look(qint64 value)
{
    if (value < m_mark) {
        if (m_below == true)
            return Step::None;
        m_below = true;
        return Step::Fell;
    }
    if (value - m_mark < m_mark / 10 || m_below == false)
        return Step::None;
    m_below = false;
    return Step::Rose;
}

Result<QList<Money>> parseMoneyMarks(const QString &text)
{
    QList<Money> marks;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const std::optional<Money> amount = Money::fromDecimalText(part);
        if (!amount || *amount <= Money() || marks.size() >= kMostMarks)
            return badMarks(QT_TRANSLATE_NOOP("BalanceWatch", "Write amounts above zero with commas between them, for example 20, 5; ten at most."));
        marks.append(*amount);
    }
    return sorted(marks);
}

Result<QList<std::chrono::hours>> parseHourMarks(const QString &text)
{
    QList<std::chrono::hours> marks;
    const QStringList parts = text.split(u',', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        bool isNumber = false;
        const int hours = part.trimmed().toInt(&isNumber);
        if (!isNumber || hours < 1 || hours > kMostHours || marks.size() >= kMostMarks)
            return badMarks(QT_TRANSLATE_NOOP("BalanceWatch", "Write whole hours with commas between them, for example 24, 4; ten at most."));
        marks.append(std::chrono::hours(hours));
    }
    return sorted(marks);
}

BalanceWatch::BalanceWatch(Stores &stores, FleetSummary &fleet, NotificationCenter &notifications, const Settings &settings, const Clock &clock, QObject *parent)
    : QObject(parent), m_stores(stores), m_fleet(fleet), m_notifications(notifications), m_settings(settings), m_clock(clock)
{
    readMarks();
    connect(&settings, &Settings::changed, this, [this](const QString &key) {
        if (key != keys::kLowBalanceMarks.name && key != keys::kLowHoursMarks.name)
            return;
        readMarks();
        look();
    });
    connect(&stores.account, &EntityStoreBase::changed, this, &BalanceWatch::look);
    // The sum of the burn comes with the next turn of the event loop, and with it how long the balance lasts.
    connect(&fleet, &FleetSummary::numbersChanged, this, &BalanceWatch::look);
}

void BalanceWatch::reset()
{
    readMarks();
}

void BalanceWatch::readMarks()
{
    m_amounts.clear();
    m_times.clear();
    // A text that cannot be read was refused by the settings page; a file edited by hand means no marks.
    for (const Money mark : parseMoneyMarks(m_settings.value(keys::kLowBalanceMarks)).valueOr({}))
        m_amounts.emplace_back(mark.priceUnits());
    for (const std::chrono::hours mark : parseHourMarks(m_settings.value(keys::kLowHoursMarks)).valueOr({}))
        m_times.emplace_back(Milliseconds(mark).count());
}

void BalanceWatch::look()
{
    const std::optional<Balance> &balance = m_stores.account.balance();
    // Burn without a list of instances is not known, and neither is how long anything lasts.
    if (!balance || !balance->available || !m_stores.instances.refreshedAt() || m_fleet.numbers().total != static_cast<int>(m_stores.instances.size()))
        return;
    const Money available = *balance->available;
    const auto amount = lowestFallen(m_amounts, available.priceUnits(), [this](qint64 mark) { m_notifications.forget(amountKey(mark)); });
    if (amount) {
        post(amountKey(*amount), tr("The balance is below $%1: $%2 are left.").arg(Money::fromPriceUnits(*amount).toPlainString(), available.toPlainString()));
    }
    const qint64 lasts = m_fleet.numbers().balanceLasts.value_or(Milliseconds::max()).count();
    const auto time = lowestFallen(m_times, lasts, [this](qint64 mark) { m_notifications.forget(timeKey(mark)); });
    if (time && available > Money()) {
        const auto hours = static_cast<int>(lasts / kMsPerHour);
        const QString left = hours > 0 ? tr("%n hour(s)", nullptr, hours) : tr("%n minute(s)", nullptr, static_cast<int>(lasts / 60000));
        post(timeKey(*time), tr("At the present burn of $%1 an hour the balance of $%2 ends in %3.")
                                 .arg(inCents(m_fleet.numbers().burnPerHour), available.toPlainString(), left));
    }
}

void BalanceWatch::post(const QString &key, const QString &text)
{
    Notification news;
    news.kind = NotificationKind::LowBalance;
    news.severity = EventSeverity::Warning;
    news.source = EventSource::System;
    news.urgency = NotificationUrgency::Critical;
    news.title = tr("Low balance");
    news.text = text;
    news.page = QStringLiteral("costs");
    news.key = key;
    news.remembered = true;
    m_notifications.post(news);
}

} // namespace novita
