// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>

namespace novita {

/// A picture and its halves, quarters and so on, so that any part of it is drawn fast and smooth at any zoom. A value; copies share the pixels.
class PictureLevels
{
public:
    PictureLevels() = default;
    /// Takes a while with large pictures: for a worker thread.
    explicit PictureLevels(const QImage &picture);

    bool isNull() const { return m_levels.isEmpty(); }
    QSize size() const { return isNull() ? QSize() : m_levels.first().size(); }
    bool hasAlpha() const { return !isNull() && m_levels.first().hasAlphaChannel(); }
    /// The smallest one that need not be enlarged to be shown with so many device pixels a pixel; the picture itself above 1.
    const QImage &forZoom(double zoom) const;

private:
    QList<QImage> m_levels; ///< RGB32 or ARGB32_Premultiplied, each half as large as the one before
};

} // namespace novita
