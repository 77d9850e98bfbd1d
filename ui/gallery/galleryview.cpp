// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/galleryview.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QScrollBar>

#include <algorithm>

namespace novita {

namespace {

constexpr qint64 kCompactBytes = 16 * 1024 * 1024; ///< a strip has few in sight
constexpr Milliseconds kRest{150};                 ///< of scrolling, before the words of what is in sight are read

} // namespace

GalleryView::GalleryView(GalleryModel &model, const Parts &parts, QWidget *parent)
    : QListView(parent)
    , m_model(model)
    , m_parts(parts)
    , m_loader(parts.files)
    , m_painter(parts.theme)
{
    setModel(&model);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // settleBar() decides
    setDragEnabled(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    m_ask.setSingleShot(true);
    m_describe.setSingleShot(true);
    m_describe.setInterval(kRest);
    m_settle.setSingleShot(true);
    connect(&m_ask, &QTimer::timeout, this, &GalleryView::ask);
    connect(&m_describe, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_model.describe(visibleRows().first, visibleRows().second);
    });
    connect(&m_settle, &QTimer::timeout, this, &GalleryView::settleSelection);
    connect(&m_loader, &ThumbnailLoader::loaded, this, &GalleryView::showLoaded);
    connect(&model, &GalleryModel::updated, this, &GalleryView::askLater);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] { m_settle.start(); });
    connect(&parts.theme, &Theme::changed, this, [this] {
        m_painter.forget();
        viewport()->update();
    });
    connect(&parts.settings, &Settings::changed, this, &GalleryView::followSettings);
    followSettings();
}

void GalleryView::followSettings()
{
    const bool blurs = m_parts.settings.value(keys::kBlurFlagged);
    const int side = m_parts.settings.value(keys::kThumbnailSide);
    if (std::exchange(m_blurs, blurs) != blurs)
        askLater();
    if (std::exchange(m_side, side) == side || m_compact)
        return;
    arrange();
    emit sideChanged(side);
}

void GalleryView::setCompact(bool compact)
{
    m_compact = compact;
    m_loader.setMostBytes(compact ? kCompactBytes : ThumbnailLoader::kMostBytes);
    arrange();
}

void GalleryView::setSide(int side)
{
    if (!m_compact)
        (void)m_parts.settings.setValue(keys::kThumbnailSide, std::clamp(side, kLeastSide, kMostSide));
}

GridGeometry GalleryView::gridFor(int width) const
{
    return m_compact ? GridGeometry::compact(width) : GridGeometry::ofSide(width, m_side);
}

/// There when the pictures have no room without it. Decided by the width without it alone: a bar that makes its own need
/// would come and go for ever.
void GalleryView::settleBar()
{
    const QSize whole = maximumViewportSize();
    const bool isNeeded = gridFor(std::max(1, whole.width())).height(m_model.rowCount()) > whole.height();
    const Qt::ScrollBarPolicy policy = isNeeded ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff;
    if (policy != verticalScrollBarPolicy())
        setVerticalScrollBarPolicy(policy);
}

/// Sizes of the grid, and the bar; the picture at the top stays there.
void GalleryView::arrange()
{
    if (m_arranging)
        return;
    m_arranging = true;
    settleBar();
    m_grid = gridFor(std::max(1, viewport()->width()));
    const int line = m_grid.pitch().height();
    QScrollBar *bar = verticalScrollBar();
    bar->setSingleStep(std::max(1, line / 2));
    bar->setPageStep(viewport()->height());
    bar->setRange(0, std::max(0, m_grid.height(m_model.rowCount()) - viewport()->height()));
    const int anchor = m_anchor ? m_model.rowOf(m_anchor) : -1;
    if (bar->value() > 0 && anchor >= 0)
        bar->setValue(m_grid.cell(anchor).top() + m_anchorOffset);
    m_arranging = false;
    noteAnchor();
    viewport()->update();
    askLater();
}

void GalleryView::noteAnchor()
{
    if (m_arranging)
        return;
    const int top = verticalScrollBar()->value();
    const int row = m_grid.between(top, top).first;
    const PictureEntry *first = m_model.at(row);
    m_anchor = first ? first->id : 0;
    m_anchorOffset = top - m_grid.cell(row).top();
}

void GalleryView::doItemsLayout()
{
    // Not the list's own: it would lay out every row.
    QAbstractItemView::doItemsLayout();
}

void GalleryView::updateGeometries()
{
    QAbstractItemView::updateGeometries();
    arrange();
}

int GalleryView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

QRect GalleryView::cell(int row) const
{
    return m_grid.cell(row).translated(0, -verticalOffset());
}

QRect GalleryView::visualRect(const QModelIndex &index) const
{
    return index.isValid() ? cell(index.row()) : QRect();
}

QModelIndex GalleryView::indexAt(const QPoint &point) const
{
    // Between the frames nothing is hit: there a rubber band begins.
    const int row = m_grid.at(point + QPoint(0, verticalOffset()), GalleryPainter::kFrame);
    return row >= 0 && row < m_model.rowCount() ? m_model.index(row, 0) : QModelIndex();
}

void GalleryView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    executeDelayedItemsLayout();
    const QRect rect = cell(index.row());
    const int height = viewport()->height();
    QScrollBar *bar = verticalScrollBar();
    if (hint == PositionAtTop || (hint == EnsureVisible && rect.top() < 0))
        bar->setValue(bar->value() + rect.top());
    else if (hint == PositionAtBottom || (hint == EnsureVisible && rect.bottom() >= height))
        bar->setValue(bar->value() + std::min(rect.top(), rect.bottom() - height + 1));
    else if (hint == PositionAtCenter)
        bar->setValue(bar->value() + rect.center().y() - height / 2);
}

std::pair<int, int> GalleryView::visibleRows() const
{
    const auto [first, last] = m_grid.between(verticalOffset(), verticalOffset() + viewport()->height() - 1);
    return {first, std::min(last, m_model.rowCount() - 1)};
}

void GalleryView::scrollContentsBy(int dx, int dy)
{
    scrollDirtyRegion(dx, dy);
    viewport()->scroll(dx, dy);
    noteAnchor();
    askLater();
}

bool GalleryView::event(QEvent *event)
{
    // Before the parts are laid out anew: in the midst of it a bar that is no longer wanted would be put back.
    if (event->type() == QEvent::Resize)
        settleBar();
    return QListView::event(event);
}

void GalleryView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    arrange();
}

void GalleryView::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    arrange();
}

void GalleryView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        viewport()->update();
}

void GalleryView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    // Not the list's own, which speaks of places in a layout that there is not.
    QAbstractItemView::currentChanged(current, previous);
    if (QAccessible::isActive() && current.isValid() && hasFocus()) {
        QAccessibleEvent told(this, QAccessible::Focus);
        told.setChild(current.row());
        QAccessible::updateAccessibility(&told);
    }
    emit currentPictureChanged(currentId());
}

void GalleryView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
    emit selectedPicturesChanged();
}

} // namespace novita
