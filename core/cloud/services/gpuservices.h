// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The services of the GPU API, for those who hold them all.
#include "core/cloud/services/accountservice.h"
#include "core/cloud/services/billingservice.h"
#include "core/cloud/services/instanceservice.h"
#include "core/cloud/services/jobservice.h"
#include "core/cloud/services/metricsservice.h"
#include "core/cloud/services/prewarmservice.h"
#include "core/cloud/services/productservice.h"
#include "core/cloud/services/resourceservice.h"
#include "core/cloud/services/templateservice.h"
