// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <QDateTime>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMaxBills = 5000;
constexpr qint64 kUnitsPer10k = 10; // product prices are ten times finer than billing amounts

QString tenThousandths(Money amount)
{
    return QString::number(amount.priceUnits() / kUnitsPer10k);
}

HttpResponse getBalance(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    const Money balance = call.world.balance();
    const Money owed = balance.isNegative() ? Money() - balance : Money();
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("availableBalance"), tenThousandths(balance)}, {QStringLiteral("cashBalance"), tenThousandths(balance)},
                                               {QStringLiteral("creditLimit"), QStringLiteral("0")}, {QStringLiteral("outstandingInvoices"), tenThousandths(owed)}});
}

/// The start of the cycle that `time` is in, and of the next one. UTC; weeks begin on Monday.
std::pair<qint64, qint64> cycleAround(const QString &type, qint64 time)
{
    if (type == QLatin1String("Hour"))
        return {time - time % 3600, time - time % 3600 + 3600};
    const QDateTime moment = QDateTime::fromSecsSinceEpoch(time, Qt::UTC);
    QDate first = moment.date();
    QDate next = first.addDays(1);
    if (type == QLatin1String("Week")) {
        first = first.addDays(1 - first.dayOfWeek());
        next = first.addDays(7);
    } else if (type == QLatin1String("Month")) {
        first = QDate(first.year(), first.month(), 1);
        next = first.addMonths(1);
    }
    return {first.startOfDay(Qt::UTC).toSecsSinceEpoch(), next.startOfDay(Qt::UTC).toSecsSinceEpoch()};
}

/// What one instance costs within [from, to): seconds and amount. One row has one price.
struct Usage
{
    qint64 seconds = 0;
    Money hourly;
    Money amount;
};

Usage usageOf(const SandboxInstance &instance, qint64 from, qint64 to, TimePoint now)
{
    Usage usage;
    for (const BilledSpan &span : instance.spans) {
        const TimePoint begin = std::max(span.from, TimePoint(Seconds(from)));
        const TimePoint end = std::min(span.to.value_or(now), TimePoint(Seconds(to)));
        if (begin >= end)
            continue;
        const Seconds whole = std::chrono::floor<Seconds>(end - begin);
        usage.seconds += whole.count();
        usage.hourly = span.hourly;
        usage.amount += span.hourly.forDuration(whole); // so that quantity times price is the amount
    }
    return usage;
}

/// Everything that was ever paid for, as far as it is remembered.
template<typename Action>
void forEachBilled(const SandboxWorld &world, Action action)
{
    for (const auto &instance : world.instances())
        action(*instance);
    for (const auto &instance : world.removed())
        action(*instance);
}

QJsonObject billRow(const SandboxInstance &instance, const Usage &usage, qint64 from, qint64 to)
{
    const int cards = std::max(1, instance.gpuNum);
    const QString amount = QString::number(usage.amount.priceUnits());
    const QString price = QString::number(usage.hourly.priceUnits() / cards);
    return {{QStringLiteral("userId"), QStringLiteral("u-1")}, {QStringLiteral("startTime"), QString::number(from)}, {QStringLiteral("endTime"), QString::number(to)},
            {QStringLiteral("billingMethod"), QStringLiteral("1")}, {QStringLiteral("productName"), instance.productName}, {QStringLiteral("category"), QStringLiteral("gpu")},
            {QStringLiteral("ownerID"), instance.id}, {QStringLiteral("billNum0"), QString::number(usage.seconds * cards)}, {QStringLiteral("billNum1"), QStringLiteral("0")},
            {QStringLiteral("basePrice0"), price}, {QStringLiteral("basePrice1"), QStringLiteral("0")}, {QStringLiteral("discountPrice0"), price},
            {QStringLiteral("discountPrice1"), QStringLiteral("0")}, {QStringLiteral("amount"), amount}, {QStringLiteral("voucherAmount"), QStringLiteral("0")},
            {QStringLiteral("payAmount"), amount}, {QStringLiteral("payAmountDisplay"), usage.amount.toPlainString()},
            {QStringLiteral("pricePrecision"), QString::number(Money::kUnitsPerDollar)}, {QStringLiteral("productId"), instance.productId}};
}

