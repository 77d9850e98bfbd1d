// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/templateservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/cloud/services/pagedlist.h"
#include "core/cloud/services/writes.h"

#include <algorithm>
#include <array>

namespace novita {

namespace {

CachePolicy templateCache(const ReadOptions &options)
{
    return {QStringLiteral("templates"), Seconds(600), options.fresh};
}

/// A row of no channel, or of one that nothing offers a place for, would be kept and shown nowhere: it belongs where it was found.
void placeInChannel(QList<InstanceTemplate> &rows, const QString &asked)
{
    const std::array<QLatin1String, 3> known{QLatin1String("official"), QLatin1String("community"), QLatin1String("private")};
    for (InstanceTemplate &row : rows) {
        if (std::find(known.begin(), known.end(), row.channel) == known.end())
            row.channel = asked;
    }
}

PagedQuery listQuery(const QString &channel, const ReadOptions &options)
{
    PagedQuery query;
    query.request.operation = QStringLiteral("listTemplates");
    query.request.path = QStringLiteral("/v1/templates");
    query.request.query.addQueryItem(QStringLiteral("channel"), channel);
    // The vendor's own client finds new private templates with this parameter only.
    if (channel == QLatin1String("private"))
        query.request.query.addQueryItem(QStringLiteral("isMyCommunity"), QStringLiteral("true"));
    query.request.priority = options.priority;
    query.request.cache = templateCache(options);
    query.largestPage = PageWalk::kSmallPage; // each row carries a readme of up to 100 kB
    return query;
}

Call<RowList<InstanceTemplate>> *fetchList(ApiClient &client, const PagedQuery &query, const QString &channel)
{
    return PagedList<InstanceTemplate>::fetch(client, query, [channel](const QJsonValue &answer, DecodeLog &log) {
        auto page = decodeRows<InstanceTemplate>(answer, log, {QLatin1String("template"), QLatin1String("templates"), QLatin1String("data")}, &decodeTemplate);
        placeInChannel(page.rows, channel);
        return page;
    });
}

} // namespace

Call<RowList<InstanceTemplate>> *TemplateService::list(const QString &channel, ReadOptions options) const
{
    return fetchList(m_client, listQuery(channel, options), channel);
}

Call<RowList<InstanceTemplate>> *TemplateService::findByName(const QString &name) const
{
    const QString channel = QStringLiteral("private");
    PagedQuery query = listQuery(channel, {RequestPriority::Interactive, true, 0});
    query.request.query.addQueryItem(QStringLiteral("name"), name);
    return fetchList(m_client, query, channel);
}

Call<InstanceTemplate> *TemplateService::get(const TemplateId &id, ReadOptions options) const
{
    ApiRequest request;
    request.operation = QStringLiteral("getTemplate");
    request.path = QStringLiteral("/v1/template");
    request.query.addQueryItem(QStringLiteral("templateId"), id.toString());
    request.priority = options.priority;
    request.cache = templateCache(options);
    return m_client.call<InstanceTemplate>(request, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeEntity<InstanceTemplate>(answer, log, &decodeTemplate);
    });
}

Call<TemplateId> *TemplateService::create(const TemplateDraft &draft) const
{
    return sendCreate<TemplateId>(m_client,
                                  writeRequest(QStringLiteral("createTemplate"), QStringLiteral("/v1/template/create"), draft.toJson(), false,
                                               {QStringLiteral("templates")}),
                                  {QLatin1String("templateId"), QLatin1String("Id"), QLatin1String("id")});
}

Call<Done> *TemplateService::update(const TemplateDraft &draft) const
{
    return sendWrite(m_client, writeRequest(QStringLiteral("updateTemplate"), QStringLiteral("/v1/template/update"), draft.toJson(), true,
                                            {QStringLiteral("templates")}));
}

Call<Done> *TemplateService::remove(const TemplateId &id) const
{
    const QJsonObject body{{QStringLiteral("templateId"), id.toString()}};
    return sendDelete(m_client, writeRequest(QStringLiteral("deleteTemplate"), QStringLiteral("/v1/template/delete"), body, true,
                                             {QStringLiteral("templates")}));
}

} // namespace novita
