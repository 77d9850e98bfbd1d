// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/actionrules.h"
#include "core/workflows/resourcekind.h"

#include <QCoreApplication>
#include <QString>

#include <functional>
#include <optional>

namespace novita {

class ApiClient;
class ProfileStore;
struct Stores;

/// What may be done with templates, registry credentials, network volumes, VPC networks and prewarm tasks now, given the key, the
/// profile, what is known of the account, and what is under way. A refusal gives its reason in a sentence. Reads only.
class ResourceVerdicts final
{
    Q_DECLARE_TR_FUNCTIONS(ResourceVerdicts)

public:
    /// Whether something that was asked for about a resource is not over yet.
    using IsBusy = std::function<bool(ResourceKind kind, const QString &id)>;

    /// All must outlive it.
    ResourceVerdicts(const ApiClient &client, const Stores &stores, const ProfileStore &profiles, IsBusy isBusy);

    ActionVerdict canCreate(ResourceKind kind) const;
    ActionVerdict canChange(ResourceKind kind, const QString &id) const;
    /// No while something is known to use it: the reason names who.
    ActionVerdict canDelete(ResourceKind kind, const QString &id) const;

    /// Nullopt when it is not there.
    std::optional<QString> nameOf(ResourceKind kind, const QString &id) const;

private:
    ActionVerdict circumstances() const;
    /// Key, profile, there, and nothing under way.
    ActionVerdict reachable(ResourceKind kind, const QString &id) const;

    const ApiClient &m_client;
    const Stores &m_stores;
    const ProfileStore &m_profiles;
    IsBusy m_isBusy;
};

} // namespace novita
