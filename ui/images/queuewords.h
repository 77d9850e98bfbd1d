// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imagequeue.h"
#include "ui/models/instancetext.h"

#include <QString>

/// What jobs of the queue are called on screen. Texts in context "QueueWords".
namespace novita::queuewords {

/// Its state as a chip, with progress and the time that is left as its note.
instancetext::StateView look(const ImageJobView &view, TimePoint now);
/// Why it ended as it did, waits, or what a lost reply means; empty = nothing to say.
QString explanation(const ImageJobView &view);
/// The words it is made from, in one line; what it does where there are none.
QString subject(const ImageJob &job);

} // namespace novita::queuewords
