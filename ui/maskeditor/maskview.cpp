// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskview.h"

#include "ui/maskeditor/maskviewaccess.h"
#include "ui/theme.h"
#include "ui/tokens.h"

#include <QEvent>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace novita {

namespace {

constexpr QSize kWanted(720, 560);
constexpr QSize kLeast(240, 200);
constexpr double kZoomStep = 1.25;
constexpr int kRingMargin = 4; ///< around the ring: its pen and its cross
constexpr double kCross = 3;
constexpr int kPaintSeries = 1; ///< of the chart colours for light: it lies on the picture, whatever the window looks like

} // namespace

MaskView::MaskView(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    installMaskViewAccess();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&theme, &Theme::changed, this, [this] {
        m_stale = true;
        update();
    });
    updatePointer();
    describe();
}

QSize MaskView::sizeHint() const
{
    return kWanted;
}

QSize MaskView::minimumSizeHint() const
{
    return kLeast;
}

void MaskView::setPicture(const PictureLevels &picture, const QImage &mask)
{
    m_picture = picture;
    m_canvas = MaskCanvas(picture.size());
    m_canvas.replace(mask);
    m_canvas.markClean();
    m_viewport.setPicture(picture.size());
    m_cursor = QRectF(QPointF(), picture.size()).center();
    m_hasStrokeEnd = false;
    // In proportion to the picture: what suits an icon is lost on a poster.
    setBrushSize(std::round(std::max(8.0, std::min(picture.size().width(), picture.size().height()) / 16.0)));
    updatePointer();
    moved();
    describe();
    emit maskChanged();
}

void MaskView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    update();
}

void MaskView::setPainting(bool on)
{
    m_painting = on;
    if (!on)
        endStroke();
    updatePointer();
}

void MaskView::setBrushSize(double size)
{
    const double held = std::isfinite(size) ? std::clamp(size, kLeastBrush, kMostBrush) : m_brush.size;
    if (held == m_brush.size)
        return;
    updateRing();
    m_brush.size = held;
    updateRing();
    describe();
    emit brushChanged();
}

void MaskView::setHardness(double hardness)
{
    const double held = std::isfinite(hardness) ? std::clamp(hardness, 0.0, 1.0) : m_brush.hardness;
    if (std::exchange(m_brush.hardness, held) == held)
        return;
    updateRing();
    emit brushChanged();
}

void MaskView::setErasing(bool erases)
{
    if (std::exchange(m_brush.erases, erases) == erases)
        return;
    endStroke();
    updateRing();
    describe();
    emit brushChanged();
}

void MaskView::setMaskAlone(bool alone)
{
    m_maskAlone = alone;
    m_stale = true;
    update();
}

void MaskView::undo()
{
    if (!m_painting)
        return;
    apply(m_canvas.undo());
    describe();
    emit maskChanged();
}

void MaskView::redo()
{
    if (!m_painting)
        return;
    apply(m_canvas.redo());
    describe();
    emit maskChanged();
}

void MaskView::invertMask()
{
    apply(m_canvas.invert());
    describe();
    emit maskChanged();
}

void MaskView::clearMask()
{
    apply(m_canvas.clear());
    describe();
    emit maskChanged();
}

void MaskView::fillMask()
{
    apply(m_canvas.fill());
    describe();
    emit maskChanged();
}

void MaskView::replaceMask(const QImage &mask)
{
    apply(m_canvas.replace(mask));
    describe();
    emit maskChanged();
}

void MaskView::zoomIn()
{
    zoomBy(kZoomStep, m_viewport.middle());
}

void MaskView::zoomOut()
{
    zoomBy(1 / kZoomStep, m_viewport.middle());
}

void MaskView::zoomToFit()
{
    m_viewport.fit();
    moved();
}

void MaskView::zoomToPixels()
{
    m_viewport.zoomTo(1, m_viewport.middle());
    moved();
}

void MaskView::zoomBy(double factor, QPointF at)
{
    m_viewport.zoomTo(m_viewport.zoom() * factor, at);
    moved();
}

void MaskView::moved()
{
    m_stale = true;
    update();
    emit zoomChanged();
}

QPointF MaskView::device(QPointF position) const
{
    return position * devicePixelRatioF();
}

/// The view may have been put on another screen, too.
void MaskView::takeViewSize()
{
    m_ratio = devicePixelRatioF();
    m_viewport.setView(QSizeF(size()) * m_ratio);
    moved();
}

void MaskView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    takeViewSize();
}

void MaskView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        describe();
    else if (event->type() == QEvent::EnabledChange)
        updatePointer();
}

