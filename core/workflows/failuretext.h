// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace novita {

/// Why something failed, as one plain sentence for events and bulk results: our own words for the reasons a person meets
/// often, else the server's. Translated in context "FailureText". What to do about it is the interface's part.
QString failureText(const Error &error);

} // namespace novita
