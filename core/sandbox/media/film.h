// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sandbox/media/painter.h"

#include <QByteArray>
#include <QList>

namespace novita {

/// A short film: `picture` set in motion.
struct FilmOrder
{
    PaintOrder picture;   ///< its size is brought down to kMostFilmSide; `strength` is how far a source gives way
    int frames = 24;      ///< 1 to kMostFilmFrames are painted
    int framesPerSecond = 8;
};

inline constexpr int kMostFilmSide = 480;
inline constexpr int kMostFilmFrames = 48;

/// The film as an animated GIF in 216 colours, or as an MP4 whose video track is Motion JPEG: every frame a JPEG, which players read without a
/// codec of their own. Same order, same bytes.
QByteArray encodeFilm(const FilmOrder &order, const QByteArray &type);

} // namespace novita
