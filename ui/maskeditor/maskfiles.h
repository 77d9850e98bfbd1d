// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "ui/maskeditor/maskimage.h"
#include "ui/maskeditor/picturelevels.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace novita {

/// The files of the mask editor: what takes time, for worker threads. All of it is bounded by DecodeLimits; whatever a file holds, the
/// answer is a picture or a sentence. Pure but for the file named.

/// What the editor begins with. Values are shared, never copied.
struct OpenedPicture
{
    PictureLevels picture;
    QImage mask;        ///< null when there was none, or none that can be read
    QString maskNotice; ///< about the mask, a sentence; may be empty
};
Result<OpenedPicture> openPicture(const QByteArray &picture, const QByteArray &mask);

struct ImportedMask
{
    QImage mask;    ///< of the size asked for
    QString notice; ///< that it was scaled, a sentence; may be empty
};
/// Reads no more of the file than a picture may have.
Result<ImportedMask> importMask(const QString &path, QSize size, MaskEdges edges);

/// Writes all of the file or nothing.
Result<Done> exportMask(const QString &path, const QImage &mask, MaskEdges edges);

} // namespace novita
