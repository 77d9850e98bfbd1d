// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/databasekind.h"

namespace novita {

/// images.sqlite: pictures, the queue of image jobs, prompts and styles, what was read of the catalogue of models. The pictures themselves are files (PictureFiles).
///
/// A file of its own: it grows with every picture, and damage to it must not take the history of the instances along. Commits are synced: a task
/// that has been paid for is known after a power cut too.
const DatabaseKind &imagesKind();

} // namespace novita
