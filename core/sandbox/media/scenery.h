// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QSize>
#include <QString>

namespace novita {

/// What a scene is painted from.
struct Scenery
{
    QString subject;
    QString style;    ///< turns the colours a little
    qint64 seed = 0;
    QSize size;       ///< 1 pixel or more each way
    int steps = 20;
    bool sky = true;  ///< false: transparent behind everything
    double phase = 0; ///< 0 to 1: how far the light and the shapes have moved on; frames of a film differ by it
};

/// An abstract landscape: a sky, a light in it, ranges of hills, drifting discs. The words decide the colours, the seed where
/// everything is; the seed stands in the lower right corner, in digits drawn by hand, since fonts need a desktop.
QImage paintScenery(const Scenery &scenery);

} // namespace novita
