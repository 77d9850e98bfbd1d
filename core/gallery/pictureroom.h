// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QString>
#include <QUuid>

namespace novita {

/// Whether the disk of the gallery `folder` has room for `bytes` more, 0 or more, and takes a file where an original of
/// that time and id goes: told by what the file system says, and by a small file that is written and taken away again
/// (PictureFiles::sweep() finds it after a kill). Done, or ErrorKind::Storage with a sentence; it may be wrong a moment
/// later.
///
/// Blocks on the disk: for worker threads.
Result<Done> checkPictureRoom(const QString &folder, qint64 bytes, TimePoint at, const QUuid &id);

} // namespace novita
