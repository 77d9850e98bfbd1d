// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskbacking.h"

#include "ui/maskeditor/picturelevels.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace novita {

namespace {

constexpr int kCheck = 8; ///< device pixels of a square under a transparent picture
constexpr uint kMostPaint = 150; ///< of 256: the picture stays to be seen
// White stripes on the paint: a picture of its colour would hide it.
constexpr std::size_t kStripes = 12;     ///< device pixels from one to the next
constexpr std::size_t kStripe = 3;       ///< of them
constexpr uint kMostStripe = 120;

/// Which two pixels of one axis of the mask each device pixel shows; the same one twice where the picture is enlarged.
struct Samples
{
    std::vector<int> first;
    std::vector<int> second;
};

Samples samplesOf(int from, int count, double origin, double zoom, int size)
{
    Samples samples;
    samples.first.reserve(static_cast<std::size_t>(count));
    samples.second.reserve(static_cast<std::size_t>(count));
    const double spread = zoom < 1 ? 0.25 : 0.0;
    const auto index = [&](double view) { return std::clamp(static_cast<int>(std::floor((view - origin) / zoom)), 0, size - 1); };
    for (int i = from; i < from + count; ++i) {
        samples.first.push_back(index(i + 0.5 - spread));
        samples.second.push_back(index(i + 0.5 + spread));
    }
    return samples;
}

QRgb mixed(QRgb under, uint red, uint green, uint blue, uint share)
{
    const auto channel = [share](uint below, uint above) { return (below * (256 - share) + above * share) >> 8; };
    return 0xff000000U | channel((under >> 16) & 0xffU, red) << 16 | channel((under >> 8) & 0xffU, green) << 8 | channel(under & 0xffU, blue);
}

} // namespace

void MaskBacking::render(const PictureLevels &picture, const QImage &mask, const MaskViewport &viewport, const Look &look)
{
    m_look = look;
    const QSize size(static_cast<int>(std::ceil(viewport.view().width())), static_cast<int>(std::ceil(viewport.view().height())));
    if (m_picture.size() != size) {
        m_picture = QImage(size, QImage::Format_RGB32);
        m_shown = QImage(size, QImage::Format_RGB32);
    }
    if (size.isEmpty())
        return;
    renderPicture(picture, viewport);
    compose(mask, viewport, m_shown.rect());
}

void MaskBacking::renderPicture(const PictureLevels &picture, const MaskViewport &viewport)
{
    m_picture.fill(m_look.around);
    if (picture.isNull())
        return;
    QPainter painter(&m_picture);
    const QRectF whole = viewport.pictureRect();
    if (picture.hasAlpha()) {
        const QRect seen = whole.toAlignedRect().intersected(m_picture.rect());
        painter.save();
        painter.setClipRect(seen);
        for (int y = seen.top() / kCheck * kCheck; y <= seen.bottom(); y += kCheck) {
            for (int x = (seen.left() / kCheck + (y / kCheck + seen.left() / kCheck) % 2) * kCheck; x <= seen.right(); x += 2 * kCheck)
                painter.fillRect(x, y, kCheck, kCheck, m_look.check);
        }
        painter.restore();
    }
    const QImage &level = picture.forZoom(viewport.zoom());
    // Enlarged, a pixel is a square: the mask is painted by pixels.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, viewport.zoom() < 2);
    painter.drawImage(whole, level, QRectF(level.rect()));
}

void MaskBacking::compose(const QImage &mask, const MaskViewport &viewport, const QRect &area)
{
    const QRect all = area.intersected(m_shown.rect());
    if (all.isEmpty())
        return;
    for (int y = all.top(); y <= all.bottom(); ++y)
        std::memcpy(m_shown.scanLine(y) + qsizetype(all.left()) * 4, m_picture.constScanLine(y) + qsizetype(all.left()) * 4, static_cast<std::size_t>(all.width()) * 4);
    const QRectF whole = viewport.pictureRect();
    // Only device pixels whose middle lies on the picture.
    const QRect onPicture(QPoint(static_cast<int>(std::ceil(whole.left() - 0.5)), static_cast<int>(std::ceil(whole.top() - 0.5))),
                          QPoint(static_cast<int>(std::ceil(whole.right() - 0.5)) - 1, static_cast<int>(std::ceil(whole.bottom() - 0.5)) - 1));
    const QRect part = all.intersected(onPicture);
    if (part.isEmpty() || mask.isNull())
        return;
    const Samples across = samplesOf(part.left(), part.width(), whole.left(), viewport.zoom(), mask.width());
    const Samples down = samplesOf(part.top(), part.height(), whole.top(), viewport.zoom(), mask.height());
    const QPoint corner(static_cast<int>(std::floor(whole.left())), static_cast<int>(std::floor(whole.top())));
    const auto red = static_cast<uint>(m_look.paint.red());
    const auto green = static_cast<uint>(m_look.paint.green());
    const auto blue = static_cast<uint>(m_look.paint.blue());
    for (int row = 0; row < part.height(); ++row) {
        const uchar *upper = mask.constScanLine(down.first[static_cast<std::size_t>(row)]);
        const uchar *lower = mask.constScanLine(down.second[static_cast<std::size_t>(row)]);
        // They lie on the picture, and move with it.
        const auto slant = static_cast<std::size_t>(part.left() - corner.x() + part.top() + row - corner.y());
        auto *out = reinterpret_cast<QRgb *>(m_shown.scanLine(part.top() + row)) + part.left();
        for (std::size_t i = 0; i < static_cast<std::size_t>(part.width()); ++i) {
            const int a = across.first[i];
            const int b = across.second[i];
            const uint value = (uint(upper[a]) + upper[b] + lower[a] + lower[b] + 2) / 4;
            if (m_look.maskAlone) {
                out[i] = 0xff000000U | value << 16 | value << 8 | value;
            } else if (value > 0) {
                out[i] = mixed(out[i], red, green, blue, value * kMostPaint / 255);
                if ((i + slant) % kStripes < kStripe)
                    out[i] = mixed(out[i], 255, 255, 255, value * kMostStripe / 255);
            }
        }
    }
}

} // namespace novita
