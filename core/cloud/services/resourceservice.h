// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/resources.h"

#include <QList>

namespace novita {

class ApiClient;

/// Clusters, registry auths, network storages, VPC networks, jobs: the lists that creating an instance needs.
class ResourceService final
{
public:
    explicit ResourceService(ApiClient &client) : m_client(client) {}

    Call<RowList<Cluster>> *clusters(ReadOptions options = {}) const;               ///< kept for 10 minutes ("clusters")
    /// Never cached: the answer may hold registry passwords. They are dropped in the decoder.
    Call<RowList<RegistryAuth>> *registryAuths(ReadOptions options = {}) const;
    Call<RowList<NetworkStorage>> *networkStorages(ReadOptions options = {}) const; ///< kept for 30 s ("storages")
    Call<RowList<VpcNetwork>> *networks(ReadOptions options = {}) const;            ///< kept for 30 s ("networks")
    Call<RowList<Job>> *jobs(ReadOptions options = {}) const;                       ///< never cached

private:
    ApiClient &m_client;
};

} // namespace novita
