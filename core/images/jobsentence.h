// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

/// What went wrong with an image job, as people read it. Texts in context "JobSentence".
namespace novita::jobsentence {

/// Of what a server answered to a job, or how it failed to: known reasons in words and with what helps, all that is technical behind them in brackets.
QString of(const Error &error);

} // namespace novita::jobsentence
