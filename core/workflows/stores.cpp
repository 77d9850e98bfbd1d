// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/stores.h"

namespace novita {

void Stores::resetCloudData()
{
    instances.reset();
    products.reset();
    templates.reset();
    clusters.reset();
    registryAuths.reset();
    storages.reset();
    networks.reset();
    prewarms.reset();
    jobs.reset();
    account.reset();
}

} // namespace novita
