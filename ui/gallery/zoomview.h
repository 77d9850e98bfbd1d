// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maskeditor/maskviewport.h"
#include "ui/maskeditor/picturelevels.h"

#include <QWidget>

#include <optional>

namespace novita {

class Theme;

/// One picture to look at. The wheel zooms at the pointer; a drag moves the picture where it is larger than the view
/// and asks for the file to be dragged out where it is not (with Shift always). With the keyboard: + and - zoom, 0
/// fits, 1 shows pixels as they are, arrow keys move the picture and, where all of it is in view, go to the previous
/// and the next one, as PageUp and PageDown do. All of it is right at any device pixel ratio.
class ZoomView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ZoomView)

public:
    /// Where a picture stands, in measures that pictures of other sizes and other views understand.
    struct Place
    {
        bool fitted = true;
        double zoom = 1;          ///< times the zoom that fits
        QPointF middle{0.5, 0.5}; ///< of the view, as a share of the picture
        bool operator==(const Place &) const = default;
    };

    explicit ZoomView(const Theme &theme, QWidget *parent = nullptr);

    /// `size`: pixels of the whole picture, which `levels` may be a smaller stand-in for. Zoom and place stay where
    /// `size` is the one it was.
    void setPicture(const PictureLevels &levels, QSize size);
    /// The next frame of a film: neither zoom nor place change.
    void setFrame(const QImage &frame);
    void clear();
    bool hasPicture() const { return !m_picture.isNull() || !m_frame.isNull(); }

    /// Over it, at its right, another picture of about the same shape: from `share` of the width on. Nothing takes it
    /// away.
    void setOverlay(const PictureLevels &levels, double share);
    void setOverlayShare(double share);

    const MaskViewport &viewport() const { return m_viewport; }
    Place place() const;
    void setPlace(const Place &place); ///< emits nothing
    QImage standIn() const;            ///< what is shown, small; null without a picture
    /// "1024 × 768 · 83 %"; empty without a picture.
    QString stateText() const;
    QString zoomText() const; ///< "83 %"

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public slots:
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    void zoomToPixels();

signals:
    void stateChanged(); ///< stateText(), for whatever reason
    void placeChanged(); ///< by the person, or since the view has another size
    void dragRequested();
    void stepRequested(int step); ///< -1 or 1
    void overlayShareChanged(double share);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Grip { None, Pressed, Picture, Divider };

    void zoomBy(double factor, QPointF at);
    bool viewKey(int key);
    bool moveKey(int key);
    void moved();
    void takeViewSize();
    void updatePointer(QPointF at);
    bool isOnDivider(QPointF at) const;
    double dividerX() const; ///< device pixels
    bool isAllInView() const;
    double fitZoom() const;
    QPointF device(QPointF position) const;
    QRectF pictureRect() const;
    void paintChecks(QPainter *painter, const QRect &area) const;
    void paintLevels(QPainter *painter, const PictureLevels &levels) const;
    void paintDivider(QPainter *painter) const;
    void describe();

    const Theme &m_theme;
    PictureLevels m_picture;
    QImage m_frame;
    std::optional<PictureLevels> m_overlay;
    double m_share = 0.5;
    MaskViewport m_viewport;
    Grip m_grip = Grip::None;
    QPointF m_gripAt;   ///< in device pixels
    double m_ratio = 0; ///< device pixels a pixel, as m_viewport was made for
};

} // namespace novita
