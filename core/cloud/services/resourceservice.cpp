// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/resourceservice.h"

#include "core/cloud/services/listanswer.h"
#include "core/cloud/services/pagedlist.h"
#include "core/net/apiclient.h"

namespace novita {

namespace {

ApiRequest read(const QString &operation, const QString &path, const ReadOptions &options)
{
    ApiRequest request;
    request.operation = operation;
    request.path = path;
    request.priority = options.priority;
    return request;
}

PagedQuery paged(ApiRequest request, const ReadOptions &options)
{
    PagedQuery query;
    query.request = std::move(request);
    query.expectedRows = options.expectedRows;
    return query;
}

} // namespace

Call<RowList<Cluster>> *ResourceService::clusters(ReadOptions options) const
{
    ApiRequest request = read(QStringLiteral("listClusters"), QStringLiteral("/v1/clusters"), options);
    request.cache = {QStringLiteral("clusters"), Seconds(600), options.fresh};
    return m_client.call<RowList<Cluster>>(request, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeWhole<Cluster>(answer, log, {QLatin1String("data")}, &decodeCluster);
    });
}

Call<RowList<RegistryAuth>> *ResourceService::registryAuths(ReadOptions options) const
{
    ApiRequest request = read(QStringLiteral("listRegistryAuths"), QStringLiteral("/v1/repository/auths"), options);
    request.sensitiveReply = true;
    return m_client.call<RowList<RegistryAuth>>(request, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeWhole<RegistryAuth>(answer, log, {QLatin1String("data")}, &decodeRegistryAuth);
    });
}

Call<RowList<NetworkStorage>> *ResourceService::networkStorages(ReadOptions options) const
{
    PagedQuery query = paged(read(QStringLiteral("listNetworkStorages"), QStringLiteral("/v1/networkstorages/list"), options), options);
    query.request.cache = {QStringLiteral("storages"), Seconds(30), options.fresh};
    query.pageKey = QStringLiteral("pageNo");
    return PagedList<NetworkStorage>::fetch(m_client, query, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeRows<NetworkStorage>(answer, log, {QLatin1String("data")}, &decodeNetworkStorage);
    });
}

Call<RowList<VpcNetwork>> *ResourceService::networks(ReadOptions options) const
{
    PagedQuery query = paged(read(QStringLiteral("listNetworks"), QStringLiteral("/v1/networks"), options), options);
    query.request.cache = {QStringLiteral("networks"), Seconds(30), options.fresh};
    return PagedList<VpcNetwork>::fetch(m_client, query, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeRows<VpcNetwork>(answer, log, {QLatin1String("networks"), QLatin1String("network")}, &decodeVpcNetwork);
    });
}

Call<RowList<Job>> *ResourceService::jobs(ReadOptions options) const
{
    const PagedQuery query = paged(read(QStringLiteral("listJobs"), QStringLiteral("/v1/jobs"), options), options);
    return PagedList<Job>::fetch(m_client, query, [](const QJsonValue &answer, DecodeLog &log) {
        return decodeRows<Job>(answer, log, {QLatin1String("jobs"), QLatin1String("data")}, &decodeJob);
    });
}

} // namespace novita
