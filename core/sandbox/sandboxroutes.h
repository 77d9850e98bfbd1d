// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/sandboxrequest.h"

namespace novita {

// The operations of the contract, area by area. Paths are complete, from the server's root.

QList<ApiOperation> catalogOperations();         ///< clusters, GPU and CPU products
QList<ApiOperation> instanceOperations();        ///< list, get, create
QList<ApiOperation> instanceCommandOperations(); ///< start, stop, restart, delete, edit, upgrade, migrate
QList<ApiOperation> subscriptionOperations();    ///< renewal, conversion to monthly, auto-renewal
QList<ApiOperation> jobOperations();
QList<ApiOperation> templateOperations();
QList<ApiOperation> registryOperations();
QList<ApiOperation> storageOperations();
QList<ApiOperation> networkOperations();
QList<ApiOperation> prewarmOperations();
QList<ApiOperation> metricsOperations();
QList<ApiOperation> endpointOperations();
QList<ApiOperation> billingOperations();

/// All of the above: the GPU cloud.
QList<ApiOperation> gpuOperations();

QList<ApiOperation> mediaOperations();    ///< the image and video endpoints of the table, and the results of their tasks
QList<ApiOperation> resultOperations();   ///< files behind signed links, uploads
QList<ApiOperation> webUiOperations();    ///< a Stable Diffusion WebUI server
QList<ApiOperation> modelOperations();    ///< catalogue of image models and its previews
QList<ApiOperation> languageOperations(); ///< language models and chat

/// All of them.
QList<ApiOperation> allOperations();

} // namespace novita
