// SPDX-License-Identifier: GPL-3.0-or-later
// In place of videoplayer.cpp where Qt Multimedia was not found.
#include "ui/gallery/filmplayer.h"

namespace novita {

FilmPlayer *makeVideoPlayer(const QString &, QObject *)
{
    return nullptr;
}

} // namespace novita
