// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/instancedraft.h"

#include <QList>

namespace novita {

class ApiClient;

/// Answer to start, stop, restart, delete: both fields are optional on the wire.
struct InstanceActionReply
{
    InstanceId id;
    QString state; ///< "toStop"; empty when the body was empty
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
    /// Not repeated either (nor is restart): the first try may have taken effect, and a second one would then be refused
    /// or, for restart, done twice. After `effectUnknown` or Conflict read the instance again before reporting.
    Call<InstanceActionReply> *start(const InstanceId &id) const;
    /// Repeated after transport errors, time-outs and 5xx: stopping twice is stopping once. A repetition whose first try
    /// took effect may end as Conflict: read the instance again before reporting.
    Call<InstanceActionReply> *stop(const InstanceId &id) const;
    Call<InstanceActionReply> *restart(const InstanceId &id) const;
    /// Repeated as stop. NotFound counts as success: it is gone.
    Call<InstanceActionReply> *remove(const InstanceId &id) const;

private:
    ApiClient &m_client;
};

} // namespace novita
