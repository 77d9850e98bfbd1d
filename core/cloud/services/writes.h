// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/services/mappedcall.h"
#include "core/cloud/types/common.h"
#include "core/net/apiclient.h"

#include <QJsonObject>

#include <initializer_list>

namespace novita {

/// A POST that changes something. `stale`: the cache kinds that it makes stale.
inline ApiRequest writeRequest(const QString &operation, const QString &path, const QJsonObject &body, bool idempotent, const QStringList &stale)
{
    ApiRequest request;
    request.operation = operation;
    request.method = HttpMethod::Post;
    request.path = path;
    request.body = body;
    request.idempotent = idempotent;
    request.invalidates = stale;
    return request;
}

/// Sends it; whatever a 2xx answer holds is success ({}, an echo, nothing).
inline Call<Done> *sendWrite(ApiClient &client, const ApiRequest &request)
{
    return client.call<Done>(request, [](const QJsonValue &, DecodeLog &) { return Done{}; });
}

/// As sendWrite() for a deletion: what is not there any more counts as deleted.
inline Call<Done> *sendDelete(ApiClient &client, const ApiRequest &request)
{
    return mappedCall<Done, Done>(&client, sendWrite(client, request), [](const Result<Done> &result) {
        const bool gone = !result && result.error().kind == ErrorKind::NotFound;
        return gone ? Result<Done>(Done{}) : result;
    });
}

/// Sends a creation. The id is what the answer names under one of `keys`, or the answer itself when that is text; empty
/// when it names none: then only the list, and the name in it, tells.
template<typename Id>
Call<Id> *sendCreate(ApiClient &client, const ApiRequest &request, std::initializer_list<QLatin1String> keys)
{
    return client.call<Id>(request, [wanted = QList<QLatin1String>(keys)](const QJsonValue &answer, DecodeLog &log) {
        if (answer.isString())
            return Id(answer.toString());
        const JsonReader reader(answer.toObject(), log);
        for (const QLatin1String key : wanted) {
            if (const QString text = reader.string(key); !text.isEmpty())
                return Id(text);
        }
        return Id();
    });
}

} // namespace novita
