// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancerequest.h"
#include "core/net/apirequest.h"

namespace novita {

struct InstanceDraft;

/// The writing requests on instances as they are sent, without sending them: what InstanceService carries out, and what a
/// person may copy.
namespace instancecalls {

/// POST /v1/gpu/instance/create. Never repeated.
ApiRequest create(const InstanceDraft &draft);

/// The POST of any action but Clone. Which of them may be repeated after a lost reply:
///
/// | repeated | why |
/// |---|---|
/// | Stop, Delete | twice is once |
/// | AutoRenew, AutoMigrate | they set a value |
/// | Edit without disk growth | the ports are the complete wanted set |
/// | Edit with growth | never: the size is an increment |
/// | Start, Restart, Upgrade, Migrate | never: a second one is refused, or interrupts or resets once more |
/// | Renew, ToMonthly | never: each one is paid |
/// | SaveImage | never: each one is a job |
ApiRequest action(const InstanceId &id, const InstanceRequest &request);

} // namespace instancecalls

} // namespace novita
