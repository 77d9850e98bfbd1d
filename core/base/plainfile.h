// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace novita {

/// Whole files, read and written in one go. What a name leads to may be anything: a pipe, a device, a folder, a file
/// without end. None of these holds a reader up. Blocks on the disk: for worker threads. Messages of errors are the
/// reason alone, in the language of the system: callers say what it is about.
namespace plainfile {

enum class Links { Follow, Refuse }; ///< where the last part of the path is a symbolic link

/// At most `most` bytes, 0 or more. ErrorKind::NotFound: nothing has this name; Validation: it is longer than `most`;
/// Storage: it is no plain file, or cannot be read to its end.
Result<QByteArray> read(const QString &path, qint64 most, Links links = Links::Follow);
/// The first `most` bytes, or all of them where there are fewer; otherwise as read().
Result<QByteArray> startOf(const QString &path, qint64 most, Links links = Links::Follow);

enum class Readers { AsUsual, OwnerAlone }; ///< who may read a file that is new: what the umask lets, or its owner

/// Replaces the file as a whole, or leaves what was there. Its folder must exist. ErrorKind::Storage.
Result<Done> write(const QString &path, const QByteArray &bytes, Readers readers = Readers::AsUsual);

} // namespace plainfile

} // namespace novita
