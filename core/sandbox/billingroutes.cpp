// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

#include <QDateTime>

#include <algorithm>
#include <functional>

namespace novita {

namespace {

constexpr qsizetype kMaxBills = 200000;
constexpr qint64 kLongest = 366LL * 24 * 3600;
constexpr qint64 kUnitsPer10k = 10; // product prices are ten times finer than billing amounts

QString tenThousandths(Money amount)
{
    // The balance is not to look larger than it is: rounded towards less.
    const qint64 units = amount.priceUnits();
    return QString::number(units >= 0 ? units / kUnitsPer10k : (units - kUnitsPer10k + 1) / kUnitsPer10k);
}

HttpResponse getBalance(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    const Money balance = call.world.balance();
    const Money owed = balance.isNegative() ? Money() - balance : Money();
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("availableBalance"), tenThousandths(balance)}, {QStringLiteral("cashBalance"), tenThousandths(balance)},
                                               {QStringLiteral("creditLimit"), QStringLiteral("0")}, {QStringLiteral("pendingCharges"), QStringLiteral("0")},
                                               {QStringLiteral("outstandingInvoices"), tenThousandths(owed)}});
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

/// One thing that is charged: computing time of an instance, its disk, a network volume.
struct Charged
{
    const QList<BilledSpan> &spans;
    BilledPer per;
    QString owner;
    QString productId;
    QString productName;
    QString category;
    int cards = 1;
};

/// Everything that was ever charged by use, as far as it is remembered. Hours are settled when they are over.
template<typename Action>
void forEachCharged(const SandboxWorld &world, Action action)
{
    const auto both = [&action](const SandboxInstance &i) {
        action(Charged{i.spans, BilledPer::Hour, i.id, i.productId, i.productName, QStringLiteral("gpu"), std::max(1, i.gpuNum)});
        action(Charged{i.diskSpans, BilledPer::Day, i.id, i.productId, i.productName, QStringLiteral("local_storage")});
    };
    for (const auto &instance : world.instances())
        both(*instance);
    for (const auto &instance : world.removed())
        both(*instance);
    for (const SandboxVolume &volume : world.volumes())
        action(Charged{volume.spans, BilledPer::Day, volume.id, {}, volume.name, QStringLiteral("cloud_storage")});
}

TimePoint timeOf(qint64 seconds)
{
    return TimePoint(Seconds(seconds));
}

Money chargedWithin(const Charged &charged, qint64 from, qint64 to)
{
    return billedTotal(charged.spans, charged.per, timeOf(to)) - billedTotal(charged.spans, charged.per, timeOf(from));
}

qint64 settledUntil(const SandboxWorld &world)
{
    const qint64 now = std::chrono::floor<Seconds>(world.now()).time_since_epoch().count();
    return now - now % 3600;
}

QJsonObject billRow(const Charged &charged, const BilledTime &time, qint64 from, qint64 to)
{
    const Money paid = chargedWithin(charged, from, to);
    const QString amount = QString::number(paid.priceUnits());
    const QString price = QString::number(time.price.priceUnits() / charged.cards);
    const QString quantity = QString::number(time.seconds * charged.cards);
    const QString none = QStringLiteral("0");
    const bool disk = charged.per == BilledPer::Day; // the second number and price of a row are those of disks
    return {{QStringLiteral("userId"), QStringLiteral("u-1")}, {QStringLiteral("startTime"), QString::number(from)}, {QStringLiteral("endTime"), QString::number(to)},
            {QStringLiteral("billingMethod"), QStringLiteral("1")}, {QStringLiteral("productName"), charged.productName}, {QStringLiteral("category"), charged.category},
            {QStringLiteral("ownerID"), charged.owner}, {QStringLiteral("billNum0"), disk ? none : quantity}, {QStringLiteral("billNum1"), disk ? quantity : none},
            {QStringLiteral("basePrice0"), disk ? none : price}, {QStringLiteral("basePrice1"), disk ? price : none}, {QStringLiteral("discountPrice0"), disk ? none : price},
            {QStringLiteral("discountPrice1"), disk ? price : none}, {QStringLiteral("amount"), amount}, {QStringLiteral("voucherAmount"), none},
            {QStringLiteral("payAmount"), amount}, {QStringLiteral("payAmountDisplay"), paid.toPlainString()},
            {QStringLiteral("pricePrecision"), QString::number(Money::kUnitsPerDollar)}, {QStringLiteral("productId"), charged.productId}};
}

