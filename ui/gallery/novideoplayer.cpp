// SPDX-License-Identifier: GPL-3.0-or-later
// In place of videoplayer.cpp and videoposter.cpp where Qt Multimedia was not found.
#include "ui/gallery/filmplayer.h"
#include "ui/gallery/filmposter.h"

namespace novita {

FilmPlayer *makeVideoPlayer(const QString &, QObject *)
{
    return nullptr;
}

FilmPoster *makeFilmPoster(const QString &, QObject *)
{
    return nullptr;
}

} // namespace novita
