// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

namespace novita {

enum class FilmKind {
    Missing, ///< or it cannot be read
    Mp4,
    Gif,
    Other, ///< whatever its name says
};

/// Told by the first bytes of the file. Blocks: for worker threads, as the one below.
FilmKind filmKindOf(const QString &path);

/// Writes a PNG in place of whatever is there, whole or not at all. Result: why not, as a sentence; empty when it is
/// written.
QString saveFrameAs(const QImage &frame, const QString &path);

} // namespace novita
