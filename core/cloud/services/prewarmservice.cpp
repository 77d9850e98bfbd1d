// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/prewarmservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/cloud/services/pagedlist.h"
#include "core/cloud/services/writes.h"

namespace novita {

Call<RowList<PrewarmTask>> *PrewarmService::list(ReadOptions options) const
{
    PagedQuery query;
    query.request.operation = QStringLiteral("listPrewarmTasks");
    query.request.path = QStringLiteral("/v1/image/prewarm");
    query.request.priority = options.priority;
    query.expectedRows = options.expectedRows;
    query.pageKey = QStringLiteral("page");
    query.firstPage = 1; // the one list of the API that certainly counts from 1
    return PagedList<PrewarmTask>::fetch(m_client, query, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeRows<PrewarmTask>(answer, log, {QLatin1String("data")}, &decodePrewarmTask);
    });
}

Call<PrewarmQuota> *PrewarmService::quota(ReadOptions options) const
{
    ApiRequest request;
    request.operation = QStringLiteral("getPrewarmQuota");
    request.path = QStringLiteral("/v1/image/prewarm/quota");
    request.priority = options.priority;
    return m_client.call<PrewarmQuota>(request, [](const QJsonValue &answer, DecodeLog &log) {
        return decodePrewarmQuota(JsonReader(answer.toObject(), log));
    });
}

Call<PrewarmId> *PrewarmService::create(const PrewarmDraft &draft) const
{
    return sendCreate<PrewarmId>(m_client,
                                 writeRequest(QStringLiteral("createPrewarmTask"), QStringLiteral("/v1/image/prewarm"), draft.toJson(), false, {}),
                                 {QLatin1String("id")});
}

Call<Done> *PrewarmService::setNote(const PrewarmId &id, const QString &note) const
{
    const QJsonObject body{{QStringLiteral("id"), id.toString()}, {QStringLiteral("note"), note}};
    return sendWrite(m_client, writeRequest(QStringLiteral("editPrewarmTask"), QStringLiteral("/v1/image/prewarm/edit"), body, true, {}));
}

Call<Done> *PrewarmService::remove(const QList<PrewarmId> &ids) const
{
    QJsonArray wire;
    for (const PrewarmId &id : ids)
        wire.append(id.toString());
    const QJsonObject body{{QStringLiteral("ids"), wire}};
    return sendDelete(m_client, writeRequest(QStringLiteral("deletePrewarmTasks"), QStringLiteral("/v1/image/prewarm/delete"), body, true, {}));
}

} // namespace novita
