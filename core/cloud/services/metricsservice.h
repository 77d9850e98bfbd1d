// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/services/readoptions.h"
#include "core/cloud/types/metrics.h"

namespace novita {

class ApiClient;

/// How much instances use of what they have. Stateless; calls belong to the client.
class MetricsService final
{
public:
    /// The documentation says "greater than 15".
    static constexpr Seconds kShortestStep{16};
    /// A shorter span is quietly replaced by the cloud, so it is not asked for.
    static constexpr Seconds kShortestSpan{60};

    explicit MetricsService(ApiClient &client) : m_client(client) {}

    /// Points of [from, to], about `step` apart. The cloud is about a minute behind, and where it does not like the span or
    /// the step it answers with others of its own: only the times of the points say what one got.
    Call<InstanceMetrics> *read(const InstanceId &id, TimePoint from, TimePoint to, Seconds step, ReadOptions options = {}) const;

private:
    ApiClient &m_client;
};

} // namespace novita
