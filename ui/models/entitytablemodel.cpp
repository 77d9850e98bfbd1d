// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/entitytablemodel.h"

#include "core/base/displaytext.h"
#include "ui/models/naturalsort.h"
#include "ui/models/roles.h"
#include "ui/models/rowdiff.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace novita {

namespace {

// A slice of a big batch: short enough that typing and scrolling never wait for it.
constexpr std::chrono::milliseconds kSliceBudget{8};
constexpr int kRowsBetweenBudgetChecks = 32;
// Beyond this many separate runs of entering and leaving rows, one layoutChanged is cheaper for every view.
constexpr std::size_t kMostRuns = 24;
constexpr std::chrono::seconds kLiveSortInterval{10};

std::chrono::milliseconds elapsed(const QElapsedTimer &timer)
{
    return std::chrono::milliseconds(timer.elapsed());
}

std::size_t at(int slot)
{
    return static_cast<std::size_t>(slot);
}

} // namespace

SortValue SortValue::ofText(QStringView value)
{
    return {!value.isEmpty(), 0, naturalSortKey(value)};
}

EntityTableModel::EntityTableModel(QList<TableColumn> columns, EntityStoreBase &store, QObject *parent)
    : QAbstractTableModel(parent), m_store(store), m_columns(std::move(columns)), m_wasStale(store.isStale())
{
    Q_ASSERT(m_columns.size() <= 64);
    for (int column = 0; column < m_columns.size(); ++column) {
        if (m_columns.at(column).live)
            m_liveColumns |= ColumnMask(1) << column;
    }
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { drain(kSliceBudget); });
    connect(&store, &EntityStoreBase::inserted, this, &EntityTableModel::enqueue);
    connect(&store, &EntityStoreBase::changed, this, &EntityTableModel::enqueue);
    connect(&store, &EntityStoreBase::removed, this, &EntityTableModel::enqueue);
    connect(&store, &EntityStoreBase::wasReset, this, &EntityTableModel::resetRows);
    connect(&store, &EntityStoreBase::freshnessChanged, this, &EntityTableModel::noteFreshness);
}

EntityTableModel::~EntityTableModel() = default;

void EntityTableModel::loadAll(const QStringList &ids)
{
    enqueue(ids);
}

int EntityTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int EntityTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant EntityTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int slot = m_shown[at(index.row())];
    switch (role) {
    case IdRole:
        return m_rows[at(slot)].id;
    case SortRole: {
        const SortValue value = slotSortValue(slot, index.column());
        if (!value.known)
            return {};
        return value.text.isEmpty() ? QVariant(value.number) : QVariant(value.text);
    }
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (m_columns.at(index.column()).numeric ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::DisplayRole:
    case NoteRole: {
        // What the cloud says may be of any length and hold anything; a cell is one line that one can read.
        const QVariant text = slotData(slot, index.column(), role);
        return text.isValid() ? QVariant(displayLine(text.toString())) : text;
    }
    default:
        return slotData(slot, index.column(), role);
    }
}

