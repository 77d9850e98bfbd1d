// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/prompts/wildcardlists.h"

#include <QString>
#include <QStringList>

#include <stop_token>

namespace novita {

/// What a folder of wildcard files holds.
struct WildcardFolder
{
    WildcardLists lists;
    QStringList problems; ///< files that were left out, and why, in sentences; the first 50
};

namespace wildcardfolder {

inline constexpr qint64 kMostBytes = 1024 * 1024;            ///< of one file
inline constexpr qint64 kMostBytesInAll = 16 * kMostBytes;
inline constexpr int kMostDepth = 8;                         ///< of folders in the folder
inline constexpr qsizetype kMostEntries = 10'000;            ///< that are looked at

/// Reads every `*.txt` of `path` and its folders: "animals/birds.txt" becomes the list "animals/birds", see WildcardLists::linesOf() for its lines.
/// Files are UTF-8, with or without byte order mark. Links are not followed, hidden files not read, names that `__name__` cannot write are left out.
///
/// Reads the disk: to be called off the UI thread; any thread, nothing is shared. `stop` ends it early, with ErrorKind::Canceled.
/// ErrorKind::Storage when the folder cannot be read. A file that cannot be used is a problem, and the others are read.
Result<WildcardFolder> read(const QString &path, std::stop_token stop = {});

/// The text of one list as it stands in its file, with its comments. For worker threads. ErrorKind::Validation for a name that is none or a file that is no
/// UTF-8 text, Storage when it cannot be read.
Result<QString> textOf(const QString &path, const QString &name);

/// Writes the file of one list, whole or not at all; makes the folders that it needs. For worker threads. ErrorKind::Validation for a name that `__name__` cannot
/// write, that leads out of the folder or through a link, and for a text beyond kMostBytes; Storage.
Result<Done> save(const QString &path, const QString &name, const QString &text);

/// Into the trash of the desktop, deleted where there is none. For worker threads.
Result<Done> remove(const QString &path, const QString &name);

} // namespace wildcardfolder

} // namespace novita
