// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"
#include "core/imagefile/metadatawriter.h"

#include <QImage>
#include <QString>

namespace novita {

enum class FilmKind {
    Missing, ///< or it cannot be read
    Empty,
    Video, ///< MP4 or WebM
    Gif,
    Other, ///< whatever its name says
};

/// Told by the first bytes of the file. Blocks: for worker threads, as the one below.
FilmKind filmKindOf(const QString &path);

/// Writes a PNG that says what the film was made from, in place of whatever is there, whole or not at all. Result: why
/// not, as a sentence; empty when it is written.
QString saveFrameAs(const QImage &frame, const Picture &film, const WriteOptions &options, const QString &path);

} // namespace novita
