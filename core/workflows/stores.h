// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/accountstore.h"
#include "core/cloud/stores/activitystore.h"
#include "core/cloud/stores/entitystore.h"
#include "core/cloud/stores/instancestore.h"
#include "core/cloud/stores/prewarmstore.h"

namespace novita {

/// Every store of the program, owned together by the composition root.
struct Stores
{
    InstanceStore instances;
    ProductStore products;
    TemplateStore templates;
    ClusterStore clusters;
    RegistryAuthStore registryAuths;
    StorageStore storages;
    NetworkStore networks;
    PrewarmStore prewarms;
    JobStore jobs;
    AccountStore account;
    ActivityStore activity;

    /// Empties all but the activity: a profile switch.
    void resetCloudData();
};

} // namespace novita
