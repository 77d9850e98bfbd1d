// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

class QVideoFrame;

namespace novita {

/// The frame as a picture, told apart by no graphics card: QVideoFrame::toImage() may want one, in the UI thread. Null
/// for layouts other than those that the decoders give: RGB of all kinds, YUV420P and NV12. Any thread.
QImage pictureOf(QVideoFrame frame);

/// Whether Qt takes the bytes for another layout than the one they are in: 6.4 does so with planes of RGB, and reads
/// far beyond their ends. Such a frame must go to nobody. Any thread.
bool isMisread(QVideoFrame frame);

} // namespace novita
