// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/money.h"

#include <optional>

namespace novita {

class SandboxWorld;

/// Fills a new world: templates, a registry credential, storages, networks, `instances` instances in a plausible mix of
/// states, regions, products and billing modes (some of them changing state in the first minutes), and the balance.
void populateSandbox(SandboxWorld &world, int instances, std::optional<Money> balance);

/// One of the instances that were there from the start does something by itself: stops, starts or restarts.
void playAmbientActivity(SandboxWorld &world);

} // namespace novita
