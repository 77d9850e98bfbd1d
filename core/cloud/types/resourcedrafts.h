// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"
#include "core/cloud/types/prewarm.h"

/// What a person adds to the account or changes in it, beside instances and templates: the fields, the rules, the bodies.
/// Names must be unique among their kind: the API gives no usable id back for most of these, so they are found by name.
namespace novita {

/// The password is in here from the moment it is entered until the request has gone, and nowhere else.
struct RegistryAuthDraft
{
    QString name;      ///< 1-255 characters: a label, or the host of the registry
    QString username;  ///< 1-511 characters
    QString password;  ///< 1-1024 characters; secret

    QList<DraftProblem> problems(const QList<RegistryAuth> &known) const;
    QJsonObject toJson() const;
};

struct StorageDraft
{
    static constexpr int kLeastGb = 10;
    static constexpr int kMostGb = 1000000; ///< more than any cluster has: the cloud's own limit is not documented

    StorageId id;      ///< empty = a new one
    QString name;      ///< 1-255 letters, digits, hyphens; not that of another volume of the cluster
    ClusterId clusterId;
    int sizeGb = 100;

    bool operator==(const StorageDraft &) const = default;
    /// `before`: the volume that is to be changed, which may only grow; `cluster` as far as known.
    QList<DraftProblem> problems(const QList<NetworkStorage> &known, const Cluster *cluster, const NetworkStorage *before = nullptr) const;
    QJsonObject toJson() const;
};

struct NetworkDraft
{
    NetworkId id;      ///< empty = a new one
    QString name;      ///< 1-30 characters; not that of another network
    ClusterId clusterId;

    bool operator==(const NetworkDraft &) const = default;
    QList<DraftProblem> problems(const QList<VpcNetwork> &known, const Cluster *cluster) const;
    QJsonObject toJson() const;
};

struct PrewarmDraft
{
    QString imageUrl;  ///< 1-500 characters
    RegistryAuthId authId;
    ClusterId clusterId;
    QList<ProductId> productIds; ///< empty = every kind of GPU of the cluster
    QString note;      ///< at most 255 characters

    bool operator==(const PrewarmDraft &) const = default;
    QList<DraftProblem> problems() const;
    QJsonObject toJson() const;
};

inline constexpr int kMostPrewarmNoteChars = 255; ///< ours: the API names no limit

} // namespace novita
