// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maskeditor/maskviewport.h"

#include <QColor>
#include <QImage>

namespace novita {

class PictureLevels;

/// What the editor shows, as pixels of the screen: the picture, drawn anew when it moves, and the mask over it, drawn anew where it changes.
class MaskBacking
{
public:
    struct Look
    {
        QColor around;       ///< beside the picture
        QColor check;        ///< with `around` the squares under a transparent picture
        QColor paint;        ///< of the mask
        bool maskAlone = false; ///< the mask as it is sent, black and white
        bool operator==(const Look &) const = default;
    };

    /// Draws all of it.
    void render(const PictureLevels &picture, const QImage &mask, const MaskViewport &viewport, const Look &look);
    /// Draws the mask anew in `area` of the view.
    void compose(const QImage &mask, const MaskViewport &viewport, const QRect &area);

    const QImage &image() const { return m_shown; } ///< Format_RGB32, as large as the view

private:
    void renderPicture(const PictureLevels &picture, const MaskViewport &viewport);

    Look m_look;
    QImage m_picture; ///< as m_shown, without the mask
    QImage m_shown;
};

} // namespace novita
