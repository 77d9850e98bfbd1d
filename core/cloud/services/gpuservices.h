// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancedraft.h"
#include "core/cloud/types/product.h"
#include "core/cloud/types/resources.h"
#include "core/net/apirequest.h"

#include <QList>

namespace novita {

class ApiClient;

/// What a service method may be told about how to ask.
struct ReadOptions
{
    RequestPriority priority = RequestPriority::Poll;
    bool fresh = false; ///< bypass the cache (F5, after an own action)
};

/// Answer to start, stop, restart, delete: both fields are optional on the wire.
struct InstanceActionReply
{
    InstanceId id;
    QString state; ///< "toStop"; empty when the body was empty
};

/// Instances: one method per operation of the contract. Stateless; calls belong to the client. Lists walk all pages:
/// from page 0, de-duplicating by id, until `total` unique ids or an empty page (gpu-notes section 11).
class InstanceService
{
public:
    explicit InstanceService(ApiClient &client) : m_client(client) {}

    Call<QList<Instance>> *list(ReadOptions options = {}) const;
    /// Only rows whose name contains `name`: how a create whose reply was lost is found again.
    Call<QList<Instance>> *findByName(const QString &name) const;
    Call<Instance> *get(const InstanceId &id, ReadOptions options = {}) const;
    /// Never repeated: on a lost reply the error has `effectUnknown` set.
    Call<InstanceId> *create(const InstanceDraft &draft) const;
    Call<InstanceActionReply> *start(const InstanceId &id) const;
    Call<InstanceActionReply> *stop(const InstanceId &id) const;
    Call<InstanceActionReply> *restart(const InstanceId &id) const;
    /// NotFound counts as success: it is gone.
    Call<InstanceActionReply> *remove(const InstanceId &id) const;

private:
    Call<InstanceActionReply> *act(const QString &operation, const QString &path, const InstanceId &id) const;
    ApiClient &m_client;
};

class ProductService
{
public:
    explicit ProductService(ApiClient &client) : m_client(client) {}
    /// GPU offers of one billing mode (the API's own default is onDemand only).
    Call<QList<Product>> *gpuProducts(BillingMode mode, ReadOptions options = {}) const;
    Call<QList<Product>> *cpuProducts(ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

class TemplateService
{
public:
    explicit TemplateService(ApiClient &client) : m_client(client) {}
    /// `channel`: "official", "community" or "private".
    Call<QList<InstanceTemplate>> *list(const QString &channel, ReadOptions options = {}) const;
    Call<InstanceTemplate> *get(const TemplateId &id, ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

/// Clusters, registry auths, network storages, VPC networks, jobs: the lists that creating an instance needs.
class ResourceService
{
public:
    explicit ResourceService(ApiClient &client) : m_client(client) {}
    Call<QList<Cluster>> *clusters(ReadOptions options = {}) const;
    Call<QList<RegistryAuth>> *registryAuths(ReadOptions options = {}) const; ///< passwords are dropped in the decoder
    Call<QList<NetworkStorage>> *networkStorages(ReadOptions options = {}) const;
    Call<QList<VpcNetwork>> *networks(ReadOptions options = {}) const;
    Call<QList<Job>> *jobs(ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

class AccountService
{
public:
    explicit AccountService(ApiClient &client) : m_client(client) {}
    Call<Balance> *balance(ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

} // namespace novita
