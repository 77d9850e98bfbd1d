// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

namespace novita {

QList<ApiOperation> allOperations()
{
    return catalogOperations() + instanceOperations() + instanceCommandOperations() + subscriptionOperations() + jobOperations() + templateOperations()
        + registryOperations() + storageOperations() + networkOperations() + prewarmOperations() + metricsOperations()
        + endpointOperations() + billingOperations();
}

} // namespace novita
