// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/resourcedrafts.h"

#include <QList>

namespace novita {

class ApiClient;

/// Clusters, registry auths, network storages, VPC networks: the lists that creating an instance needs, and what can
/// be done to them. Creations are never repeated by themselves; changes and deletions are, as doing them twice is doing
/// them once. A deletion of what is not there counts as done.
class ResourceService final
{
public:
    explicit ResourceService(ApiClient &client) : m_client(client) {}

    Call<RowList<Cluster>> *clusters(ReadOptions options = {}) const;               ///< kept for 10 minutes ("clusters")
    /// Never cached: the answer may hold registry passwords. They are dropped in the decoder.
    Call<RowList<RegistryAuth>> *registryAuths(ReadOptions options = {}) const;
    Call<RowList<NetworkStorage>> *networkStorages(ReadOptions options = {}) const; ///< kept for 30 s ("storages")
    Call<RowList<VpcNetwork>> *networks(ReadOptions options = {}) const;            ///< kept for 30 s ("networks")

    /// The password is blotted out of every log from here on. The answer names no id: find it by name.
    Call<Done> *createRegistryAuth(const RegistryAuthDraft &draft) const;
    Call<Done> *removeRegistryAuth(const RegistryAuthId &id) const;

    Call<StorageId> *createStorage(const StorageDraft &draft) const; ///< the id may be empty: find it by name
    Call<Done> *updateStorage(const StorageDraft &draft) const;      ///< name and size
    Call<Done> *removeStorage(const StorageId &id) const;            ///< irrevocable

    Call<NetworkId> *createNetwork(const NetworkDraft &draft) const; ///< the id may be empty: find it by name
    Call<Done> *renameNetwork(const NetworkDraft &draft) const;
    Call<Done> *removeNetwork(const NetworkId &id) const;

private:
    ApiClient &m_client;
};

} // namespace novita
