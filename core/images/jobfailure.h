// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

/// What the answer to a job that was sent means for it and for those behind it. Pure.
namespace novita::jobfailure {

/// The server has said no before anything ran, and may say yes later: the job waits again, and so do the others of its
/// backend.
bool mayBeSentLater(const Error &error);
/// Waiting alone does not help: there is no key, no money or no room.
bool needsAPerson(const Error &error);
/// Nobody is let in with this login: it is nothing about this job.
bool isOfLogin(const Error &error);

} // namespace novita::jobfailure