QVariant EntityTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return {};
    if (role == Qt::DisplayRole)
        return headerText(section);
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (m_columns.at(section).numeric ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

int EntityTableModel::columnOf(QStringView columnId) const
{
    const auto it = std::find_if(m_columns.cbegin(), m_columns.cend(),
                                 [columnId](const TableColumn &column) { return column.id == columnId; });
    return it == m_columns.cend() ? -1 : static_cast<int>(it - m_columns.cbegin());
}

QString EntityTableModel::idAt(int row) const
{
    return row < 0 || row >= rowCount() ? QString() : m_rows[at(m_shown[at(row)])].id;
}

int EntityTableModel::rowOf(const QString &id) const
{
    const int slot = slotOf(id);
    return slot < 0 ? -1 : rowsOfSlots()[at(slot)];
}

const std::vector<int> &EntityTableModel::rowsOfSlots() const
{
    if (!m_rowOfSlotValid) {
        m_rowOfSlot.assign(m_rows.size(), -1);
        for (int row = 0; row < static_cast<int>(m_shown.size()); ++row)
            m_rowOfSlot[at(m_shown[at(row)])] = row;
        m_rowOfSlotValid = true;
    }
    return m_rowOfSlot;
}

// ---- taking over what the store tells

void EntityTableModel::enqueue(const QStringList &ids)
{
    for (const QString &id : ids) {
        if (!m_queued.contains(id)) {
            m_queued.insert(id);
            m_pending.push_back(id);
        }
    }
    schedule();
}

void EntityTableModel::schedule()
{
    if (!hasPending() || m_timer.isActive())
        return;
    // After a quiet time the first news shows at once; news that keep coming are collected.
    const std::chrono::milliseconds since = m_sinceFlush.isValid() ? elapsed(m_sinceFlush) : m_interval;
    m_timer.start(std::max<std::chrono::milliseconds>(m_interval - since, {}));
}

void EntityTableModel::flush()
{
    drain(std::nullopt);
}

void EntityTableModel::drain(std::optional<std::chrono::milliseconds> budget)
{
    m_timer.stop();
    if (!hasPending())
        return;
    QElapsedTimer spent;
    spent.start();
    Batch batch;
    int taken = 0;
    while (hasPending()) {
        const QString id = std::move(m_pending[m_pendingHead++]);
        m_queued.remove(id);
        takeOver(id, &batch);
        if (budget && ++taken % kRowsBetweenBudgetChecks == 0 && elapsed(spent) >= *budget)
            break;
    }
    const bool more = hasPending();
    if (!more) {
        m_pending.clear();
        m_pendingHead = 0;
    }
    apply(std::move(batch));
    m_sinceFlush.start();
    if (more)
        m_timer.start(0);
    emit updated();
}

void EntityTableModel::takeOver(const QString &id, Batch *batch)
{
    const int known = slotOf(id);
    if (!storeHas(id)) {
        if (known >= 0) {
            m_rows[at(known)].matches = false;
            batch->dead.push_back(known);
            batch->membership = true;
        }
        return;
    }
    const bool isNew = known < 0;
    const int slot = isNew ? takeSlot(id) : known;
    const ColumnMask seen = loadSlot(slot, id, isNew);
    const bool matched = m_rows[at(slot)].matches;
    const SortValue keyBefore = std::move(m_rows[at(slot)].key);
    const QString tieBefore = std::move(m_rows[at(slot)].tie);
    prepareRow(slot);
    const Row &row = m_rows[at(slot)];
    if (isNew || row.key != keyBefore || row.tie != tieBefore)
        batch->moved.push_back(slot);
    if (row.matches != matched)
        batch->membership = true;
    if (!isNew && seen != 0)
        batch->changed.emplace_back(slot, seen);
}

void EntityTableModel::prepareRow(int slot)
{
    Row &row = m_rows[at(slot)];
    row.haystack = RowFilter::haystack(slotFilterTexts(slot));
    row.matches = m_filter.matches(row.haystack);
    row.tie = naturalSortKey(slotTieText(slot));
    row.key = m_sortColumn < 0 ? SortValue::unknown() : slotSortValue(slot, m_sortColumn);
}

int EntityTableModel::takeSlot(const QString &id)
{
    int slot = 0;
    if (m_freeSlots.empty()) {
        slot = static_cast<int>(m_rows.size());
        m_rows.emplace_back();
        m_rowOfSlotValid = false;
    } else {
        slot = m_freeSlots.back();
        m_freeSlots.pop_back();
    }
    m_rows[at(slot)].id = id;
    m_slotOfId.insert(id, slot);
    return slot;
}

void EntityTableModel::releaseSlot(int slot)
{
    m_slotOfId.remove(m_rows[at(slot)].id);
    m_rows[at(slot)] = Row();
    dropSlot(slot);
    m_freeSlots.push_back(slot);
}

void EntityTableModel::apply(Batch batch)
{
    if (!batch.moved.empty() || !batch.dead.empty())
        mergeMoved(batch);
    if (batch.membership || !batch.moved.empty())
        showRows(filtered());
    // Only now: views may still have asked for the rows while they were taken out.
    for (const int slot : batch.dead)
        releaseSlot(slot);
    announce(std::move(batch.changed));
}

// ---- order and filter

bool EntityTableModel::lessThan(int left, int right) const
{
    const Row &a = m_rows[at(left)];
    const Row &b = m_rows[at(right)];
    if (a.key.known != b.key.known)
        return a.key.known;
    const bool ascending = m_sortOrder == Qt::AscendingOrder;
    if (a.key.number < b.key.number)
        return ascending;
    if (b.key.number < a.key.number)
        return !ascending;
    if (const int order = a.key.text.compare(b.key.text); order != 0)
        return ascending ? order < 0 : order > 0;
    if (const int order = a.tie.compare(b.tie); order != 0)
        return order < 0;
    return a.id < b.id;
}

void EntityTableModel::mergeMoved(const Batch &batch)
{
    const auto less = [this](int left, int right) { return lessThan(left, right); };
    SlotSet leaving(batch.moved, m_rows.size());
    leaving.add(batch.dead);
    std::erase_if(m_sorted, [&leaving](int slot) { return leaving.contains(slot); });
    std::vector<int> moved = batch.moved;
    std::sort(moved.begin(), moved.end(), less);
    std::vector<int> merged;
    merged.reserve(m_sorted.size() + moved.size());
    std::merge(m_sorted.cbegin(), m_sorted.cend(), moved.cbegin(), moved.cend(), std::back_inserter(merged), less);
    m_sorted = std::move(merged);
}

void EntityTableModel::sort(int column, Qt::SortOrder order)
{
    column = column < columnCount() ? std::max(column, -1) : -1;
    if (column == m_sortColumn && order == m_sortOrder)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    resortAll();
}

void EntityTableModel::resortAll()
{
    for (const int slot : m_sorted)
        m_rows[at(slot)].key = m_sortColumn < 0 ? SortValue::unknown() : slotSortValue(slot, m_sortColumn);
    const auto less = [this](int left, int right) { return lessThan(left, right); };
    m_sinceLiveSort.start();
    if (std::is_sorted(m_sorted.cbegin(), m_sorted.cend(), less))
        return;
    std::sort(m_sorted.begin(), m_sorted.end(), less);
    showRows(filtered());
}

void EntityTableModel::setFilter(const QString &text)
{
    m_filterText = text;
    RowFilter filter(text, filterFields());
    if (filter == m_filter)
        return;
    m_filter = std::move(filter);
    for (Row &row : m_rows)
        row.matches = m_filter.matches(row.haystack);
    showRows(filtered());
    emit updated();
}

std::vector<int> EntityTableModel::filtered() const
{
    std::vector<int> next;
    next.reserve(m_sorted.size());
    std::copy_if(m_sorted.cbegin(), m_sorted.cend(), std::back_inserter(next),
                 [this](int slot) { return m_rows[at(slot)].matches; });
    return next;
}

// ---- telling the views

void EntityTableModel::showRows(std::vector<int> next)
{
    if (next == m_shown)
        return;
    const SlotSet before(m_shown, m_rows.size());
    const SlotSet after(next, m_rows.size());
    const std::vector<RowRun> leaving = after.runsOutside(m_shown);
    const std::vector<RowRun> entering = before.runsOutside(next);
    if (leaving.size() + entering.size() > kMostRuns) {
        relayout(std::move(next));
        return;
    }
    for (auto run = leaving.crbegin(); run != leaving.crend(); ++run) {
        beginRemoveRows({}, run->first, run->second);
        m_shown.erase(m_shown.begin() + run->first, m_shown.begin() + run->second + 1);
        m_rowOfSlotValid = false;
        endRemoveRows();
    }
    if (std::vector<int> staying = before.common(next); staying != m_shown)
        relayout(std::move(staying));
    for (const RowRun &run : entering) {
        beginInsertRows({}, run.first, run.second);
        m_shown.insert(m_shown.begin() + run.first, next.cbegin() + run.first, next.cbegin() + run.second + 1);
        m_rowOfSlotValid = false;
        endInsertRows();
    }
}

void EntityTableModel::relayout(std::vector<int> next)
{
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList from = persistentIndexList();
    const std::vector<int> before = std::exchange(m_shown, std::move(next));
    m_rowOfSlotValid = false;
    QModelIndexList to;
    to.reserve(from.size());
    for (const QModelIndex &index : from) {
        const int row = rowsOfSlots()[at(before[at(index.row())])];
        to.append(row < 0 ? QModelIndex() : createIndex(row, index.column()));
    }
    changePersistentIndexList(from, to);
    emit layoutChanged({}, VerticalSortHint);
}

void EntityTableModel::announce(std::vector<std::pair<int, ColumnMask>> changed)
{
    const std::vector<int> &rows = rowsOfSlots();
    for (auto &[place, mask] : changed)
        place = rows[at(place)];
    std::erase_if(changed, [](const auto &entry) { return entry.first < 0; });
    std::sort(changed.begin(), changed.end());
    if (changed.size() > m_shown.size() / 2) {
        ColumnMask all = 0;
        for (const auto &entry : changed)
            all |= entry.second;
        if (!changed.empty())
            announceCells(changed.front().first, changed.back().first, all);
        return;
    }
    for (auto first = changed.cbegin(); first != changed.cend();) {
        auto last = first;
        while (std::next(last) != changed.cend() && std::next(last)->first == last->first + 1
               && std::next(last)->second == first->second)
            ++last;
        announceCells(first->first, last->first, first->second);
        first = std::next(last);
    }
}

void EntityTableModel::announceCells(int firstRow, int lastRow, ColumnMask mask)
{
    for (int column = 0; column < columnCount(); ++column) {
        if (!(mask >> column & 1))
            continue;
        const int firstColumn = column;
        while (column + 1 < columnCount() && (mask >> (column + 1) & 1))
            ++column;
        emit dataChanged(index(firstRow, firstColumn), index(lastRow, column));
    }
}

void EntityTableModel::tick(int firstRow, int lastRow)
{
    if (m_sortColumn >= 0 && m_columns.at(m_sortColumn).live
        && (!m_sinceLiveSort.isValid() || elapsed(m_sinceLiveSort) >= kLiveSortInterval))
        resortAll();
    firstRow = std::max(firstRow, 0);
    lastRow = std::min(lastRow, rowCount() - 1);
    if (firstRow <= lastRow)
        announceCells(firstRow, lastRow, m_liveColumns);
}

void EntityTableModel::noteFreshness()
{
    if (m_store.isStale() == m_wasStale)
        return;
    m_wasStale = m_store.isStale();
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {StaleRole});
}

void EntityTableModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    // Words that the filter looks at (state names) are in another language now as well.
    for (const int slot : m_sorted)
        prepareRow(slot);
    const auto less = [this](int left, int right) { return lessThan(left, right); };
    std::sort(m_sorted.begin(), m_sorted.end(), less);
    showRows(filtered());
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void EntityTableModel::resetRows()
{
    beginResetModel();
    m_timer.stop();
    m_pending.clear();
    m_pendingHead = 0;
    m_queued.clear();
    m_rows.clear();
    m_freeSlots.clear();
    m_slotOfId.clear();
    m_sorted.clear();
    m_shown.clear();
    m_rowOfSlotValid = false;
    clearSlots();
    endResetModel();
    emit updated();
}

} // namespace novita
