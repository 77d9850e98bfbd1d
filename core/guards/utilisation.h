// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QList>

#include <functional>
#include <optional>

namespace novita {

/// How busy an instance was, in percent. What was not measured is nullopt, never 0.
struct Utilisation
{
    TimePoint at{};
    std::optional<double> gpu; ///< of the busiest card
    std::optional<double> cpu;
    bool operator==(const Utilisation &) const = default;
};

/// Measured points of the last `span` of time, oldest first, from the cloud itself (a stored value is no proof that an instance is
/// idle now). The caller owns the call by CallGuard.
using UtilisationSource = std::function<Call<QList<Utilisation>> *(const InstanceId &id, Seconds span)>;

} // namespace novita
