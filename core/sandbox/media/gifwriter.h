// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QList>

namespace novita {

/// `frames`, one or more of one size below 65536, as a GIF89a that plays for ever, in the 216 colours of a 6 × 6 × 6 cube.
QByteArray gifOf(const QList<QImage> &frames, int framesPerSecond);

} // namespace novita
