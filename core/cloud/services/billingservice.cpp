// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/billingservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/net/apiclient.h"

namespace novita {

namespace {

ApiRequest billRequest(const QString &operation, const QString &path, const ReadOptions &options)
{
    ApiRequest request;
    request.operation = operation;
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/openapi/v1/billing") + path;
    request.priority = options.priority;
    return request;
}

QString secondsText(TimePoint at)
{
    return QString::number(std::chrono::floor<Seconds>(at.time_since_epoch()).count());
}

QString cycleName(BillCycle cycle)
{
    switch (cycle) {
    case BillCycle::Hour:
        return QStringLiteral("Hour");
    case BillCycle::Day:
        return QStringLiteral("Day");
    case BillCycle::Week:
        return QStringLiteral("Week");
    case BillCycle::Month:
        break;
    }
    return QStringLiteral("Month");
}

} // namespace

Call<RowList<UsageBill>> *BillingService::usage(BillCycle cycle, TimePoint from, TimePoint to, ReadOptions options) const
{
    ApiRequest request = billRequest(QStringLiteral("listUsageBills"), QStringLiteral("/bill/list"), options);
    request.query.addQueryItem(QStringLiteral("cycleType"), cycleName(cycle));
    request.query.addQueryItem(QStringLiteral("productCategory"), QStringLiteral("summary"));
    request.query.addQueryItem(QStringLiteral("startTime"), secondsText(from));
    request.query.addQueryItem(QStringLiteral("endTime"), secondsText(to));
    return m_client.call<RowList<UsageBill>>(request, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeWhole<UsageBill>(answer, log, {QLatin1String("bills"), QLatin1String("data")}, &decodeUsageBill);
    });
}

Call<RowList<FixedTermBill>> *BillingService::fixedTerm(TimePoint from, TimePoint to, ReadOptions options) const
{
    ApiRequest request = billRequest(QStringLiteral("listFixedTermBills"), QStringLiteral("/bill/monthly/list"), options);
    request.query.addQueryItem(QStringLiteral("category"), QStringLiteral("summary"));
    request.query.addQueryItem(QStringLiteral("startTime"), secondsText(from));
    request.query.addQueryItem(QStringLiteral("endTime"), secondsText(to));
    return m_client.call<RowList<FixedTermBill>>(request, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeWhole<FixedTermBill>(answer, log, {QLatin1String("bills"), QLatin1String("data")}, &decodeFixedTermBill);
    });
}

Call<RowList<MonthlyStatement>> *BillingService::statements(ReadOptions options) const
{
    return m_client.call<RowList<MonthlyStatement>>(billRequest(QStringLiteral("listMonthlyBills"), QStringLiteral("/monthly/bill"), options),
                                                    [](const QJsonValue &answer, DecodeLog &log) {
                                                        return decodeWhole<MonthlyStatement>(answer, log, {QLatin1String("data")}, &decodeMonthlyStatement);
                                                    });
}

} // namespace novita