/// Uses of [from, to), as a range.
auto usesWithin(const SandboxWorld &world, qint64 from, qint64 to)
{
    const auto isBefore = [](const SandboxUse &use, TimePoint time) { return use.at < time; };
    const auto begin = std::lower_bound(world.uses().begin(), world.uses().end(), timeOf(from), isBefore);
    return std::pair(begin, std::lower_bound(begin, world.uses().end(), timeOf(to), isBefore));
}

/// What was paid at once, by product: a row for each.
QJsonArray useRows(const SandboxWorld &world, qint64 from, qint64 to, const std::function<bool(const SandboxUse &)> &isMeant)
{
    QMap<std::pair<QString, QString>, SandboxUse> sums;
    const auto [begin, end] = usesWithin(world, from, to);
    for (auto use = begin; use != end; ++use) {
        if (!isMeant(*use))
            continue;
        SandboxUse &sum = sums[{use->category, use->product}];
        const SandboxUse before = sum;
        sum = *use;
        sum.quantity += before.quantity;
        sum.produced += before.produced;
        sum.paid += before.paid;
    }
    QJsonArray rows;
    for (const SandboxUse &sum : std::as_const(sums)) {
        const auto units = [](Money money) { return QString::number(money.priceUnits()); };
        rows.append(QJsonObject{{QStringLiteral("userId"), QStringLiteral("u-1")}, {QStringLiteral("startTime"), QString::number(from)}, {QStringLiteral("endTime"), QString::number(to)},
                                {QStringLiteral("billingMethod"), QStringLiteral("1")}, {QStringLiteral("productName"), sum.product}, {QStringLiteral("category"), sum.category},
                                {QStringLiteral("ownerID"), QString()}, {QStringLiteral("billNum0"), QString::number(sum.quantity)}, {QStringLiteral("billNum1"), QString::number(sum.produced)},
                                {QStringLiteral("basePrice0"), units(sum.price)}, {QStringLiteral("basePrice1"), units(sum.outPrice)}, {QStringLiteral("discountPrice0"), units(sum.price)},
                                {QStringLiteral("discountPrice1"), units(sum.outPrice)}, {QStringLiteral("amount"), units(sum.paid)}, {QStringLiteral("voucherAmount"), QStringLiteral("0")},
                                {QStringLiteral("payAmount"), units(sum.paid)}, {QStringLiteral("payAmountDisplay"), sum.paid.toPlainString()},
                                {QStringLiteral("pricePrecision"), QString::number(Money::kUnitsPerDollar)}, {QStringLiteral("productId"), QString()}});
    }
    return rows;
}

