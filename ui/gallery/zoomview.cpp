// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/zoomview.h"

#include "ui/gallery/zoomviewaccess.h"
#include "ui/theme.h"

#include <QEvent>
#include <QLocale>
#include <QResizeEvent>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

constexpr QSize kWanted(640, 480);
constexpr QSize kLeast(160, 120);
constexpr double kZoomStep = 1.25;
constexpr double kDividerGrip = 8; ///< pixels to either side

} // namespace

ZoomView::ZoomView(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    installZoomViewAccess();
    m_viewport.setMargin(0);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ZoomView::sizeHint() const
{
    return kWanted;
}

QSize ZoomView::minimumSizeHint() const
{
    return kLeast;
}

void ZoomView::setPicture(const PictureLevels &levels, QSize size)
{
    m_picture = levels;
    m_frame = {};
    if (size != m_viewport.picture())
        m_viewport.setPicture(size);
    moved();
}

void ZoomView::setFrame(const QImage &frame)
{
    m_frame = frame;
    if (frame.size() != m_viewport.picture()) {
        m_viewport.setPicture(frame.size());
        moved();
    }
    update();
}

void ZoomView::clear()
{
    m_picture = {};
    m_frame = {};
    m_overlay.reset();
    m_viewport.setPicture({});
    moved();
}

void ZoomView::setOverlay(const PictureLevels &levels, double share)
{
    m_overlay = levels.isNull() ? std::nullopt : std::optional(levels);
    m_share = std::clamp(share, 0.0, 1.0);
    update();
}

void ZoomView::setOverlayShare(double share)
{
    const double held = std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : m_share;
    if (held == m_share)
        return;
    m_share = held;
    update();
    emit overlayShareChanged(held);
}

double ZoomView::fitZoom() const
{
    MaskViewport fitted = m_viewport;
    fitted.fit();
    return fitted.zoom();
}

ZoomView::Place ZoomView::place() const
{
    if (!hasPicture() || m_viewport.isFitted())
        return {};
    const QPointF middle = m_viewport.toPicture(m_viewport.middle());
    const QSize size = m_viewport.picture();
    return {false, m_viewport.zoom() / fitZoom(), {middle.x() / size.width(), middle.y() / size.height()}};
}

void ZoomView::setPlace(const Place &place)
{
    if (!hasPicture() || place == this->place())
        return;
    if (place.fitted) {
        m_viewport.fit();
    } else {
        m_viewport.zoomTo(fitZoom() * place.zoom, m_viewport.middle());
        const QSize size = m_viewport.picture();
        const QPointF at = m_viewport.toView({place.middle.x() * size.width(), place.middle.y() * size.height()});
        m_viewport.panBy(m_viewport.middle() - at);
    }
    update();
    describe();
}

QImage ZoomView::standIn() const
{
    if (!m_frame.isNull())
        return m_frame;
    return m_picture.isNull() ? QImage() : m_picture.forZoom(0);
}

QString ZoomView::stateText() const
{
    if (!hasPicture())
        return {};
    const QLocale locale;
    return tr("%1 × %2 · %3", "width, height, zoom")
        .arg(locale.toString(m_viewport.picture().width()), locale.toString(m_viewport.picture().height()), zoomText());
}

QString ZoomView::zoomText() const
{
    return hasPicture() ? tr("%1 %").arg(QLocale().toString(qRound(m_viewport.zoom() * 100))) : QString();
}

void ZoomView::zoomBy(double factor, QPointF at)
{
    if (!hasPicture())
        return;
    m_viewport.zoomTo(m_viewport.zoom() * factor, at);
    moved();
}

void ZoomView::zoomIn()
{
    zoomBy(kZoomStep, m_viewport.middle());
}

void ZoomView::zoomOut()
{
    zoomBy(1 / kZoomStep, m_viewport.middle());
}

void ZoomView::zoomToFit()
{
    m_viewport.fit();
    moved();
}

void ZoomView::zoomToPixels()
{
    if (hasPicture())
        m_viewport.zoomTo(1, m_viewport.middle());
    moved();
}

void ZoomView::moved()
{
    update();
    describe();
    emit placeChanged();
}

void ZoomView::describe()
{
    setAccessibleDescription(stateText());
    emit stateChanged();
}

bool ZoomView::isAllInView() const
{
    const QRectF shown = m_viewport.pictureRect();
    return shown.width() <= m_viewport.view().width() + 0.5 && shown.height() <= m_viewport.view().height() + 0.5;
}

QPointF ZoomView::device(QPointF position) const
{
    return position * devicePixelRatioF();
}

QRectF ZoomView::pictureRect() const
{
    // On whole device pixels: at 100 % nothing is smoothed.
    const QRectF exact = m_viewport.pictureRect();
    return {QPointF(std::round(exact.left()), std::round(exact.top())), exact.size()};
}

double ZoomView::dividerX() const
{
    const QRectF whole = pictureRect();
    return std::round(whole.left() + whole.width() * m_share);
}

bool ZoomView::isOnDivider(QPointF at) const
{
    return m_overlay && std::abs(at.x() - dividerX()) <= kDividerGrip * devicePixelRatioF();
}

void ZoomView::takeViewSize()
{
    const double ratio = devicePixelRatioF();
    const QSizeF size = QSizeF(this->size()) * ratio;
    if (ratio == m_ratio && size == m_viewport.view())
        return;
    m_ratio = ratio;
    m_viewport.setView(size);
    moved();
}

void ZoomView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    takeViewSize();
}

void ZoomView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        describe();
}

} // namespace novita
