// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/galleryview.h"

#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace novita {

namespace {

constexpr qint64 kCompactBytes = 16 * 1024 * 1024; ///< a strip has few in sight
constexpr int kGap = 12;                           ///< pixels between thumbnails
constexpr int kCompactGap = 8;
constexpr int kTwoColumns = 220;   ///< pixels of width from which a strip has two
constexpr Milliseconds kRest{150}; ///< of scrolling, before the words of what is in sight are read

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
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // a bar that comes and goes would turn the grid over
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
    if (m_compact || side == m_side)
        return;
    m_side = side;
    arrange();
    emit sideChanged(m_side);
}

void GalleryView::setCompact(bool compact)
{
    m_compact = compact;
    m_loader.setMostBytes(compact ? kCompactBytes : ThumbnailLoader::kMostBytes);
    m_side = compact ? m_side : m_parts.settings.value(keys::kThumbnailSide);
    arrange();
}

void GalleryView::setSide(int side)
{
    if (!m_compact)
        (void)m_parts.settings.setValue(keys::kThumbnailSide, std::clamp(side, kLeastSide, kMostSide));
}

/// Sizes of the grid, and the bar; the picture at the top stays there.
void GalleryView::arrange()
{
    if (m_arranging)
        return;
    m_arranging = true;
    const int gap = m_compact ? kCompactGap : kGap;
    const int width = std::max(1, viewport()->width());
    if (m_compact) {
        m_columns = width >= kTwoColumns ? 2 : 1;
        m_side = std::clamp(width / m_columns - gap, 32, kMostSide);
    } else {
        m_columns = std::max(1, width / (m_side + gap));
    }
    m_pitch = QSize(width / m_columns, m_side + gap);
    const int rows = (m_model.rowCount() + m_columns - 1) / m_columns;
    QScrollBar *bar = verticalScrollBar();
    bar->setSingleStep(std::max(1, m_pitch.height() / 2));
    bar->setPageStep(viewport()->height());
    bar->setRange(0, std::max(0, rows * m_pitch.height() - viewport()->height()));
    const int anchor = m_anchor ? m_model.rowOf(m_anchor) : -1;
    if (bar->value() > 0 && anchor >= 0)
        bar->setValue(anchor / m_columns * m_pitch.height() + m_anchorOffset);
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
    const int line = top / m_pitch.height();
    const PictureEntry *first = m_model.at(line * m_columns);
    m_anchor = first ? first->id : 0;
    m_anchorOffset = top - line * m_pitch.height();
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
    return {row % m_columns * m_pitch.width(), row / m_columns * m_pitch.height() - verticalOffset(), m_pitch.width(),
            m_pitch.height()};
}

QRect GalleryView::visualRect(const QModelIndex &index) const
{
    return index.isValid() ? cell(index.row()) : QRect();
}

QModelIndex GalleryView::indexAt(const QPoint &point) const
{
    const int y = point.y() + verticalOffset();
    if (y < 0 || point.x() < 0 || point.x() >= m_columns * m_pitch.width())
        return {};
    const int row = y / m_pitch.height() * m_columns + point.x() / m_pitch.width();
    if (row >= m_model.rowCount())
        return {};
    // Between the frames nothing is hit: there a rubber band begins.
    const QPoint centre = cell(row).center();
    const int reach = m_side / 2 + GalleryPainter::kFrame;
    return std::abs(point.x() - centre.x()) <= reach && std::abs(point.y() - centre.y()) <= reach
               ? m_model.index(row, 0)
               : QModelIndex();
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
    const int first = verticalOffset() / m_pitch.height() * m_columns;
    const int last = ((verticalOffset() + viewport()->height() - 1) / m_pitch.height() + 1) * m_columns - 1;
    return {first, std::min(last, m_model.rowCount() - 1)};
}

void GalleryView::scrollContentsBy(int dx, int dy)
{
    scrollDirtyRegion(dx, dy);
    viewport()->scroll(dx, dy);
    noteAnchor();
    askLater();
}

ThumbnailKey GalleryView::keyOf(const PictureEntry &entry) const
{
    return {entry.file, std::min(PictureFiles::kThumbnailSide, qRound(m_side * devicePixelRatioF())), isVeiled(entry)};
}

void GalleryView::askLater()
{
    if (isVisible() && !m_ask.isActive())
        m_ask.start();
}

/// What is in sight, then what a page further down and up would bring.
void GalleryView::ask()
{
    if (!isVisible())
        return;
    const auto [first, last] = visibleRows();
    const int page = std::max(0, last - first + 1);
    QList<ThumbnailKey> keys;
    const auto add = [&](int from, int to) {
        for (int row = std::max(0, from); row <= to; ++row) {
            if (const PictureEntry *entry = m_model.at(row))
                keys.append(keyOf(*entry));
        }
    };
    add(first, last);
    add(last + 1, last + page);
    add(first - page, first - 1);
    m_loader.want(keys);
    m_describe.start();
    viewport()->update();
}

void GalleryView::showLoaded(const QString &file)
{
    const auto [first, last] = visibleRows();
    for (int row = first; row <= last; ++row) {
        if (m_model.at(row)->file == file)
            viewport()->update(cell(row));
    }
}

bool GalleryView::isVeiled(const PictureEntry &entry) const
{
    return entry.flagged && m_blurs && !m_revealed.contains(entry.id);
}

void GalleryView::setRevealed(const QList<PictureId> &ids, bool revealed)
{
    for (const PictureId id : ids) {
        if (revealed)
            m_revealed.insert(id);
        else
            m_revealed.remove(id);
    }
    askLater();
    viewport()->update();
}

void GalleryView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const auto [first, last] = visibleRows();
    const int current = hasFocus() ? currentIndex().row() : -1;
    for (int row = first; row <= last; ++row) {
        const QRect rect = cell(row);
        if (!event->region().intersects(rect))
            continue;
        const PictureEntry *entry = m_model.at(row);
        const bool isVeiled = this->isVeiled(*entry);
        const bool isSelected = selectionModel()->isSelected(m_model.index(row, 0));
        m_painter.paint(painter, {rect, m_side, entry, m_loader.find(keyOf(*entry)), isSelected, row == current,
                                  row == m_hovered, isVeiled});
    }
    if (const std::optional<QRect> shown = band()) {
        QColor fill = m_parts.theme.color(Token::Accent);
        painter.setPen(fill);
        fill.setAlphaF(0.15F);
        painter.setBrush(fill);
        painter.drawRect(shown->adjusted(0, 0, -1, -1));
    }
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
