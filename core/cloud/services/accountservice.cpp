// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/accountservice.h"

#include "core/net/apiclient.h"

namespace novita {

Call<Balance> *AccountService::balance(ReadOptions options) const
{
    ApiRequest request;
    request.operation = QStringLiteral("getBalance");
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/openapi/v1/billing/balance/detail");
    request.priority = options.priority;
    request.cache = {QStringLiteral("balance"), Seconds(30), options.fresh};
    return m_client.call<Balance>(request, [](const QJsonValue &answer, DecodeLog &log) {
        if (!answer.isObject())
            log.fail(QStringLiteral("$"), QStringLiteral("expected an object"));
        return decodeBalance(JsonReader(answer.toObject(), log));
    });
}

} // namespace novita
