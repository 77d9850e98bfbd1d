// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/resources.h"

#include <optional>

namespace novita {

class ApiClient;

/// Which jobs; what is empty does not narrow. A server may ignore it: the answer is filtered once more.
struct JobFilter
{
    JobId id;
    QString type;                     ///< "saveImage", "instanceMigrate", "autoInstanceMigrate"
    InstanceId instance;              ///< the API cannot narrow by it
    std::optional<TimePoint> since;   ///< created at or after; whole seconds on the wire
};

/// The background jobs of the account: image saves, migrations. An image save begins with InstanceService::perform().
class JobService final
{
public:
    explicit JobService(ApiClient &client) : m_client(client) {}

    /// Newest first where the server keeps to it; never cached.
    Call<RowList<Job>> *list(const JobFilter &filter = {}, ReadOptions options = {}) const;
    /// Repeated after transport errors: canceling twice is canceling once. A repetition, and a job that has ended, is refused:
    /// read the job again before reporting.
    Call<Done> *cancel(const JobId &id) const;

private:
    ApiClient &m_client;
};

} // namespace novita
