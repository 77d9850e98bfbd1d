// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/film.h"

#include "core/sandbox/media/gifwriter.h"
#include "core/sandbox/media/mp4writer.h"
#include "core/sandbox/media/scenery.h"

#include <QPainter>

#include <algorithm>

namespace novita {

namespace {

QList<QImage> framesOf(const FilmOrder &order)
{
    QSize size = order.picture.size.isEmpty() ? pictureFacts(order.picture.source).size : order.picture.size;
    if (size.isEmpty())
        size = {kMostFilmSide, kMostFilmSide * 9 / 16};
    if (std::max(size.width(), size.height()) > kMostFilmSide)
        size.scale(kMostFilmSide, kMostFilmSide, Qt::KeepAspectRatio);
    size = QSize(std::max(16, size.width() & ~1), std::max(16, size.height() & ~1)); // even, as video players like it
    PaintOrder still = order.picture;
    still.size = size;
    still.strength = 0;
    const QImage source = still.kind == PaintKind::Generate ? QImage() : paintPicture(still);
    QList<QImage> frames;
    const int count = std::clamp(order.frames, 1, kMostFilmFrames);
    for (int i = 0; i < count; ++i) {
        QImage frame = paintScenery({order.picture.subject, order.picture.style, order.picture.seed, size, order.picture.steps, true, double(i) / count});
        if (!source.isNull()) {
            QImage moved = source.convertToFormat(QImage::Format_ARGB32_Premultiplied);
            QPainter painter(&moved);
            painter.setOpacity(std::clamp(order.picture.strength, 0.0, 1.0) * 0.5 * i / count);
            painter.drawImage(0, 0, frame);
            painter.end();
            frame = moved;
        }
        frames.append(frame.convertToFormat(QImage::Format_RGB32));
    }
    return frames;
}

} // namespace

QByteArray encodeFilm(const FilmOrder &order, const QByteArray &type)
{
    const int rate = std::clamp(order.framesPerSecond, 1, 60);
    const QList<QImage> frames = framesOf(order);
    if (type == "gif")
        return gifOf(frames, rate);
    QByteArrayList jpegs;
    for (const QImage &frame : frames)
        jpegs.append(encodePicture(frame, "jpeg"));
    return mp4Of(jpegs, frames.first().size(), rate);
}

} // namespace novita
