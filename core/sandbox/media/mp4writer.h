// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QSize>

namespace novita {

/// An MP4 file (ISO/IEC 14496-12 and -14) with one video track of `jpegs`, each a whole JPEG file of `size`, shown one after the other.
QByteArray mp4Of(const QByteArrayList &jpegs, const QSize &size, int framesPerSecond);

} // namespace novita
