// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imageservers.h"

#include <QString>

// Image servers of one's own in words.

namespace novita::serverwords {

QString state(const ImageServers &servers, const ImageServerView &view); ///< "has answered", "instance stopped"
/// Where it is: its address, or the name of its instance (its id, if the instance is gone) and the port.
QString place(const ImageServerView &view, const InstanceStore &instances);
/// What came of a test, in one sentence: the step that failed and why, or what the server has.
QString report(const ImageServerReport &report);
/// The theme's tone for that sentence: "bad" where the test failed, "warn" where nothing could be made with what the server has, else "good".
const char *toneOf(const ImageServerReport &report);
/// Of one that can be read on the way.
QString readable(bool hasLogin);

} // namespace novita::serverwords