qint64 defaultSpan(const QString &cycle)
{
    constexpr qint64 day = 24 * 3600;
    return cycle == QLatin1String("Hour") ? day : cycle == QLatin1String("Day") ? 30 * day : cycle == QLatin1String("Week") ? 84 * day : 365 * day;
}

HttpResponse listUsageBills(ApiCall &call)
{
    QueryReader query(call);
    const QString cycle = query.text(QStringLiteral("cycleType"), {QStringLiteral("Hour"), QStringLiteral("Day"), QStringLiteral("Week"), QStringLiteral("Month")}, true);
    const QString category = query.text(QStringLiteral("productCategory"),
                                        {QStringLiteral("summary"), QStringLiteral("gpu"), QStringLiteral("llm"), QStringLiteral("serverless"), QStringLiteral("cloud_storage"), QStringLiteral("gen_api")}, true);
    const QString name = query.text(QStringLiteral("productName"));
    qint64 from = query.integer(QStringLiteral("startTime")).value_or(0);
    qint64 to = query.integer(QStringLiteral("endTime")).value_or(0);
    const QString owner = query.text(QStringLiteral("ownerId"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    const TimePoint now = call.world.now();
    const qint64 nowSeconds = std::chrono::floor<Seconds>(now).time_since_epoch().count();
    to = to > 0 ? std::min(to, nowSeconds + 1) : nowSeconds + 1;
    from = std::max(from, to - defaultSpan(cycle)); // nothing here is older, and a wide range of hours would be very many rows
    QJsonArray bills;
    const bool wanted = category == QLatin1String("summary") || category == QLatin1String("gpu");
    for (qint64 at = to - 1; wanted && at >= from && bills.size() < kMaxBills;) {
        const auto [begin, end] = cycleAround(cycle, at);
        const qint64 first = std::max(begin, from);
        const qint64 last = std::min(end, to);
        forEachBilled(call.world, [&](const SandboxInstance &instance) {
            if ((!owner.isEmpty() && instance.id != owner) || !instance.productName.contains(name, Qt::CaseInsensitive))
                return;
            const Usage usage = usageOf(instance, first, last, now);
            if (usage.seconds > 0 && bills.size() < kMaxBills)
                bills.append(billRow(instance, usage, first, last));
        });
        at = begin - 1;
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("bills"), bills}});
}

HttpResponse listMonthlyBills(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    const TimePoint now = call.world.now();
    qint64 at = std::chrono::floor<Seconds>(now).time_since_epoch().count();
    QJsonArray rows;
    for (int i = 0; i < 3; ++i) {
        const auto [begin, end] = cycleAround(QStringLiteral("Month"), at);
        Money sum;
        forEachBilled(call.world, [&, from = begin, to = end](const SandboxInstance &instance) { sum += usageOf(instance, from, to, now).amount; });
        for (const QJsonObject &bill : call.world.subscriptionBills) {
            const qint64 paid = bill.value(QLatin1String("createTime")).toString().toLongLong();
            if (paid >= begin && paid < end)
                sum += Money::fromPriceUnits(bill.value(QLatin1String("units")).toInteger());
        }
        const QString amount = tenThousandths(sum);
        const QString month = QDateTime::fromSecsSinceEpoch(begin, Qt::UTC).toString(QStringLiteral("yyyy-MM"));
        rows.append(QJsonObject{{QStringLiteral("billId"), QStringLiteral("b-") + month}, {QStringLiteral("userId"), QStringLiteral("u-1")}, {QStringLiteral("billingMonth"), month},
                                {QStringLiteral("totalAmount"), amount}, {QStringLiteral("originTotalAmount"), amount}, {QStringLiteral("voucherPayAmount"), QStringLiteral("0")},
                                {QStringLiteral("cashPayAmount"), amount}, {QStringLiteral("debtAmount"), QStringLiteral("0")}, {QStringLiteral("repaidAmount"), amount},
                                {QStringLiteral("status"), i == 0 ? QStringLiteral("pending") : QStringLiteral("paid")}, {QStringLiteral("invoiceUrl"), QString()},
                                {QStringLiteral("startTime"), QString::number(begin)}, {QStringLiteral("endTime"), QString::number(end)}});
        at = begin - 1;
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("data"), rows}});
}

