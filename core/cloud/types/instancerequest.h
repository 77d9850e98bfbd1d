// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/common.h"
#include "core/cloud/types/instancedraft.h"
#include "core/cloud/types/instancestate.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace novita {

struct Instance;

/// Ports and size of the system disk, while the instance runs. The API knows no other change: not the name either.
struct EditRequest
{
    std::optional<QList<DraftPort>> ports; ///< the complete wanted set, without that of Jupyter; nullopt = leave them
    int growDiskGb = 0;                    ///< to add; a disk never shrinks. 0 = leave it
    bool operator==(const EditRequest &) const = default;
};

/// A reset onto another image or configuration. Everything is sent in full, so it begins as what the instance has.
struct UpgradeRequest
{
    QString imageUrl;
    RegistryAuthId imageAuthId;
    QList<EnvVar> envs;
    QString command;
    QList<DraftMount> mounts;   ///< the complete set of network volumes: what is left out is unmounted
    bool keepSystemDisk = true; ///< best effort, says the service
    bool operator==(const UpgradeRequest &) const = default;

    /// What `instance` runs now; to be taken from its detail answer.
    static UpgradeRequest of(const Instance &instance);
};

/// The container disk, written into a registry as an image: a job.
struct SaveImageRequest
{
    QString image;              ///< registry/repository:tag, 1-4095 characters
    RegistryAuthId authId;      ///< needed for a private registry
    bool operator==(const SaveImageRequest &) const = default;
};

/// Renew and ToMonthly.
struct TermRequest
{
    int months = 1;             ///< 1-12
    bool operator==(const TermRequest &) const = default;
};

struct AutoRenewRequest
{
    bool on = true;
    int months = 1;             ///< of each renewal, 1-12; sent even when `on` is false
    bool operator==(const AutoRenewRequest &) const = default;
};

struct AutoMigrateRequest
{
    bool on = true;
    bool withSystemDisk = true; ///< copy the system disk as well
    bool operator==(const AutoMigrateRequest &) const = default;
};

/// An action with everything it needs: what a person wants done to an instance. The input belongs to the action; Start, Stop,
/// Restart, Delete and Migrate have none.
class InstanceRequest final
{
public:
    using Input = std::variant<std::monostate, EditRequest, UpgradeRequest, SaveImageRequest, TermRequest, AutoRenewRequest, AutoMigrateRequest>;

    /// An action without input. Implicit: where a request is wanted, such an action is one.
    InstanceRequest(InstanceAction action) : m_action(action) {}
    InstanceRequest(EditRequest input) : m_action(InstanceAction::Edit), m_input(std::move(input)) {}
    InstanceRequest(UpgradeRequest input) : m_action(InstanceAction::Upgrade), m_input(std::move(input)) {}
    InstanceRequest(SaveImageRequest input) : m_action(InstanceAction::SaveImage), m_input(std::move(input)) {}
    InstanceRequest(AutoRenewRequest input) : m_action(InstanceAction::AutoRenew), m_input(input) {}
    InstanceRequest(AutoMigrateRequest input) : m_action(InstanceAction::AutoMigrate), m_input(input) {}
    static InstanceRequest renew(int months) { return {InstanceAction::Renew, TermRequest{months}}; }
    static InstanceRequest toMonthly(int months) { return {InstanceAction::ToMonthly, TermRequest{months}}; }

    InstanceAction action() const { return m_action; }
    /// The input of that type, or what it begins as when this request carries another.
    template<typename T>
    T input() const
    {
        const T *own = std::get_if<T>(&m_input);
        return own ? *own : T{};
    }
    bool operator==(const InstanceRequest &) const = default;

    /// The action needs no input, or it is there.
    bool isComplete() const;
    /// What is wrong with the input, in field order, by the rules of InstanceDraft; empty = may be sent. `before` is the
    /// instance it is for, `product` that of the instance when known: both narrow the rules.
    QList<DraftProblem> problems(const Instance &before, const Product *product = nullptr) const;
    /// The body of the POST for `id`, with the field names and types of the contract.
    QJsonObject toJson(const InstanceId &id) const;

private:
    InstanceRequest(InstanceAction action, Input input) : m_action(action), m_input(std::move(input)) {}

    InstanceAction m_action;
    Input m_input;
};

/// Does the action run through one POST of its own (all but Clone, which is a create)?
bool isCloudAction(InstanceAction action);

} // namespace novita
