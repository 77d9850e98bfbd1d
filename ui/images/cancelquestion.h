// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"

#include <QList>

class QWidget;

namespace novita {

class ImageQueue;
class Prompts;

/// Takes jobs back, after a question where the server goes on with what it has and charges it. `asker` names the window.
void cancelJobs(ImageQueue &queue, Prompts &prompts, QWidget *asker, const QList<ImageJobId> &ids);
/// All of `ids` that are open can only be not waited for any more; false when none is open.
bool onlyStopsWaiting(const ImageQueue &queue, const QList<ImageJobId> &ids);

} // namespace novita
