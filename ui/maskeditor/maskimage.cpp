// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskimage.h"

#include <QBuffer>
#include <QImageWriter>
#include <QRgb>

#include <algorithm>
#include <array>
#include <vector>

namespace novita {

namespace {

constexpr int kMiddle = 128;

/// Black below the middle, else white.
void harden(QImage *mask)
{
    for (int y = 0; y < mask->height(); ++y) {
        uchar *row = mask->scanLine(y);
        std::transform(row, row + mask->width(), row, [](uchar value) { return static_cast<uchar>(value < kMiddle ? 0 : 255); });
    }
}

/// Three running means in a row come close to a bell curve, at a cost that does not grow with the radius.
std::array<int, 3> boxRadii(int radius)
{
    const int each = radius / 3;
    const int rest = radius % 3;
    return {each + (rest > 0 ? 1 : 0), each + (rest > 1 ? 1 : 0), each};
}

/// The running mean over `count` values; beyond the ends the last value goes on.
void mean(uchar *values, int count, int radius, std::vector<uchar> *spare)
{
    if (radius < 1)
        return;
    spare->assign(values, values + count);
    const auto at = [&](int i) { return quint32((*spare)[static_cast<std::size_t>(std::clamp(i, 0, count - 1))]); };
    const quint32 width = quint32(2 * radius + 1);
    quint32 sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += at(i);
    for (int i = 0; i < count; ++i) {
        values[i] = static_cast<uchar>((sum + width / 2) / width);
        sum += at(i + radius + 1) - at(i - radius);
    }
}

/// The box around all paint; empty when there is none.
QRect paintedBox(const QImage &mask)
{
    QRect box;
    for (int y = 0; y < mask.height(); ++y) {
        const uchar *row = mask.constScanLine(y);
        const uchar *end = row + mask.width();
        const auto isPainted = [](uchar value) { return value != 0; };
        const uchar *first = std::find_if(row, end, isPainted);
        if (first == end)
            continue;
        const uchar *last = end - 1;
        while (!isPainted(*last))
            --last;
        box |= QRect(QPoint(static_cast<int>(first - row), y), QPoint(static_cast<int>(last - row), y));
    }
    return box;
}

/// Columns are walked in bands as wide as a cache line, else every step would be a miss.
QImage turned(const QImage &mask)
{
    constexpr int kBand = 64;
    QImage out(mask.height(), mask.width(), QImage::Format_Grayscale8);
    uchar *bits = out.bits();
    const qsizetype stride = out.bytesPerLine();
    for (int top = 0; top < mask.height(); top += kBand) {
        for (int left = 0; left < mask.width(); left += kBand) {
            for (int y = top; y < std::min(top + kBand, mask.height()); ++y) {
                const uchar *row = mask.constScanLine(y);
                for (int x = left; x < std::min(left + kBand, mask.width()); ++x)
                    bits[stride * x + y] = row[x];
            }
        }
    }
    return out;
}

void smoothRows(QImage *mask, int radius)
{
    std::vector<uchar> spare;
    for (const int box : boxRadii(radius)) {
        for (int y = 0; y < mask->height(); ++y)
            mean(mask->scanLine(y), mask->width(), box, &spare);
    }
}

} // namespace

QImage maskFromPicture(const QImage &picture, QSize size, MaskEdges edges)
{
    if (picture.isNull() || size.isEmpty())
        return {};
    // Brightness first: a quarter of the memory to scale, and what is transparent does not bleed into its neighbours.
    QImage mask(picture.size(), QImage::Format_Grayscale8);
    for (int y = 0; y < picture.height(); ++y) {
        const QImage row = picture.copy(0, y, picture.width(), 1).convertToFormat(QImage::Format_ARGB32);
        const auto *in = reinterpret_cast<const QRgb *>(row.constScanLine(0));
        std::transform(in, in + picture.width(), mask.scanLine(y), [](QRgb pixel) { return static_cast<uchar>(qGray(pixel) * qAlpha(pixel) / 255); });
    }
    if (mask.size() != size)
        mask = mask.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_Grayscale8);
    if (edges == MaskEdges::Hard)
        harden(&mask);
    return mask;
}

QImage featheredMask(const QImage &mask, int radius)
{
    const int reach = std::clamp(radius, 0, kMostFeather);
    // The means use whole numbers: a value of 1 spread out may vanish, one of 0 stays 0. Beyond the box is nothing to soften.
    const QRect box = paintedBox(mask).adjusted(-reach, -reach, reach, reach).intersected(mask.rect());
    if (reach == 0 || box.isEmpty())
        return mask;
    QImage part = mask.copy(box);
    smoothRows(&part, reach);
    part = turned(part);
    smoothRows(&part, reach);
    part = turned(part);
    QImage out = mask;
    for (int y = 0; y < part.height(); ++y)
        std::copy_n(part.constScanLine(y), part.width(), out.scanLine(box.top() + y) + box.left());
    return out;
}

bool leavesPaint(const QImage &mask, MaskEdges edges)
{
    const int least = edges == MaskEdges::Hard ? kMiddle : 1;
    for (int y = 0; y < mask.height(); ++y) {
        const uchar *row = mask.constScanLine(y);
        if (std::any_of(row, row + mask.width(), [least](uchar value) { return value >= least; }))
            return true;
    }
    return false;
}

QByteArray maskPng(const QImage &mask, MaskEdges edges)
{
    QImage out = mask;
    if (edges == MaskEdges::Hard)
        harden(&out);
    // Else the file would carry the resolution of some screen.
    out.setDotsPerMeterX(0);
    out.setDotsPerMeterY(0);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, QByteArrayLiteral("png"));
    return writer.write(out) ? bytes : QByteArray();
}

} // namespace novita
