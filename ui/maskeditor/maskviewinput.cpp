// SPDX-License-Identifier: GPL-3.0-or-later
// The mouse and the keyboard of MaskView.
#include "ui/maskeditor/maskview.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace novita {

namespace {

constexpr double kNotch = 120; ///< of QWheelEvent::angleDelta()
constexpr double kZoomPerNotch = 1.25;
constexpr double kSizePerNotch = 1.15;
constexpr double kFar = 4;         ///< times the usual way of an arrow key
constexpr double kRevealMargin = 24;

/// Up or down by `notches`, and at least by a pixel, so that the smallest brush can grow.
double grownSize(double size, double notches)
{
    const double grown = size * std::pow(kSizePerNotch, notches);
    return notches > 0 ? std::max(size + notches, grown) : std::min(size + notches, grown);
}

bool isReturn(int key)
{
    return key == Qt::Key_Return || key == Qt::Key_Enter;
}

} // namespace

void MaskView::mousePressEvent(QMouseEvent *event)
{
    if (!hasPicture())
        return;
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_space)) {
        endStroke();
        m_panning = true;
        m_panFrom = device(event->position());
        updatePointer();
        return;
    }
    setCursorPoint(m_viewport.toPicture(device(event->position())), true);
    if (event->button() == Qt::LeftButton && m_painting)
        beginStroke(m_cursor, event->modifiers() & Qt::ShiftModifier);
}

void MaskView::mouseMoveEvent(QMouseEvent *event)
{
    if (!hasPicture())
        return;
    const QPointF at = device(event->position());
    if (m_panning) {
        m_viewport.panBy(at - m_panFrom);
        m_panFrom = at;
        moved();
        return;
    }
    setCursorPoint(m_viewport.toPicture(at), true);
    if (m_canvas.isPainting() && !m_keyStroke) {
        apply(m_canvas.curveTo(m_cursor));
        noteStrokeEnd(m_cursor);
    }
}

void MaskView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_panning && (event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton)) {
        m_panning = false;
        updatePointer();
        return;
    }
    if (event->button() == Qt::LeftButton)
        endStroke();
}

void MaskView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const double notches = event->angleDelta().y() / kNotch;
    if (!hasPicture() || notches == 0)
        return;
    if (event->modifiers() & Qt::ControlModifier)
        zoomBy(std::pow(kZoomPerNotch, notches), device(event->position()));
    else
        setBrushSize(grownSize(m_brush.size, notches));
}

void MaskView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    if (!m_canvas.isPainting())
        setCursorPoint(m_cursor, false);
}

void MaskView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    // Keys that are let go elsewhere are not heard of.
    m_space = false;
    if (m_keyStroke)
        endStroke();
    updatePointer();
}

void MaskView::keyPressEvent(QKeyEvent *event)
{
    if (!hasPicture()) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (event->matches(QKeySequence::Undo)) {
        undo();
    } else if (event->matches(QKeySequence::Redo)) {
        redo();
    } else if (event->key() == Qt::Key_Escape && m_canvas.isPainting()) {
        apply(m_canvas.cancelStroke());
        m_keyStroke = false;
        describe();
        emit maskChanged();
    } else if (event->key() == Qt::Key_Space) {
        m_space = true;
        updatePointer();
    } else if (isReturn(event->key()) && !(event->modifiers() & Qt::ControlModifier)) {
        if (!event->isAutoRepeat() && m_painting) {
            setCursorPoint(m_cursor, true);
            beginStroke(m_cursor, false);
            m_keyStroke = true;
        }
    } else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right || event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        moveCursor(event->key(), event->modifiers());
    } else if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) || (!paintKey(event->key()) && !viewKey(event->key()))) {
        QWidget::keyPressEvent(event);
    }
}

bool MaskView::paintKey(int key)
{
    switch (key) {
    case Qt::Key_X: setErasing(!m_brush.erases); return true;
    case Qt::Key_BracketLeft: setBrushSize(grownSize(m_brush.size, -1)); return true;
    case Qt::Key_BracketRight: setBrushSize(grownSize(m_brush.size, 1)); return true;
    default: return false;
    }
}

bool MaskView::viewKey(int key)
{
    switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomIn(); return true;
    case Qt::Key_Minus: zoomOut(); return true;
    case Qt::Key_0: zoomToFit(); return true;
    case Qt::Key_1: zoomToPixels(); return true;
    default: return false;
    }
}

void MaskView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->isAutoRepeat()) {
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Space) {
        m_space = false;
        updatePointer();
    } else if (isReturn(event->key()) && m_keyStroke) {
        endStroke();
    } else {
        QWidget::keyReleaseEvent(event);
    }
}

void MaskView::moveCursor(int key, Qt::KeyboardModifiers modifiers)
{
    double way = std::max(1.0, m_brush.size / 4);
    if (modifiers & Qt::ShiftModifier)
        way *= kFar;
    if (modifiers & Qt::ControlModifier)
        way = 1;
    QPointF to = m_cursor;
    to.rx() += key == Qt::Key_Left ? -way : key == Qt::Key_Right ? way : 0;
    to.ry() += key == Qt::Key_Up ? -way : key == Qt::Key_Down ? way : 0;
    const QSize size = m_picture.size();
    setCursorPoint({std::clamp(to.x(), 0.0, double(size.width())), std::clamp(to.y(), 0.0, double(size.height()))}, true);
    if (m_keyStroke)
        strokeTo(m_cursor);
    const QRectF before = m_viewport.pictureRect();
    m_viewport.reveal(m_cursor, kRevealMargin * devicePixelRatioF());
    if (m_viewport.pictureRect() != before)
        moved();
    describe();
}

void MaskView::setCursorPoint(QPointF point, bool shown)
{
    updateRing();
    m_cursor = point;
    m_cursorShown = shown;
    updateRing();
}

void MaskView::beginStroke(QPointF at, bool straight)
{
    m_keyStroke = false;
    apply(m_canvas.beginStroke(m_brush, straight && m_hasStrokeEnd ? m_strokeEnd : at));
    strokeTo(at);
}

void MaskView::strokeTo(QPointF at)
{
    apply(m_canvas.strokeTo(at));
    noteStrokeEnd(at);
}

void MaskView::noteStrokeEnd(QPointF at)
{
    m_strokeEnd = at;
    m_hasStrokeEnd = true;
}

void MaskView::endStroke()
{
    m_keyStroke = false;
    if (!m_canvas.isPainting())
        return;
    m_canvas.endStroke();
    describe();
    emit maskChanged();
}

void MaskView::updatePointer()
{
    // The ring is the pointer.
    const bool paints = hasPicture() && m_painting && isEnabled();
    setCursor(m_panning ? Qt::ClosedHandCursor : m_space && hasPicture() ? Qt::OpenHandCursor : paints ? Qt::BlankCursor : Qt::ArrowCursor);
    updateRing();
}

} // namespace novita
