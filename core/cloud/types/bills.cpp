// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/bills.h"

#include "core/cloud/types/common.h"

#include <QStringList>

namespace novita {

namespace {

using L1 = QLatin1String;

BillId idOf(std::initializer_list<QString> parts)
{
    return BillId(QStringList(parts).join(u'|'));
}

QString timeText(TimePoint at)
{
    return QString::number(at.time_since_epoch().count());
}

/// Half a step of the last digit that `text` shows.
Money slackOf(const QString &text)
{
    const qsizetype point = text.indexOf(u'.');
    qsizetype decimals = point < 0 ? 0 : text.size() - point - 1;
    Money step = Money::fromPriceUnits(Money::kUnitsPerDollar);
    for (; decimals > 0 && step.priceUnits() > 1; --decimals)
        step = Money::fromPriceUnits(step.priceUnits() / 10);
    return Money::fromPriceUnits((step.priceUnits() + 1) / 2);
}

} // namespace

std::optional<Money> paidAmount(const JsonReader &reader)
{
    const QString display = reader.string(L1("payAmountDisplay"));
    const std::optional<Money> shown = Money::fromDecimalText(display);
    const std::optional<qint64> units = reader.integer(L1("payAmount"));
    const std::optional<qint64> precision = reader.integer(L1("pricePrecision"));
    const std::optional<Money> exact = units && precision ? Money::fromScaled(*units, *precision) : std::nullopt;
    if (!shown || !exact)
        return shown ? shown : exact;
    const Money gap = *shown < *exact ? *exact - *shown : *shown - *exact;
    return gap <= slackOf(display.trimmed()) ? exact : shown;
}

bool UsageBill::isDisk() const
{
    return category.contains(L1("storage"), Qt::CaseInsensitive);
}

UsageBill decodeUsageBill(const JsonReader &reader)
{
    UsageBill bill;
    bill.owner = firstString(reader, {L1("ownerID"), L1("ownerId")});
    bill.category = reader.string(L1("category"));
    bill.productName = reader.string(L1("productName"));
    bill.paid = paidAmount(reader);
    const std::optional<TimePoint> from = reader.unixSeconds(L1("startTime"));
    const std::optional<TimePoint> to = reader.unixSeconds(L1("endTime"));
    if (!from || !to || *to <= *from)
        return bill;
    bill.from = *from;
    bill.to = *to;
    bill.id = idOf({bill.owner, bill.category, reader.string(L1("productId")), bill.productName, reader.string(L1("basePrice0")), timeText(*from), timeText(*to)});
    return bill;
}

FixedTermBill decodeFixedTermBill(const JsonReader &reader)
{
    FixedTermBill bill;
    bill.owner = firstString(reader, {L1("ownerID"), L1("ownerId")});
    bill.category = reader.string(L1("productCategory"));
    bill.productName = reader.string(L1("productName"));
    bill.tradeType = reader.string(L1("tradeType"));
    bill.paid = paidAmount(reader);
    bill.from = reader.unixSeconds(L1("startTime"));
    bill.to = reader.unixSeconds(L1("endTime"));
    const std::optional<TimePoint> paidAt = reader.unixSeconds(L1("createTime"));
    if (!paidAt && !bill.from)
        return bill;
    bill.paidAt = paidAt.value_or(bill.from.value_or(TimePoint()));
    bill.id = idOf({bill.owner, bill.category, bill.tradeType, timeText(bill.paidAt), timeText(bill.to.value_or(TimePoint()))});
    return bill;
}

MonthlyStatement decodeMonthlyStatement(const JsonReader &reader)
{
    MonthlyStatement statement;
    statement.month = reader.string(L1("billingMonth"));
    statement.id = BillId(reader.string(L1("billId"), statement.month));
    statement.status = reader.string(L1("status"));
    statement.total = reader.billingUnits(L1("totalAmount"));
    statement.debt = reader.billingUnits(L1("debtAmount"));
    return statement;
}

} // namespace novita
