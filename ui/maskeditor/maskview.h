// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maskeditor/maskbacking.h"
#include "ui/maskeditor/maskcanvas.h"
#include "ui/maskeditor/maskviewport.h"
#include "ui/maskeditor/picturelevels.h"

#include <QWidget>

namespace novita {

class Theme;

/// A picture with its mask over it, to be painted. With the mouse: the left button paints (with Shift a straight line from where the last stroke
/// ended), the wheel sets the size, Ctrl and the wheel zoom at the pointer, Space or the middle button drag the picture. With the keyboard: arrow
/// keys move the brush (Shift: far, Ctrl: by a pixel), Return paints as long as it is held, Escape gives a stroke up, X swaps brush and eraser,
/// [ and ] set the size, + and - zoom, 0 fits, 1 shows pixels as they are, Ctrl+Z and Ctrl+Shift+Z undo and redo.
class MaskView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MaskView)

public:
    explicit MaskView(const Theme &theme, QWidget *parent = nullptr);

    /// Begins anew with an empty mask, and with `mask` if it is one of the same size (Format_Grayscale8).
    void setPicture(const PictureLevels &picture, const QImage &mask = {});
    bool hasPicture() const { return !m_picture.isNull(); }
    /// Stands in the middle while there is no picture.
    void setPlaceholder(const QString &text);

    const MaskCanvas &mask() const { return m_canvas; }
    const MaskBrush &brush() const { return m_brush; }
    const MaskViewport &viewport() const { return m_viewport; }
    QPointF cursorPoint() const { return m_cursor; } ///< where the keyboard paints, in the picture
    QString stateText() const;                       ///< "12 % painted"; "Nothing painted"
    /// While it is off the mask can be looked at, not painted.
    void setPainting(bool on);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    void setBrushSize(double size);    ///< held to kLeastBrush…kMostBrush
    void setHardness(double hardness); ///< held to 0…1
    void setErasing(bool erases);
    void setMaskAlone(bool alone); ///< shows the mask as it is sent, black and white
    void undo();
    void redo();
    void invertMask();
    void clearMask();
    void fillMask();
    void replaceMask(const QImage &mask); ///< see MaskCanvas::replace()
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    void zoomToPixels();

signals:
    void brushChanged();
    void maskChanged(); ///< at the end of strokes and after every other change
    void zoomChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool paintKey(int key);
    bool viewKey(int key);
    void moveCursor(int key, Qt::KeyboardModifiers modifiers);
    void setCursorPoint(QPointF point, bool shown);
    void beginStroke(QPointF at, bool straight);
    void strokeTo(QPointF at);
    void noteStrokeEnd(QPointF at);
    void endStroke();
    void apply(const QRegion &changed);
    void zoomBy(double factor, QPointF at);
    void moved();
    void updateRing();
    QRegion ringRegion() const;
    void updatePointer();
    void describe();
    QPointF device(QPointF position) const;
    void takeViewSize();
    MaskBacking::Look look() const;
    void paintRing(class QPainter *painter) const;

    const Theme &m_theme;
    PictureLevels m_picture;
    MaskCanvas m_canvas;
    MaskBrush m_brush;
    MaskViewport m_viewport;
    MaskBacking m_backing;
    QString m_placeholder;
    QPointF m_cursor;        ///< in the picture
    QPointF m_strokeEnd;     ///< of the last stroke
    QPointF m_panFrom;       ///< in device pixels
    double m_ratio = 0;      ///< device pixels a pixel, as m_viewport was made for
    bool m_stale = true;     ///< m_backing shows another place or look
    bool m_cursorShown = false;
    bool m_hasStrokeEnd = false;
    bool m_painting = true;
    bool m_space = false;
    bool m_panning = false;
    bool m_keyStroke = false; ///< the stroke is painted by Return
    bool m_maskAlone = false;
};

} // namespace novita
