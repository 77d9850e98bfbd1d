// SPDX-License-Identifier: GPL-3.0-or-later
// The thumbnails in sight: asked for, veiled and painted.
#include "ui/gallery/galleryview.h"

#include "ui/gallery/gallerymodel.h"
#include "ui/theme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace novita {

ThumbnailKey GalleryView::keyOf(const PictureEntry &entry) const
{
    return {entry.file, std::min(PictureFiles::kThumbnailSide, qRound(side() * devicePixelRatioF())), isVeiled(entry)};
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
        if (m_model.at(row)->file != file)
            continue;
        if (const Thumbnail *there = m_loader.find(keyOf(*m_model.at(row))))
            m_model.noteFile(file, !there->isFileMissing);
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
        m_painter.paint(painter, {rect, side(), entry, m_loader.find(keyOf(*entry)), isSelected, row == current,
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

} // namespace novita
