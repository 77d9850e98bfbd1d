// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/idlerule.h"
#include "core/guards/schedulerule.h"
#include "ui/prompts.h"

#include <QString>

/// What the rules about instances are called on screen. Texts in context "GuardWords".
namespace novita::guardwords {

/// "Stops when GPU and CPU stay under 5 % for 30 min", with "(dry run)".
QString idleRule(const IdleRule &rule);
/// "counts down: stops in 4 min", "quiet until 14:05", "watches".
QString idleState(const IdleState &state, TimePoint now);
/// "Stop every day at 20:00 (Europe/Berlin)"
QString schedule(const ScheduleRule &rule);
/// "next 21 Nov 2026, 20:00", or that it is over.
QString scheduleNext(const ScheduleState &state, bool enabled);
/// Said wherever rules are made.
QString onlyWhileRunning();

/// What a production profile asks before a rule is saved that acts without asking.
ConfirmRequest ruleQuestion();

} // namespace novita::guardwords
