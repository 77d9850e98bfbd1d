// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancedraft.h"
#include "core/cloud/types/instancerequest.h"

#include <QList>

namespace novita {

class ApiClient;

/// Answer to an action: every field but the first is optional on the wire.
struct InstanceActionReply
{
    InstanceId id;
    QString state;        ///< "toStop"; empty when the body was empty
    JobId job;            ///< of a saved image
    InstanceId successor; ///< after a migration that gave the instance another id; no live answer is known to hold it
};

/// Instances: one method per operation of the contract. Stateless; calls belong to the client. Lists walk all pages (see
/// PageWalk). Answers hold secrets (SSH passwords, in old forms also in lists) and are never cached.
class InstanceService final
{
public:
    explicit InstanceService(ApiClient &client) : m_client(client) {}

    Call<RowList<Instance>> *list(ReadOptions options = {}) const;
    /// Only rows whose name contains `name`, whatever the case: how a create whose reply was lost is found again.
    Call<RowList<Instance>> *findByName(const QString &name) const;
    Call<Instance> *get(const InstanceId &id, ReadOptions options = {}) const;
    /// Never repeated: on a lost reply, and on an answer without an id, the error has `effectUnknown` set.
    Call<InstanceId> *create(const InstanceDraft &draft) const;
    /// Any action but Clone. instancecalls::action() says which are repeated after transport errors, time-outs and 5xx; a
    /// repetition whose first try took effect may end as Conflict. So after `effectUnknown` or Conflict read the instance again
    /// before reporting. For Delete NotFound counts as success: it is gone.
    Call<InstanceActionReply> *perform(const InstanceId &id, const InstanceRequest &request) const;
    Call<InstanceActionReply> *start(const InstanceId &id) const { return perform(id, InstanceAction::Start); }
    Call<InstanceActionReply> *stop(const InstanceId &id) const { return perform(id, InstanceAction::Stop); }
    Call<InstanceActionReply> *restart(const InstanceId &id) const { return perform(id, InstanceAction::Restart); }
    Call<InstanceActionReply> *remove(const InstanceId &id) const { return perform(id, InstanceAction::Delete); }

private:
    ApiClient &m_client;
};

} // namespace novita
