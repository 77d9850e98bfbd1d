// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/gallery/picturefiles.h"

#include <QImage>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>

namespace novita {

/// A grid as one picture: what stands where.
struct GridPicture
{
    struct Cell
    {
        QString file;  ///< of PictureFiles; empty: the words stand there
        QString words; ///< "Failed"
    };
    QString columnTitle;
    QString rowTitle;
    QStringList columnLabels; ///< one at least; may be empty texts
    QStringList rowLabels;
    QList<Cell> cells; ///< row by row
    QSize largest;     ///< of the pictures, pixels; may be empty
};

namespace gridpicture {

inline constexpr int kMostCellSide = 768;
inline constexpr int kMostSide = 16'000; ///< of the whole
inline constexpr qint64 kMostPixels = 60'000'000;

/// How large a cell is, so that the whole stays within the bounds. Pure.
QSize cellSize(const GridPicture &picture);

/// Draws it on white with its labels: dark on light, whatever the program looks like, for it is handed on. Reads and
/// decodes: for worker threads. A picture that cannot be read is a cell with a sentence.
QImage draw(const GridPicture &picture, const PictureFiles &files);

/// A picture of the gallery, no larger than `side` pixels; null when it cannot be read. Reads and decodes: for worker threads.
QImage thumbnail(const PictureFiles &files, const QString &file, int side);

/// draw(), written as PNG. ErrorKind::Storage.
Result<Done> save(const GridPicture &picture, const PictureFiles &files, const QString &path);

} // namespace gridpicture

} // namespace novita
