// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskhistory.h"

#include <QImage>

#include <algorithm>
#include <cstring>
#include <utility>

namespace novita {

namespace {

constexpr std::size_t kMostRects = 64; ///< above these a region costs more than it saves
constexpr qint64 kPatchOverhead = 48;  ///< of the list and of the byte array's head

} // namespace

void invertPixels(QImage *mask)
{
    for (int y = 0; y < mask->height(); ++y) {
        uchar *row = mask->scanLine(y);
        std::transform(row, row + mask->width(), row, [](uchar value) { return static_cast<uchar>(255 - value); });
    }
}

MaskHistory::MaskHistory(QSize size, qint64 mostBytes)
    : m_size(size), m_columns((size.width() + kTile - 1) / kTile), m_mostBytes(mostBytes)
{
}

QRect MaskHistory::tileRect(int tile) const
{
    return QRect(tile % m_columns * kTile, tile / m_columns * kTile, kTile, kTile).intersected(QRect(QPoint(), m_size));
}

QByteArray MaskHistory::read(const QImage &mask, int tile) const
{
    const QRect area = tileRect(tile);
    QByteArray pixels(qsizetype(area.width()) * area.height(), Qt::Uninitialized);
    char *out = pixels.data();
    for (int y = area.top(); y <= area.bottom(); ++y, out += area.width())
        std::memcpy(out, mask.constScanLine(y) + area.left(), static_cast<std::size_t>(area.width()));
    const char first = pixels.front();
    if (std::all_of(pixels.cbegin(), pixels.cend(), [first](char value) { return value == first; }))
        return QByteArray(1, first);
    return pixels;
}

void MaskHistory::write(QImage *mask, const Patch &patch) const
{
    const QRect area = tileRect(patch.tile);
    const char *in = patch.pixels.constData();
    for (int y = area.top(); y <= area.bottom(); ++y) {
        uchar *row = mask->scanLine(y) + area.left();
        if (patch.pixels.size() == 1) {
            std::memset(row, static_cast<uchar>(*in), static_cast<std::size_t>(area.width()));
            continue;
        }
        std::memcpy(row, in, static_cast<std::size_t>(area.width()));
        in += area.width();
    }
}

void MaskHistory::begin()
{
    Q_ASSERT(!m_open);
    m_open.emplace();
    const int rows = (m_size.height() + kTile - 1) / kTile;
    m_kept.assign(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(rows), false);
}

void MaskHistory::keep(const QImage &mask, const QRect &area)
{
    Q_ASSERT(m_open);
    const QRect inside = area.intersected(QRect(QPoint(), m_size));
    if (inside.isEmpty())
        return;
    for (int row = inside.top() / kTile; row <= inside.bottom() / kTile; ++row) {
        for (int column = inside.left() / kTile; column <= inside.right() / kTile; ++column) {
            const int tile = row * m_columns + column;
            if (m_kept[static_cast<std::size_t>(tile)])
                continue;
            m_kept[static_cast<std::size_t>(tile)] = true;
            m_open->patches.push_back({tile, read(mask, tile)});
        }
    }
}

bool MaskHistory::finish(const QImage &mask)
{
    Q_ASSERT(m_open);
    Step step = std::move(*m_open);
    m_open.reset();
    std::erase_if(step.patches, [&](const Patch &patch) { return read(mask, patch.tile) == patch.pixels; });
    if (step.patches.empty())
        return false;
    push(std::move(step));
    return true;
}

QRegion MaskHistory::cancel(QImage *mask)
{
    Q_ASSERT(m_open);
    Step step = std::move(*m_open);
    m_open.reset();
    return exchange(mask, &step);
}

void MaskHistory::addInversion()
{
    Step step;
    step.inverts = true;
    push(std::move(step));
}

void MaskHistory::measure(Step *step)
{
    m_bytes -= step->bytes;
    step->bytes = kPatchOverhead;
    for (const Patch &patch : step->patches)
        step->bytes += patch.pixels.size() + kPatchOverhead;
    m_bytes += step->bytes;
}

void MaskHistory::push(Step step)
{
    for (const Step &lost : m_undone)
        m_bytes -= lost.bytes;
    m_undone.clear();
    step.after = ++m_lastState;
    measure(&step);
    m_done.push_back(std::move(step));
    while (m_done.size() > 1 && (m_bytes > m_mostBytes || m_done.size() > std::size_t(kMostSteps))) {
        m_bytes -= m_done.front().bytes;
        m_oldest = m_done.front().after;
        m_done.pop_front();
    }
}

QRegion MaskHistory::exchange(QImage *mask, Step *step)
{
    if (step->inverts) {
        invertPixels(mask);
        return QRegion(QRect(QPoint(), m_size));
    }
    QRect bounds;
    QRegion changed;
    for (Patch &patch : step->patches) {
        QByteArray present = read(*mask, patch.tile);
        write(mask, patch);
        patch.pixels = std::move(present);
        const QRect area = tileRect(patch.tile);
        bounds |= area;
        if (step->patches.size() <= kMostRects)
            changed += area;
    }
    return step->patches.size() <= kMostRects ? changed : QRegion(bounds);
}

QRegion MaskHistory::undo(QImage *mask)
{
    if (m_done.empty() || m_open)
        return {};
    Step step = std::move(m_done.back());
    m_done.pop_back();
    const QRegion changed = exchange(mask, &step);
    measure(&step);
    m_undone.push_back(std::move(step));
    return changed;
}

QRegion MaskHistory::redo(QImage *mask)
{
    if (m_undone.empty() || m_open)
        return {};
    Step step = std::move(m_undone.back());
    m_undone.pop_back();
    const QRegion changed = exchange(mask, &step);
    measure(&step);
    m_done.push_back(std::move(step));
    return changed;
}

} // namespace novita
