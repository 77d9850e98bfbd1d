// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"

namespace novita {

/// What tells the file of a picture apart from others.
struct PictureFile
{
    PictureId id = 0;
    QString file; ///< see PictureFiles
    qint64 bytes = 0;
    bool isTrashed = false;

    bool operator==(const PictureFile &) const = default;
};

} // namespace novita
