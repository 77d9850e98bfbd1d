// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/picturelevels.h"

#include <algorithm>

namespace novita {

namespace {

constexpr int kSmallest = 256; ///< pixels of the longer side: below, a level saves nothing

} // namespace

PictureLevels::PictureLevels(const QImage &picture)
{
    if (picture.isNull())
        return;
    m_levels.append(picture.convertToFormat(picture.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32));
    while (std::max(m_levels.last().width(), m_levels.last().height()) > kSmallest) {
        const QSize half((m_levels.last().width() + 1) / 2, (m_levels.last().height() + 1) / 2);
        m_levels.append(m_levels.last().scaled(half, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(m_levels.first().format()));
    }
}

const QImage &PictureLevels::forZoom(double zoom) const
{
    Q_ASSERT(!isNull());
    qsizetype level = 0;
    double scale = zoom;
    while (scale <= 0.5 && level + 1 < m_levels.size()) {
        scale *= 2;
        ++level;
    }
    return m_levels.at(level);
}

} // namespace novita