/// Disks of instances belong to their GPU bills; network volumes are a category of their own.
bool isWanted(const QString &asked, const QString &category)
{
    if (asked == QLatin1String("summary") || asked == category)
        return true;
    return asked == QLatin1String("gpu") && category == QLatin1String("local_storage");
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
    if (query.failed())
        return apiError(400, QStringLiteral("INVALID_BILL_CYCLE"), QStringLiteral("cycleType must be one of Hour, Day, Week, Month"));
    const QString category = query.text(QStringLiteral("productCategory"),
                                        {QStringLiteral("summary"), QStringLiteral("gpu"), QStringLiteral("llm"), QStringLiteral("serverless"), QStringLiteral("cloud_storage"), QStringLiteral("gen_api")}, true);
    if (query.failed())
        return apiError(400, QStringLiteral("INVALID_PRODUCT_CATEGORY"), QStringLiteral("there is no such productCategory"));
    const QString name = query.text(QStringLiteral("productName"));
    qint64 from = query.integer(QStringLiteral("startTime")).value_or(0);
    qint64 to = query.integer(QStringLiteral("endTime")).value_or(0);
    const QString owner = query.text(QStringLiteral("ownerId"));
    query.noteUnknown();
    if (query.failed())
        return query.refusal();
    const qint64 settled = settledUntil(call.world);
    to = to > 0 ? std::min(to, settled) : settled;
    from = from > 0 ? from : to - defaultSpan(cycle);
    from = std::max(from, to - kLongest); // nothing here is older
    QJsonArray bills;
    for (qint64 at = to - 1; at >= from && bills.size() < kMaxBills;) {
        const auto [begin, end] = cycleAround(cycle, at);
        const qint64 first = std::max(begin, from);
        const qint64 last = std::min(end, to);
        forEachCharged(call.world, [&](const Charged &charged) {
            if ((!owner.isEmpty() && charged.owner != owner) || !charged.productName.contains(name, Qt::CaseInsensitive) || !isWanted(category, charged.category))
                return;
            const BilledTime time = billedTime(charged.spans, timeOf(first), timeOf(last));
            if (time.seconds > 0 && bills.size() < kMaxBills)
                bills.append(billRow(charged, time, first, last));
        });
        const QJsonArray paidAtOnce = useRows(call.world, first, last, [&](const SandboxUse &use) {
            return owner.isEmpty() && use.product.contains(name, Qt::CaseInsensitive) && isWanted(category, use.category);
        });
        for (const QJsonValue &row : paidAtOnce)
            bills.append(row);
        at = begin - 1;
    }
    return HttpResponse::json(200, QJsonObject{{QStringLiteral("bills"), bills}});
}

HttpResponse listMonthlyBills(ApiCall &call)
{
    QueryReader query(call);
    query.noteUnknown();
    const qint64 settled = settledUntil(call.world);
    qint64 at = std::chrono::floor<Seconds>(call.world.now()).time_since_epoch().count();
    QJsonArray rows;
    for (int i = 0; i < 3; ++i) {
        const auto [begin, end] = cycleAround(QStringLiteral("Month"), at);
        Money sum;
        forEachCharged(call.world, [&, from = begin, to = std::min(end, settled)](const Charged &charged) { sum += to > from ? chargedWithin(charged, from, to) : Money(); });
        const auto [firstUse, lastUse] = usesWithin(call.world, begin, std::min(end, settled));
        for (auto use = firstUse; use != lastUse; ++use)
            sum += use->paid;
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
            || !row.value(QLatin1String("productName")).toString().contains(name, Qt::CaseInsensitive)
            || (!category.isEmpty() && category != QLatin1String("summary") && category != row.value(QLatin1String("category")).toString()))
            continue;
        const Money amount = Money::fromPriceUnits(row.value(QLatin1String("units")).toInteger());
        const QString units = QString::number(amount.priceUnits());
        const QString months = QString::number(row.value(QLatin1String("month")).toInteger());
        bills.prepend(QJsonObject{{QStringLiteral("userId"), QStringLiteral("u-1")}, {QStringLiteral("startTime"), row.value(QLatin1String("startTime"))},
                                  {QStringLiteral("endTime"), row.value(QLatin1String("endTime"))}, {QStringLiteral("memberId"), QString()},
                                  {QStringLiteral("productName"), row.value(QLatin1String("productName"))}, {QStringLiteral("productCategory"), row.value(QLatin1String("category"))},
                                  {QStringLiteral("ownerID"), ownerId}, {QStringLiteral("tradeMode"), QStringLiteral("monthly")},
                                  {QStringLiteral("tradeType"), row.value(QLatin1String("tradeType"))}, {QStringLiteral("basePrice"), units}, {QStringLiteral("billNum"), months},
                                  {QStringLiteral("amount"), units}, {QStringLiteral("voucherAmount"), QStringLiteral("0")}, {QStringLiteral("payAmount"), units},
                                  {QStringLiteral("payAmountDisplay"), amount.toPlainString()}, {QStringLiteral("pricePrecision"), QString::number(Money::kUnitsPerDollar)},
                                  {QStringLiteral("createTime"), row.value(QLatin1String("createTime"))}, {QStringLiteral("cycle"), months}, 
                                  {QStringLiteral("storageDays"), QString::number(row.value(QLatin1String("storageDays")).toInteger())}});
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
