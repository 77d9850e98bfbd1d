// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/templateservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/cloud/services/pagedlist.h"
#include "core/net/apiclient.h"

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

} // namespace

Call<RowList<InstanceTemplate>> *TemplateService::list(const QString &channel, ReadOptions options) const
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
    return PagedList<InstanceTemplate>::fetch(m_client, query, [channel](const QJsonValue &answer, DecodeLog &log) {
        auto page = decodeRows<InstanceTemplate>(answer, log, {QLatin1String("template"), QLatin1String("templates"), QLatin1String("data")}, &decodeTemplate);
        placeInChannel(page.rows, channel);
        return page;
    });
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

} // namespace novita
