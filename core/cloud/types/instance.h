// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/base/jsonreader.h"
#include "core/base/money.h"
#include "core/cloud/types/common.h"
#include "core/cloud/types/instancestate.h"

#include <QList>
#include <QString>

#include <optional>

namespace novita {

enum class SpotStatus : std::uint8_t { None, Running, Notified, Reclaiming, Terminated, Unknown };

struct PortMapping
{
    int port = 0;       ///< inside the container, 1-65535
    QString type;       ///< "http" or "tcp", verbatim
    QString endpoint;   ///< public address, verbatim; only in the detail answer
    bool operator==(const PortMapping &) const = default;
};

struct VolumeMount
{
    QString type;             ///< "network" or "local"
    std::optional<double> sizeGb;
    StorageId id;             ///< network volumes only
    QString mountPath;
    bool isNetwork() const { return type == QLatin1String("network"); }
    bool operator==(const VolumeMount &) const = default;
};

/// How to reach an instance. Only GET /v1/gpu/instance carries it; volatile, re-read after every start. Holds secrets:
/// never logged, cached to disk or exported.
struct ConnectionInfo
{
    QString sshCommand;       ///< "ssh -p 42210 root@proxy.us-ca-6.gpu-instance.novita.ai"
    QString sshPassword;      ///< secret
    bool sshRunning = false;
    QString terminalAddress;
    QString terminalUser;
    QString terminalPassword; ///< secret
    bool terminalRunning = false;
    QString jupyterAddress;
    std::optional<int> jupyterPort;
    bool jupyterRunning = false;
    QString systemLogAddress;
    QString instanceLogAddress;
    bool operator==(const ConnectionInfo &) const = default;

    /// Host and port parsed from `sshCommand` (part after '@', token after -p, default 22). The host is empty when there is
    /// none or when it is no plain host name or address: it goes into command lines and must not carry anything else.
    QString sshHost() const;
    int sshPort() const;
};

/// A GPU or CPU instance as the cloud last told of it. Value type; fields that an answer did not carry keep their
/// "unknown" form (empty text, nullopt), never a silent zero.
struct Instance
{
    InstanceId id;
    QString name;
    ClusterId clusterId;
    QString clusterName;      ///< display name "US-CA-06 (California)"
    ProductId productId;
    QString productName;
    QString kind;             ///< "gpu" or "cpu", verbatim
    InstanceStatus status = InstanceStatus::Unknown;
    QString statusText;       ///< the wire text, verbatim
    QString statusErrorState;
    QString statusError;      ///< statusError.message; empty when all is well
    QString imageUrl;
    RegistryAuthId imageAuthId;
    QString command;
    QString entrypoint;
    std::optional<int> cpuNum;
    std::optional<int> memoryGb;
    std::optional<int> gpuNum;
    std::optional<int> rootfsGb;
    QList<PortMapping> ports;
    QList<VolumeMount> volumes;
    QList<EnvVar> envs;       ///< values may be secret: masked on screen, never exported
    NetworkId networkId;
    QString networkIp;
    BillingMode billing = BillingMode::Unknown;
    QString billingText;      ///< verbatim
    std::optional<TimePoint> endTime;         ///< subscription expiry
    SpotStatus spotStatus = SpotStatus::None;
    QString spotStatusText;   ///< verbatim
    std::optional<TimePoint> spotReclaimTime;
    std::optional<int> keepDataDays;          ///< days the data of a stopped instance is kept
    std::optional<int> freeStorageGb;
    std::optional<int> nodeMaxRootfsGb;
    QList<JobId> runningJobs;
    std::optional<TimePoint> createdAt;
    std::optional<TimePoint> lastStartedAt;
    std::optional<TimePoint> lastStoppedAt;
    std::optional<ConnectionInfo> connection; ///< set by the detail answer only

    bool operator==(const Instance &) const = default;

    /// What to call it on screen: the name as one line, or the id of one without a name that can be seen.
    QString displayName() const;
    bool hasName() const; ///< displayName() is the name
    /// "US-CA-06" of "US-CA-06 (California)"; the cluster id when there is no name.
    QString region() const;
    bool isReclaimed() const; ///< exited, and the spot fields say the GPU was taken back
    bool isCalledBack() const; ///< spot, and its GPU is about to be taken back or has been
    bool hasFailed() const;   ///< statusError carries a message
};

/// Decodes the instance object of the list or detail answer (both the bare form and {"instance": {…}}). The id is empty
/// when there was none: the caller decides whether that skips a row or breaks the answer.
Instance decodeInstance(const JsonReader &reader);

/// Takes what a list row (a summary) does not carry from `known`: network, node facts, times, and, while the instance
/// runs, connection and endpoints (they change with every start, so they are dropped once the status is another).
Instance mergeSummary(const Instance &summary, const Instance &known);

/// As allows(InstanceStatus, …), and what else this instance must be: Renew and AutoRenew need monthly billing, ToMonthly
/// needs a GPU on demand, Migrate a stopped instance or one whose spot GPU is called back.
bool allows(const Instance &instance, InstanceAction action);

} // namespace novita
