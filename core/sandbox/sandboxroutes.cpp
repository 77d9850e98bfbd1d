// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/sandboxroutes.h"

namespace novita {

QList<ApiOperation> gpuOperations()
{
    return catalogOperations() + instanceOperations() + instanceCommandOperations() + subscriptionOperations() + jobOperations() + templateOperations()
        + registryOperations() + storageOperations() + networkOperations() + prewarmOperations() + metricsOperations()
        + endpointOperations() + billingOperations();
}

QList<ApiOperation> allOperations()
{
    return gpuOperations() + mediaOperations() + resultOperations() + webUiOperations() + modelOperations() + languageOperations();
}

} // namespace novita