/// Draws anew what has changed of the mask, and no more.
void MaskView::apply(const QRegion &changed)
{
    for (const QRect &area : changed) {
        const QRect shown = m_viewport.toView(area);
        if (shown.isEmpty())
            continue;
        if (!m_stale)
            m_backing.compose(m_canvas.image(), m_viewport, shown);
        const double ratio = m_ratio > 0 ? m_ratio : 1;
        update(QRectF(shown.x() / ratio, shown.y() / ratio, shown.width() / ratio, shown.height() / ratio).toAlignedRect());
    }
}

MaskBacking::Look MaskView::look() const
{
    return {m_theme.color(Token::Window), m_theme.color(Token::Line), seriesTokenColor(kPaintSeries, false), m_maskAlone};
}

void MaskView::paintEvent(QPaintEvent *event)
{
    if (m_ratio != devicePixelRatioF())
        takeViewSize();
    if (m_stale) {
        m_backing.render(m_picture, m_canvas.image(), m_viewport, look());
        m_stale = false;
    }
    QPainter painter(this);
    for (const QRect &area : event->region()) {
        const QRectF source(area.x() * m_ratio, area.y() * m_ratio, area.width() * m_ratio, area.height() * m_ratio);
        painter.drawImage(QRectF(area), m_backing.image(), source);
    }
    if (!hasPicture()) {
        painter.setPen(m_theme.color(Token::Text2));
        painter.drawText(rect().adjusted(space::kGroup, space::kGroup, -space::kGroup, -space::kGroup), Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
    }
    if (m_cursorShown && m_painting && !m_space && !m_panning && hasPicture())
        paintRing(&painter);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const bool focused = hasFocus();
    painter.setPen(QPen(m_theme.color(focused ? Token::Accent : Token::LineStrong), focused ? 2 : 1, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(focused ? QRectF(rect()).adjusted(1, 1, -1, -1) : QRectF(rect()).adjusted(0, 0, -1, -1));
}

/// Light on dark, so that it is seen on any picture.
void MaskView::paintRing(QPainter *painter) const
{
    const QPointF at = m_viewport.toView(m_cursor) / m_ratio;
    const double radius = m_brush.size * m_viewport.zoom() / m_ratio / 2;
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    for (const auto &[color, width] : {std::pair(Qt::black, 3.0), std::pair(Qt::white, 1.2)}) {
        QPen pen(color, width);
        if (m_brush.erases && color == Qt::white)
            pen.setDashPattern({4, 3});
        painter->setPen(pen);
        if (radius >= 2)
            painter->drawEllipse(at, radius, radius);
        pen.setStyle(Qt::SolidLine);
        painter->setPen(pen);
        painter->drawLine(at - QPointF(kCross, 0), at + QPointF(kCross, 0));
        painter->drawLine(at - QPointF(0, kCross), at + QPointF(0, kCross));
    }
}

/// Where the ring is drawn; a large one is hollow.
QRegion MaskView::ringRegion() const
{
    if (m_ratio <= 0)
        return {};
    const QPointF at = m_viewport.toView(m_cursor) / m_ratio;
    const double radius = m_brush.size * m_viewport.zoom() / m_ratio / 2;
    const auto square = [at](double half) { return QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half).toAlignedRect(); };
    // A ring may be larger than any screen.
    const double outer = std::min(radius, 20000.0) + kRingMargin;
    QRegion region(square(outer));
    const double inner = outer * 0.7 - 3 * kRingMargin;
    if (inner > 0)
        region = region.subtracted(square(inner)).united(square(kCross + kRingMargin));
    return region.intersected(rect());
}

void MaskView::updateRing()
{
    if (m_cursorShown)
        update(ringRegion());
}

void MaskView::describe()
{
    setAccessibleName(tr("Mask"));
    QStringList parts{stateText()};
    if (hasPicture()) {
        const QLocale locale;
        parts.append((m_brush.erases ? tr("eraser of %1 pixels") : tr("brush of %1 pixels")).arg(locale.toString(qRound(m_brush.size))));
        parts.append(tr("at %1, %2").arg(locale.toString(qFloor(m_cursor.x())), locale.toString(qFloor(m_cursor.y()))));
    }
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

QString MaskView::stateText() const
{
    if (m_canvas.isEmpty())
        return tr("Nothing painted");
    const double percent = m_canvas.coverage() * 100;
    if (percent < 1)
        return tr("Less than 1 % painted");
    // All of it only when it is all of it.
    return tr("%1 % painted").arg(QLocale().toString(percent < 100 ? std::min(99, qRound(percent)) : 100));
}

} // namespace novita