HttpResponse listFixedTermBills(ApiCall &call)
{
    QueryReader query(call);
    const QString category = query.text(QStringLiteral("category"), {QStringLiteral("summary"), QStringLiteral("gpu"), QStringLiteral("local_storage"), QStringLiteral("image")});
    const QString name = query.text(QStringLiteral("productName"));
    const qint64 from = query.integer(QStringLiteral("startTime")).value_or(0);
    const qint64 to = query.integer(QStringLiteral("endTime")).value_or(0);
    const QString owner = query.text(QStringLiteral("ownerId"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    QJsonArray bills;
    for (const QJsonObject &row : call.world.subscriptionBills) {
        const qint64 created = row.value(QLatin1String("createTime")).toString().toLongLong();
        const QString ownerId = row.value(QLatin1String("ownerID")).toString();
        if (created < from || (to > 0 && created > to) || (!owner.isEmpty() && ownerId != owner)
            || !row.value(QLatin1String("productName")).toString().contains(name, Qt::CaseInsensitive) || category == QLatin1String("local_storage")
            || category == QLatin1String("image"))
            continue;
        const Money amount = Money::fromPriceUnits(row.value(QLatin1String("units")).toInteger());
        const QString units = QString::number(amount.priceUnits());
        const QString months = QString::number(row.value(QLatin1String("month")).toInteger());
        bills.prepend(QJsonObject{{QStringLiteral("userId"), QStringLiteral("u-1")}, {QStringLiteral("startTime"), row.value(QLatin1String("createTime"))},
                                  {QStringLiteral("endTime"), row.value(QLatin1String("endTime"))}, {QStringLiteral("memberId"), QString()},
                                  {QStringLiteral("productName"), row.value(QLatin1String("productName"))}, {QStringLiteral("productCategory"), QStringLiteral("gpu")},
                                  {QStringLiteral("ownerID"), ownerId}, {QStringLiteral("tradeMode"), QStringLiteral("monthly")},
                                  {QStringLiteral("tradeType"), row.value(QLatin1String("tradeType"))}, {QStringLiteral("basePrice"), units}, {QStringLiteral("billNum"), months},
                                  {QStringLiteral("amount"), units}, {QStringLiteral("voucherAmount"), QStringLiteral("0")}, {QStringLiteral("payAmount"), units},
                                  {QStringLiteral("payAmountDisplay"), amount.toPlainString()}, {QStringLiteral("pricePrecision"), QString::number(Money::kUnitsPerDollar)},
                                  {QStringLiteral("createTime"), row.value(QLatin1String("createTime"))}, {QStringLiteral("cycle"), months}, {QStringLiteral("storageDays"), QStringLiteral("0")}});
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("bills"), bills}});
}

} // namespace

QList<ApiOperation> billingOperations()
{
    return {{"GET", "/openapi/v1/billing/balance/detail", "getBalance", getBalance},
            {"GET", "/openapi/v1/billing/bill/list", "listUsageBills", listUsageBills},
            {"GET", "/openapi/v1/billing/monthly/bill", "listMonthlyBills", listMonthlyBills},
            {"GET", "/openapi/v1/billing/bill/monthly/list", "listFixedTermBills", listFixedTermBills}};
}

} // namespace novita
