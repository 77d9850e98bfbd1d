// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/painter.h"

#include "core/sandbox/media/scenery.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr int kPngQuality = 60;  // a third of the way to the strongest compression: twice the bytes, a fifth of the time
constexpr int kLossyQuality = 90;
constexpr int kWatermarkUnit = 3;

QSize withinBounds(QSize size)
{
    size = {std::clamp(size.width(), 1, kMostSide), std::clamp(size.height(), 1, kMostSide)};
    const qint64 pixels = qint64(size.width()) * size.height();
    return pixels <= kMostPixels ? size : size * std::sqrt(double(kMostPixels) / double(pixels));
}

QImage readPicture(const QByteArray &file)
{
    const PictureFacts facts = pictureFacts(file);
    if (facts.format.isEmpty() || qint64(facts.size.width()) * facts.size.height() > kMostPixels)
        return {};
    QBuffer buffer;
    buffer.setData(file);
    QImageReader reader(&buffer, facts.format);
    return reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

/// The picture in `file`; for bytes that are none (an address of a host that is not asked, say) one painted from them.
QImage sourceOf(const QByteArray &file, const QSize &wanted)
{
    const QImage read = readPicture(file);
    if (!read.isNull())
        return read;
    const QString subject = QString::fromLatin1(QCryptographicHash::hash(file, QCryptographicHash::Sha256).toHex());
    return paintScenery({subject, {}, 0, withinBounds(wanted.isEmpty() ? QSize(512, 512) : wanted), 12, true});
}

QImage painted(const PaintOrder &order, const QSize &size)
{
    return paintScenery({order.subject, order.style, order.seed, size, order.steps, !order.transparent});
}

/// `top` over `bottom`, which must be as large, by `opacity`.
QImage over(QImage bottom, const QImage &top, double opacity)
{
    QPainter painter(&bottom);
    painter.setOpacity(opacity);
    painter.drawImage(0, 0, top);
    return bottom;
}

/// Soft by way of a smaller copy: quick, and whatever is wholly black or white stays so further away than the radius.
QImage soft(const QImage &picture, int radius)
{
    if (radius <= 0)
        return picture;
    const QSize small(std::max(1, picture.width() / (radius + 1)), std::max(1, picture.height() / (radius + 1)));
    return picture.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .scaled(picture.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(picture.format());
}

/// The mask as opacity, in `size`. Where no mask can be read, everything is white.
QImage opacityMask(const PaintOrder &order, const QSize &size)
{
    QImage mask = readPicture(order.mask);
    if (mask.isNull()) {
        mask = QImage(size, QImage::Format_Grayscale8);
        mask.fill(255);
        return mask;
    }
    QImage onBlack(mask.size(), QImage::Format_RGB32);
    onBlack.fill(Qt::black);
    mask = over(onBlack, mask, 1.0).convertToFormat(QImage::Format_Grayscale8);
    mask = mask.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_Grayscale8);
    if (order.maskInvert)
        mask.invertPixels();
    return soft(mask, order.maskBlur);
}

/// An ellipse in the middle that fades towards its edge.
QImage middleMask(const QSize &size)
{
    QImage mask(size, QImage::Format_ARGB32_Premultiplied);
    mask.fill(Qt::transparent);
    QPainter painter(&mask);
    painter.scale(size.width(), size.height());
    QRadialGradient gradient(0.5, 0.5, 0.46);
    gradient.setColorAt(0.0, Qt::white);
    gradient.setColorAt(0.85, Qt::white);
    gradient.setColorAt(1.0, Qt::transparent);
    painter.fillRect(QRectF(0, 0, 1, 1), gradient);
    return mask;
}

QImage middleOf(QImage picture)
{
    picture = picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&picture);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.drawImage(0, 0, middleMask(picture.size()));
    return picture;
}

QImage repainted(const PaintOrder &order, const QImage &source, QImage replacement)
{
    replacement = replacement.convertToFormat(QImage::Format_ARGB32);
    replacement.setAlphaChannel(opacityMask(order, source.size()));
    return over(source, replacement, 1.0);
}

QImage outpainted(const PaintOrder &order, const QImage &source, const QSize &size)
{
    QImage scene = painted(order, size);
    QPainter painter(&scene);
    painter.drawImage(QPoint((size.width() - source.width()) / 2, (size.height() - source.height()) / 2) + order.offset, source);
    return scene;
}

