// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

/// What can be refreshed.
enum class DataKind { Instances, Products, Templates, Clusters, RegistryAuths, Storages, Networks, Prewarms, Jobs, Balance };

} // namespace novita
