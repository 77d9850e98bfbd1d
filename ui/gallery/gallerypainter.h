// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"
#include "ui/gallery/thumbnailloader.h"

#include <QCoreApplication>
#include <QPixmap>
#include <QRect>

class QPainter;

namespace novita {

class Theme;

/// Paints a cell of the grid of pictures: thumbnail or what stands for it, frame, marks.
class GalleryPainter final
{
    Q_DECLARE_TR_FUNCTIONS(GalleryPainter)
    Q_DISABLE_COPY_MOVE(GalleryPainter)

public:
    static constexpr int kFrame = 4; ///< pixels around a thumbnail that its frame takes

    struct Cell
    {
        QRect rect;
        int side = 0;                         ///< pixels of the square for the thumbnail
        const PictureEntry *entry = nullptr;  ///< never null
        const Thumbnail *thumbnail = nullptr; ///< nullptr while it is loaded
        bool selected = false;
        bool current = false; ///< and the keyboard is here
        bool hovered = false;
        bool veiled = false; ///< flagged, and not asked for
    };

    explicit GalleryPainter(const Theme &theme)
        : m_theme(theme)
    {
    }

    void paint(QPainter &painter, const Cell &cell) const;
    /// Colours or sizes are other ones.
    void forget() { m_icons.clear(); }

private:
    QRect box(const Cell &cell) const;
    void paintFrame(QPainter &painter, const Cell &cell) const;
    void paintPicture(QPainter &painter, const Cell &cell) const;
    void paintStandIn(QPainter &painter, const QRect &box, const QString &icon, const QString &words) const;
    void paintMarks(QPainter &painter, const Cell &cell) const;
    /// Words on a plate, as far as they fit into `box`; the icon alone where they do not.
    void paintPlate(QPainter &painter, const QRect &box, Qt::Alignment where, const QString &icon,
                    const QString &words) const;
    const QPixmap &icon(const QString &name, int size, const QColor &color, qreal ratio) const;

    const Theme &m_theme;
    mutable QHash<QString, QPixmap> m_icons;
};

} // namespace novita