QImage made(const PaintOrder &order)
{
    if (order.kind == PaintKind::Generate)
        return painted(order, withinBounds(order.size));
    const QImage given = sourceOf(order.source, order.size);
    const QSize size = order.size.isEmpty() ? given.size() : withinBounds(order.size);
    if (order.kind == PaintKind::Outpaint)
        return outpainted(order, given, size);
    const QImage source = given.size() == size ? given : given.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    switch (order.kind) {
    case PaintKind::Blend: return over(source, painted(order, size), std::clamp(order.strength, 0.0, 1.0));
    case PaintKind::Inpaint: return repainted(order, source, over(source, painted(order, size), std::clamp(order.strength, 0.0, 1.0)));
    case PaintKind::Erase: return repainted(order, source, soft(source, order.mask.isEmpty() ? 1 : std::max(4, size.width() / 16)));
    case PaintKind::RemoveBackground: return middleOf(source);
    case PaintKind::ReplaceBackground: return over(painted(order, size), middleOf(source), 1.0);
    case PaintKind::MergeFace: return over(source, middleOf(sourceOf(order.mask, size).scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)), 0.9);
    case PaintKind::Upscale:
    case PaintKind::Outpaint:
    case PaintKind::Generate: break;
    }
    return source;
}

/// A few bars in the lower left corner, as providers put a mark of their own there.
void putWatermark(QImage &picture)
{
    QPainter painter(&picture);
    for (int i = 0; i < 6; ++i)
        painter.fillRect(QRect(8 + 2 * i * kWatermarkUnit, picture.height() - 8 - (i + 2) * kWatermarkUnit, kWatermarkUnit, (i + 2) * kWatermarkUnit),
                         QColor(255, 255, 255, 160));
}

QString shadeOf(const QColor &colour)
{
    static const QStringList hues{QStringLiteral("red"), QStringLiteral("orange"), QStringLiteral("yellow"), QStringLiteral("green"), QStringLiteral("turquoise"),
                                  QStringLiteral("blue"), QStringLiteral("violet"), QStringLiteral("pink")};
    const QString tone = colour.lightnessF() < 0.33F ? QStringLiteral("dark ") : colour.lightnessF() > 0.66F ? QStringLiteral("pale ") : QString();
    return tone + (colour.hslSaturationF() < 0.12F ? QStringLiteral("grey") : hues.at((std::max(0, colour.hslHue()) * 8 / 360) % 8));
}

} // namespace

QImage paintPicture(const PaintOrder &order)
{
    QImage picture = made(order);
    if (order.watermark)
        putWatermark(picture);
    return picture;
}

PictureFacts pictureFacts(const QByteArray &file)
{
    // Only what the endpoints take: a reader for every format that Qt knows would take "text" for a picture of some kind.
    static const QByteArrayList known{"png", "jpeg", "webp", "gif", "bmp", "tiff"};
    QBuffer buffer;
    buffer.setData(file);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const QByteArray format = reader.format();
    const QSize size = reader.size();
    if (!known.contains(format) || size.isEmpty())
        return {};
    return {format, size};
}

QByteArray encodePicture(const QImage &picture, const QByteArray &type)
{
    const bool lossy = type == "jpeg" || type == "webp";
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, lossy ? type : QByteArrayLiteral("png"));
    writer.setQuality(lossy ? kLossyQuality : kPngQuality);
    writer.write(picture.hasAlphaChannel() && type != "jpeg" ? picture.convertToFormat(QImage::Format_ARGB32) : picture.convertToFormat(QImage::Format_RGB32));
    return bytes;
}

QString describePicture(const QByteArray &file)
{
    const QImage picture = sourceOf(file, {});
    const QImage tiny = picture.scaled(1, 3, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return QStringLiteral("a wide scene with a %1 sky, %2 hills and %3 ground, soft light, %4 by %5")
        .arg(shadeOf(tiny.pixelColor(0, 0)), shadeOf(tiny.pixelColor(0, 1)), shadeOf(tiny.pixelColor(0, 2)))
        .arg(picture.width()).arg(picture.height());
}

} // namespace novita
