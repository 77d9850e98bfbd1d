// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/chatchunk.h"
#include "core/cloud/types/imagemodel.h"
#include "core/cloud/types/imagetask.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/languagemodel.h"
#include "core/cloud/types/metrics.h"
#include "core/cloud/types/prewarm.h"
#include "core/cloud/types/product.h"
#include "core/cloud/types/resources.h"
#include "core/cloud/types/syncimage.h"

#include <QMap>
#include <QString>

/// Entities as flat text, for tables of expectations: absent numbers and times are "", flags "yes" and "no".
using Description = QMap<QString, QString>;

Description describe(const novita::Instance &instance);
Description describe(const novita::Product &product);
Description describe(const novita::InstanceTemplate &item);
Description describe(const novita::Cluster &cluster);
Description describe(const novita::RegistryAuth &auth);
Description describe(const novita::NetworkStorage &storage);
Description describe(const novita::VpcNetwork &network);
Description describe(const novita::Job &job);
Description describe(const novita::PrewarmTask &task);
Description describe(const novita::PrewarmQuota &quota);
Description describe(const novita::InstanceMetrics &metrics);
Description describe(const novita::Balance &balance);
Description describe(const novita::ImageTask &task);
Description describe(const novita::ImageModel &model);
Description describe(const novita::SyncImageAnswer &answer);
Description describe(const novita::LanguageModel &model);
Description describe(const novita::ChatChunk &chunk);
