// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/jsonreader.h"
#include "core/base/money.h"
#include "core/cloud/types/common.h"

#include <QStringList>

#include <optional>

/// The smaller value types of the GPU API: what instances are made from and live in.
namespace novita {

struct Cluster
{
    ClusterId id;                ///< "us-ca-6"
    QString name;                ///< "US-CA-06 (California)": equals the strings in Product::regions
    QStringList gpuTypes;
    bool supportsNetworkStorage = false;
    bool supportsNetwork = false;
    bool operator==(const Cluster &) const = default;
    QString region() const;      ///< "US-CA-06"
};

struct TemplatePort
{
    int port = 0;
    QString type;                ///< "http" or "tcp"
    bool operator==(const TemplatePort &) const = default;
};

struct TemplateVolume
{
    QString type;
    std::optional<int> sizeGb;
    QString mountPath;
    bool operator==(const TemplateVolume &) const = default;
};

/// A launch template. Called InstanceTemplate because `template` is a keyword.
struct InstanceTemplate
{
    TemplateId id;
    QString name;
    QString user;
    QString readme;              ///< Markdown from strangers: shown as plain text
    QString description;
    QString type;                ///< "instance" or "serverless"
    QString channel;             ///< "private", "community", "official"
    QString image;
    RegistryAuthId imageAuthId;  ///< `imageAuth` on the wire: an id here
    QString startCommand;
    QString entrypoint;
    std::optional<int> rootfsGb;
    QList<TemplatePort> ports;   ///< flattened from the grouped wire form
    QList<TemplateVolume> volumes;
    QList<EnvVar> envs;
    bool hasJupyter = false;     ///< among `tools`
    std::optional<int> jupyterPort;
    QString minCudaVersion;
    std::optional<TimePoint> createdAt;
    bool operator==(const InstanceTemplate &) const = default;
};

struct RegistryAuth
{
    RegistryAuthId id;
    QString name;
    QString username;            ///< the password in the answer is dropped while decoding
    bool operator==(const RegistryAuth &) const = default;
};

struct NetworkStorage
{
    StorageId id;
    QString name;
    std::optional<int> sizeGb;
    ClusterId clusterId;
    QString clusterName;
    QString priceText;           ///< verbatim: the unit is not documented
    bool operator==(const NetworkStorage &) const = default;
};

struct VpcNetwork
{
    NetworkId id;
    QString name;
    QString state;               ///< "creating", "ready", verbatim
    QString error;
    QString segment;
    ClusterId clusterId;
    QList<InstanceId> members;
    std::optional<TimePoint> createdAt;
    bool operator==(const VpcNetwork &) const = default;
    bool isCreating() const { return state == QLatin1String("creating"); }
};

struct Job
{
    JobId id;
    QString type;                ///< "saveImage", "instanceMigrate", "autoInstanceMigrate", verbatim
    QString state;               ///< "pulling", "running", "fail", "success", "break", verbatim
    QString error;
    InstanceId instanceId;
    QString logAddress;
    std::optional<TimePoint> createdAt;
    bool operator==(const Job &) const = default;
    bool isFinished() const;
};

/// Amounts of GET /openapi/v1/billing/balance/detail.
struct Balance
{
    std::optional<Money> available;
    std::optional<Money> cash;
    std::optional<Money> creditLimit;
    std::optional<Money> outstanding;
    bool operator==(const Balance &) const = default;
};

// Ids are empty when the row had none: the caller skips such rows.
Cluster decodeCluster(const JsonReader &reader);
InstanceTemplate decodeTemplate(const JsonReader &reader); ///< bare or {"template": {…}}
RegistryAuth decodeRegistryAuth(const JsonReader &reader);
NetworkStorage decodeNetworkStorage(const JsonReader &reader);
VpcNetwork decodeVpcNetwork(const JsonReader &reader);
Job decodeJob(const JsonReader &reader);
Balance decodeBalance(const JsonReader &reader);

} // namespace novita
