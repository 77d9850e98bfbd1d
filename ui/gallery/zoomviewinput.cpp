// SPDX-License-Identifier: GPL-3.0-or-later
// The mouse and the keyboard of ZoomView.
#include "ui/gallery/zoomview.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace novita {

namespace {

constexpr double kNotch = 120; ///< of QWheelEvent::angleDelta()
constexpr double kZoomPerNotch = 1.25;
constexpr double kWayShare = 0.125; ///< of the view, by an arrow key
constexpr double kShareStep = 0.02;

} // namespace

void ZoomView::updatePointer(QPointF at)
{
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (m_grip == Grip::Divider || (m_grip == Grip::None && isOnDivider(at)))
        shape = Qt::SplitHCursor;
    else if (hasPicture() && !isAllInView())
        shape = m_grip == Grip::Picture ? Qt::ClosedHandCursor : Qt::OpenHandCursor;
    setCursor(shape);
}

void ZoomView::mousePressEvent(QMouseEvent *event)
{
    if (!hasPicture() || (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_gripAt = device(event->position());
    if (event->button() == Qt::LeftButton && isOnDivider(m_gripAt))
        m_grip = Grip::Divider;
    else if (event->button() == Qt::MiddleButton || (!isAllInView() && !(event->modifiers() & Qt::ShiftModifier)))
        m_grip = Grip::Picture;
    else
        m_grip = Grip::Pressed;
    updatePointer(m_gripAt);
}

void ZoomView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = device(event->position());
    switch (m_grip) {
    case Grip::None:
        break;
    case Grip::Picture:
        m_viewport.panBy(at - std::exchange(m_gripAt, at));
        moved();
        break;
    case Grip::Divider: {
        const QRectF whole = m_viewport.pictureRect();
        setOverlayShare((at.x() - whole.left()) / whole.width());
        break;
    }
    case Grip::Pressed:
        if ((at - m_gripAt).manhattanLength() >= QApplication::startDragDistance() * devicePixelRatioF()) {
            m_grip = Grip::None; // the release is the drag's
            emit dragRequested();
        }
        return;
    }
    updatePointer(at);
}

void ZoomView::mouseReleaseEvent(QMouseEvent *event)
{
    m_grip = Grip::None;
    updatePointer(device(event->position()));
    QWidget::mouseReleaseEvent(event);
}

void ZoomView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (!hasPicture() || event->button() != Qt::LeftButton)
        return;
    if (m_viewport.isFitted()) {
        m_viewport.zoomTo(1, device(event->position()));
        moved();
    } else {
        zoomToFit();
    }
}

void ZoomView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if (event->angleDelta().y() != 0)
        zoomBy(std::pow(kZoomPerNotch, event->angleDelta().y() / kNotch), device(event->position()));
}

void ZoomView::keyPressEvent(QKeyEvent *event)
{
    const bool isShare = m_overlay && event->modifiers() == Qt::ShiftModifier &&
                         (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right);
    if (isShare)
        setOverlayShare(m_share + (event->key() == Qt::Key_Left ? -kShareStep : kShareStep));
    else if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) ||
             (!viewKey(event->key()) && !moveKey(event->key())))
        QWidget::keyPressEvent(event);
}

bool ZoomView::viewKey(int key)
{
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return true;
    case Qt::Key_Minus:
        zoomOut();
        return true;
    case Qt::Key_0:
        zoomToFit();
        return true;
    case Qt::Key_1:
        zoomToPixels();
        return true;
    default:
        return false;
    }
}

bool ZoomView::moveKey(int key)
{
    const bool isArrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
    if (isArrow && hasPicture() && !isAllInView()) {
        const double across = m_viewport.view().width() * kWayShare;
        const double down = m_viewport.view().height() * kWayShare;
        m_viewport.panBy({key == Qt::Key_Left    ? across
                          : key == Qt::Key_Right ? -across
                                                 : 0,
                          key == Qt::Key_Up     ? down
                          : key == Qt::Key_Down ? -down
                                                : 0});
        moved();
        return true;
    }
    if (key == Qt::Key_Left || key == Qt::Key_PageUp) {
        emit stepRequested(-1);
        return true;
    }
    if (key == Qt::Key_Right || key == Qt::Key_PageDown) {
        emit stepRequested(1);
        return true;
    }
    return false;
}

} // namespace novita
