// SPDX-License-Identifier: GPL-3.0-or-later
// What was read anew comes into the rows as differences, so that selection and current row stay with their pictures.
#include "ui/gallery/gallerymodel.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace novita {

namespace {

constexpr int kMostRuns = 32; ///< of rows that go or come one run after the other

} // namespace

void GalleryModel::bringIn(const QList<PictureEntry> &entries)
{
    if (m_rows.isEmpty() || entries.isEmpty()) {
        replaceRows(entries);
        return;
    }
    QSet<PictureId> next;
    next.reserve(entries.size());
    for (const PictureEntry &entry : entries)
        next.insert(entry.id);
    removeMissing(next);
    QSet<PictureId> known;
    known.reserve(m_rows.size());
    for (const PictureEntry &entry : std::as_const(m_rows))
        known.insert(entry.id);
    insertNew(entries, known);
    order(entries);
    int first = -1, last = -1;
    for (int row = 0; row < entries.size(); ++row) {
        if (entries.at(row) == m_rows.at(row))
            continue;
        m_rows[row] = entries.at(row);
        first = first < 0 ? row : first;
        last = row;
    }
    reindex();
    if (first >= 0)
        emit dataChanged(createIndex(first, 0), createIndex(last, 0));
}

/// From nothing, or to nothing.
void GalleryModel::replaceRows(const QList<PictureEntry> &entries)
{
    if (!m_rows.isEmpty()) {
        beginRemoveRows({}, 0, static_cast<int>(m_rows.size()) - 1);
        m_rows.clear();
        m_rowOf.clear();
        endRemoveRows();
    }
    if (!entries.isEmpty()) {
        beginInsertRows({}, 0, static_cast<int>(entries.size()) - 1);
        m_rows = entries;
        reindex();
        endInsertRows();
    }
}

/// Many runs would be a step each through all rows: those that go are gathered at the end first.
void GalleryModel::removeMissing(const QSet<PictureId> &kept)
{
    const auto stays = [&kept](const PictureEntry &entry) { return kept.contains(entry.id); };
    int runs = 0;
    for (int row = 0; row < m_rows.size(); ++row)
        runs += !stays(m_rows.at(row)) && (row == 0 || stays(m_rows.at(row - 1))) ? 1 : 0;
    if (runs > kMostRuns) {
        QList<PictureEntry> gathered = m_rows;
        std::stable_partition(gathered.begin(), gathered.end(), stays);
        order(gathered);
    }
    for (int last = static_cast<int>(m_rows.size()) - 1; last >= 0; --last) {
        if (stays(m_rows.at(last)))
            continue;
        int first = last;
        while (first > 0 && !stays(m_rows.at(first - 1)))
            --first;
        beginRemoveRows({}, first, last);
        m_rows.remove(first, last - first + 1);
        reindex();
        endRemoveRows();
        last = first;
    }
}

/// Where they belong when they are few, else at the end: order() follows.
void GalleryModel::insertNew(const QList<PictureEntry> &entries, const QSet<PictureId> &known)
{
    QList<QPair<int, int>> runs; // in `entries`
    for (int row = 0; row < entries.size(); ++row) {
        if (known.contains(entries.at(row).id))
            continue;
        if (!runs.isEmpty() && runs.constLast().second == row - 1)
            runs.last().second = row;
        else
            runs.append({row, row});
    }
    if (runs.size() > kMostRuns) {
        QList<PictureEntry> fresh;
        std::copy_if(entries.cbegin(), entries.cend(), std::back_inserter(fresh),
                     [&known](const PictureEntry &entry) { return !known.contains(entry.id); });
        beginInsertRows({}, static_cast<int>(m_rows.size()), static_cast<int>(m_rows.size() + fresh.size()) - 1);
        m_rows += fresh;
        reindex();
        endInsertRows();
        return;
    }
    for (const auto &[first, last] : std::as_const(runs)) {
        const int at = std::min(first, static_cast<int>(m_rows.size()));
        beginInsertRows({}, at, at + last - first);
        m_rows = m_rows.mid(0, at) + entries.mid(first, last - first + 1) + m_rows.mid(at);
        reindex();
        endInsertRows();
    }
}

/// Puts the rows into the order of `entries`, which has the same pictures.
void GalleryModel::order(const QList<PictureEntry> &entries)
{
    const auto same = [](const PictureEntry &a, const PictureEntry &b) { return a.id == b.id; };
    if (std::equal(m_rows.cbegin(), m_rows.cend(), entries.cbegin(), entries.cend(), same))
        return;
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<PictureId> ids;
    ids.reserve(before.size());
    for (const QModelIndex &one : before)
        ids.append(m_rows.at(one.row()).id);
    m_rows = entries;
    reindex();
    QModelIndexList after;
    after.reserve(before.size());
    for (const PictureId id : std::as_const(ids))
        after.append(createIndex(m_rowOf.value(id), 0));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace novita
