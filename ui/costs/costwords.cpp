// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/costs/costwords.h"

#include "core/base/displaytext.h"
#include "ui/format.h"

#include <QCoreApplication>

namespace novita::costwords {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CostWords)
};

constexpr qsizetype kMostStatements = 24;

QString atLeast(Money amount, bool complete)
{
    return complete ? format::sum(amount) : Text::tr("at least %1").arg(format::sum(amount));
}

QString spendingText(const std::optional<Spending> &spending)
{
    if (!spending)
        return {};
    return Text::tr("%1 (%2 billed, %3 since)", "total, its parts")
        .arg(atLeast(spending->total(), spending->complete), format::sum(spending->billed.total()), format::sum(spending->accrued));
}

QString endText(const std::optional<Balance> &balance, const std::optional<TimePoint> &readAt, const FleetNumbers &fleet)
{
    if (!balance || !balance->available || !readAt)
        return {};
    if (*balance->available <= Money())
        return Text::tr("It is used up.");
    if (fleet.balanceLasts)
        return Text::tr("%1 (%2 from the last reading)").arg(format::dateTime(*readAt + *fleet.balanceLasts), format::duration(*fleet.balanceLasts));
    return fleet.unpriced > 0 ? QString() : Text::tr("Nothing uses it up now.");
}

} // namespace

Facts balanceFacts(const std::optional<Balance> &balance, const std::optional<TimePoint> &readAt, const FleetNumbers &fleet, TimePoint now)
{
    const Balance known = balance.value_or(Balance());
    Facts facts{{Text::tr("Last read"), format::age(readAt, now)}, {Text::tr("Ends at this burn"), endText(balance, readAt, fleet)}};
    if (known.creditLimit && !known.creditLimit->isZero())
        facts.append({Text::tr("Credit limit"), format::balance(known.creditLimit)});
    if (known.outstanding && !known.outstanding->isZero())
        facts.append({Text::tr("Outstanding"), format::balance(known.outstanding)});
    return facts;
}

QString burnLead(const FleetNumbers &fleet)
{
    const QString total = format::sumPerHour(fleet.burnPerHour);
    return fleet.unpriced == 0 && fleet.volumesKnown ? total : Text::tr("≥ %1", "cost that is at least so much").arg(total);
}

QString spendingLead(const std::optional<Spending> &month)
{
    if (!month)
        return {};
    const QString total = Text::tr("%1 this month").arg(format::sum(month->total()));
    return month->complete ? total : Text::tr("≥ %1", "cost that is at least so much").arg(total);
}

Facts burnFacts(const FleetNumbers &fleet)
{
    const Burn &burn = fleet.burn;
    Facts facts{{Text::tr("On demand"), format::sumPerHour(burn.onDemandPerHour)},
                {Text::tr("Spot"), format::sumPerHour(burn.spotPerHour)},
                {Text::tr("Disks and volumes"), Text::tr("%1, %2 a day").arg(format::sumPerHour(burn.storagePerHour()), format::sum(burn.storagePerDay))},
                {Text::tr("Total"), Text::tr("%1, %2 a day").arg(burnLead(fleet), format::sum(burn.totalPerDay()))},
                {Text::tr("Subscriptions"), Text::tr("%1, paid in advance").arg(format::sumPerHour(burn.monthlyPerHour))}};
    if (fleet.unpriced > 0)
        facts.append({Text::tr("Not counted"), Text::tr("%n instance(s) whose price is not known", nullptr, fleet.unpriced)});
    return facts;
}

Facts spendingFacts(const std::optional<Spending> &today, const std::optional<Spending> &month)
{
    return {{Text::tr("Today (UTC)"), spendingText(today)}, {Text::tr("This month (UTC)"), spendingText(month)}};
}

Facts reconciliationFacts(const std::optional<Reconciliation> &checked)
{
    if (!checked || checked->owners == 0)
        return {{Text::tr("Compared"), Text::tr("Nothing yet: a full hour must have been watched and billed.")}};
    const Money difference = checked->difference();
    const QString sign = difference > Money() ? QStringLiteral("+") : QString();
    return {{Text::tr("Compared"), Text::tr("%n instance(s) or volume(s), since %1", nullptr, checked->owners).arg(format::dateTime(checked->from))},
            {Text::tr("Estimated"), format::sum(checked->estimated)},
            {Text::tr("Billed"), format::sum(checked->billed)},
            {Text::tr("Difference"), difference.isZero() ? Text::tr("none") : sign + format::money(difference)}};
}

Facts statementFacts(const QList<MonthlyStatement> &statements)
{
    Facts facts;
    for (const MonthlyStatement &statement : statements.mid(0, kMostStatements)) {
        facts.append({displayLine(statement.month), Text::tr("%1, %2", "amount, state of the statement")
                                                        .arg(format::sum(statement.total), statementStatus(statement.status))});
    }
    return facts;
}

QString statementStatus(const QString &wire)
{
    if (wire == QLatin1String("pending"))
        return Text::tr("open");
    if (wire == QLatin1String("outed"))
        return Text::tr("issued");
    if (wire == QLatin1String("paid"))
        return Text::tr("paid");
    if (wire == QLatin1String("overdue"))
        return Text::tr("overdue");
    return displayLine(wire);
}

} // namespace novita::costwords
