// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/common.h"
#include "core/cloud/types/product.h"
#include "core/cloud/types/resources.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace novita {

struct Instance;

/// 2222-2224: the platform's own (gpu-notes section 8).
bool isReservedPort(int port);

struct DraftPort
{
    int port = 0;
    QString type = QStringLiteral("http"); ///< "http" or "tcp"
    bool operator==(const DraftPort &) const = default;
};

struct DraftMount
{
    StorageId id;
    QString mountPoint = QStringLiteral("/network");
    bool operator==(const DraftMount &) const = default;
};

/// A field of a draft, for messages that point at an input. Those of the second line belong to templates, volumes, networks,
/// credentials and prewarming (templatedraft.h, resourcedrafts.h).
enum class DraftField { Name, Product, GpuNum, Rootfs, Image, Ports, Envs, Command, Entrypoint, Mounts, LocalMount, Network, Month, AutoRenew, MinCuda,
                        Tools, Cluster, Size, Username, Password, Volumes, Readme, Note };

struct DraftProblem
{
    DraftField field;
    QString message; ///< a sentence, translated in context "InstanceDraft"
};

/// What a person is about to create. The one set of field rules for wizard, batch, clone and local API.
struct InstanceDraft
{
    QString name;                     ///< 1-100 of [A-Za-z0-9_-]
    ProductKind kind = ProductKind::Gpu;
    ProductId productId;
    ClusterId clusterId;              ///< empty = the platform picks
    int gpuNum = 1;                   ///< 1-8
    int rootfsGb = 60;                ///< within the product's min-max, 10-6144
    QString imageUrl;                 ///< 1-500 characters
    RegistryAuthId imageAuthId;       ///< credentials kept in the account; the request's other form, a password in clear, is never made
    QList<DraftPort> ports;           ///< at most 15 with tools; 1-65535 without 2222-2224; no duplicates
    QList<EnvVar> envs;               ///< at most 100, unique keys
    bool jupyter = false;
    int jupyterPort = 8888;
    QString command;                  ///< ≤2047
    QString entrypoint;               ///< ≤2047
    QList<DraftMount> mounts;         ///< ≤30
    QString localMountPoint;          ///< of the disk of a CPU instance; empty = the platform's /workspace
    NetworkId networkId;
    BillingMode billing = BillingMode::OnDemand;
    int months = 1;                   ///< monthly only, 1-12
    bool autoRenew = false;           ///< monthly only
    int autoRenewMonths = 1;          ///< 1-12
    QString minCudaVersion;

    bool operator==(const InstanceDraft &) const = default;

    /// Everything wrong with it, in field order; empty = may be sent. `product` narrows disk and billing rules when known.
    QList<DraftProblem> problems(const Product *product = nullptr) const;

    /// The body of POST /v1/gpu/instance/create, with the field names and types of the contract. Optional fields are left out when unset.
    QJsonObject toJson() const;

    /// The inverse of toJson(), for drafts that were kept or exported. What is missing, unknown or of another type stays as in a
    /// new draft; the field rules judge the rest. A month above 0 makes it monthly, as it does in the cloud.
    static InstanceDraft fromJson(const QJsonObject &body);

    /// Price per hour (times GPUs) of `product` in the chosen mode; nullopt when not offered. CPU products know on demand
    /// only. In monthly mode it is the shortest term's price as sent: whether that is per month or per term, and not per
    /// hour, is undocumented, so label it accordingly.
    std::optional<Money> pricePerHour(const Product &product) const;

    void applyTemplate(const InstanceTemplate &source); ///< image, auth, ports, envs, disk, command, entrypoint, Jupyter, CUDA
    static InstanceDraft fromInstance(const Instance &source, const QString &newName); ///< clone
};

} // namespace novita
