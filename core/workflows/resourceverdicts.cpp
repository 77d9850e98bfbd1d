// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/resourceverdicts.h"

#include "core/base/displaytext.h"
#include "core/net/apiclient.h"
#include "core/settings/profilestore.h"
#include "core/workflows/resourceuse.h"
#include "core/workflows/stores.h"

#include <utility>

namespace novita {

ResourceVerdicts::ResourceVerdicts(const ApiClient &client, const Stores &stores, const ProfileStore &profiles, IsBusy isBusy)
    : m_client(client), m_stores(stores), m_profiles(profiles), m_isBusy(std::move(isBusy))
{}

std::optional<QString> ResourceVerdicts::nameOf(ResourceKind kind, const QString &id) const
{
    const auto named = [&id](const auto *row, const QString &name) -> std::optional<QString> {
        if (!row)
            return std::nullopt;
        const QString shown = displayLine(name);
        return shown.isEmpty() ? displayLine(id) : shown;
    };
    switch (kind) {
    case ResourceKind::Template: {
        const InstanceTemplate *row = m_stores.templates.find(TemplateId(id));
        return named(row, row ? row->name : QString());
    }
    case ResourceKind::RegistryAuth: {
        const RegistryAuth *row = m_stores.registryAuths.find(RegistryAuthId(id));
        return named(row, row ? row->name : QString());
    }
    case ResourceKind::Storage: {
        const NetworkStorage *row = m_stores.storages.find(StorageId(id));
        return named(row, row ? row->name : QString());
    }
    case ResourceKind::Network: {
        const VpcNetwork *row = m_stores.networks.find(NetworkId(id));
        return named(row, row ? row->name : QString());
    }
    case ResourceKind::Prewarm: break;
    }
    const PrewarmTask *row = m_stores.prewarms.find(PrewarmId(id));
    return named(row, row ? row->imageUrl : QString());
}

ActionVerdict ResourceVerdicts::circumstances() const
{
    if (!m_client.hasKey())
        return {false, tr("No API key is set. Connect an account first.")};
    const std::optional<Profile> profile = m_profiles.active();
    if (profile && profile->readOnly)
        return {false, tr("The profile is read-only.")};
    return {true, {}};
}

ActionVerdict ResourceVerdicts::reachable(ResourceKind kind, const QString &id) const
{
    const ActionVerdict verdict = circumstances();
    if (!verdict.allowed)
        return verdict;
    if (!nameOf(kind, id))
        return {false, tr("It is not there any more.")};
    if (m_isBusy(kind, id))
        return {false, tr("A change was asked for and is not over yet.")};
    return {true, {}};
}

ActionVerdict ResourceVerdicts::canCreate(ResourceKind kind) const
{
    const ActionVerdict verdict = circumstances();
    const PrewarmQuota &quota = m_stores.prewarms.quota();
    if (verdict.allowed && kind == ResourceKind::Prewarm && quota.isUsedUp())
        return {false, tr("The account may have %Ln prewarm task(s), and has them. Delete one first.", nullptr, *quota.limit)};
    return verdict;
}

ActionVerdict ResourceVerdicts::canChange(ResourceKind kind, const QString &id) const
{
    const ActionVerdict here = circumstances();
    if (here.allowed && kind == ResourceKind::RegistryAuth)
        return {false, tr("Credentials cannot be changed. Add new ones and delete these.")};
    const ActionVerdict verdict = reachable(kind, id);
    if (verdict.allowed && kind == ResourceKind::Template && m_stores.templates.find(TemplateId(id))->channel != QLatin1String("private"))
        return {false, tr("Only your private templates can be changed. Make a copy of this one.")};
    return verdict;
}

ActionVerdict ResourceVerdicts::canDelete(ResourceKind kind, const QString &id) const
{
    const ActionVerdict verdict = reachable(kind, id);
    if (!verdict.allowed)
        return verdict;
    if (kind == ResourceKind::Template && m_stores.templates.find(TemplateId(id))->channel != QLatin1String("private"))
        return {false, tr("Only your private templates can be deleted.")};
    const QString users = useSentence(resourceUsers(m_stores, kind, id));
    return {users.isEmpty(), users};
}

} // namespace novita
