// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/resourceservice.h"

#include "core/base/redact.h"
#include "core/cloud/services/listanswer.h"
#include "core/cloud/services/pagedlist.h"
#include "core/cloud/services/writes.h"

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

/// The network of an answer that wraps it in an array, wraps it, or is it.
NetworkId decodeCreatedNetwork(const QJsonValue &answer, DecodeLog &log)
{
    const JsonReader reader(answer.toObject(), log);
    const QJsonValue wrapped = reader.json().value(QLatin1String("network"));
    if (wrapped.isArray())
        return decodeVpcNetwork(JsonReader(wrapped.toArray().first().toObject(), log, QStringLiteral("$.network[0]"))).id;
    return decodeVpcNetwork(wrapped.isObject() ? reader.object(QLatin1String("network")) : reader).id;
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

Call<Done> *ResourceService::createRegistryAuth(const RegistryAuthDraft &draft) const
{
    registerSecret(draft.password);
    ApiRequest request = writeRequest(QStringLiteral("createRegistryAuth"), QStringLiteral("/v1/repository/auth/save"), draft.toJson(), false, {});
    request.sensitiveReply = true; // a refusal may repeat what was sent
    return sendWrite(m_client, request);
}

Call<Done> *ResourceService::removeRegistryAuth(const RegistryAuthId &id) const
{
    const QJsonObject body{{QStringLiteral("id"), id.toString()}};
    return sendDelete(m_client, writeRequest(QStringLiteral("deleteRegistryAuth"), QStringLiteral("/v1/repository/auth/delete"), body, true, {}));
}

Call<StorageId> *ResourceService::createStorage(const StorageDraft &draft) const
{
    return sendCreate<StorageId>(m_client,
                                 writeRequest(QStringLiteral("createNetworkStorage"), QStringLiteral("/v1/networkstorage/create"), draft.toJson(), false,
                                              {QStringLiteral("storages")}),
                                 {QLatin1String("storageId"), QLatin1String("id")});
}

Call<Done> *ResourceService::updateStorage(const StorageDraft &draft) const
{
    return sendWrite(m_client, writeRequest(QStringLiteral("updateNetworkStorage"), QStringLiteral("/v1/networkstorage/update"), draft.toJson(), true,
                                            {QStringLiteral("storages")}));
}

Call<Done> *ResourceService::removeStorage(const StorageId &id) const
{
    const QJsonObject body{{QStringLiteral("storageId"), id.toString()}};
    return sendDelete(m_client, writeRequest(QStringLiteral("deleteNetworkStorage"), QStringLiteral("/v1/networkstorage/delete"), body, true,
                                             {QStringLiteral("storages")}));
}

Call<NetworkId> *ResourceService::createNetwork(const NetworkDraft &draft) const
{
    return m_client.call<NetworkId>(writeRequest(QStringLiteral("createNetwork"), QStringLiteral("/v1/network/create"), draft.toJson(), false,
                                                 {QStringLiteral("networks")}),
                                    &decodeCreatedNetwork);
}

Call<Done> *ResourceService::renameNetwork(const NetworkDraft &draft) const
{
    return sendWrite(m_client, writeRequest(QStringLiteral("updateNetwork"), QStringLiteral("/v1/network/update"), draft.toJson(), true,
                                            {QStringLiteral("networks")}));
}

Call<Done> *ResourceService::removeNetwork(const NetworkId &id) const
{
    const QJsonObject body{{QStringLiteral("networkId"), id.toString()}};
    return sendDelete(m_client, writeRequest(QStringLiteral("deleteNetwork"), QStringLiteral("/v1/network/delete"), body, true,
                                             {QStringLiteral("networks")}));
}

} // namespace novita
