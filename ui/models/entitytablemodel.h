// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/stores/entitystore.h"
#include "ui/models/rowfilter.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

#include <chrono>
#include <utility>
#include <optional>
#include <vector>

namespace novita {

/// A column of an EntityTableModel.
struct TableColumn
{
    QString id;                ///< stable name for saved layouts: "name"; never translated
    bool numeric = false;      ///< right-aligned
    bool live = false;         ///< the text moves with time ("for 12 s"): refreshed by tick()
    int width = 120;           ///< default, in device-independent pixels
    bool shownByDefault = true;
    int leaves = 0;            ///< 0 = always there; of the others the greatest leaves first when the table is too narrow
};

/// What a cell is sorted by. Unknown values stand at the end in both directions.
struct SortValue
{
    bool known = false;
    double number = 0;
    QString text;              ///< naturalSortKey() of what is shown; empty for numbers

    bool operator==(const SortValue &) const = default;
    static SortValue unknown() { return {}; }
    static SortValue ofNumber(double value) { return {true, value, {}}; }
    static SortValue ofText(QStringView value);
};

/// One flat table over a store that sorts and filters itself in batches (QSortFilterProxyModel takes seconds for what this
/// does in milliseconds once matches are scattered over 100,000 rows).
///
/// What the store tells is collected and taken over at most once per flush interval; what comes after a quiet time at once.
/// Rows are merged by id: a selected or current row stays so wherever it goes, only cells that differ are announced, and the model
/// is reset only when the store is (a profile switch). Up to 100,000 rows a batch is worked off in slices of some
/// milliseconds, so that the event loop keeps turning. Thread: UI thread. The store must outlive the model.
///
/// Subclass RecordTableModel (recordtablemodel.h), not this.
class EntityTableModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EntityTableModel)

public:
    static constexpr std::chrono::milliseconds kFlushInterval{150};

    ~EntityTableModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    /// A negative column sorts by id.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    const QList<TableColumn> &columns() const { return m_columns; }
    /// -1 when there is no such column.
    int columnOf(QStringView columnId) const;
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }

    /// Takes effect at once. The language: see RowFilter.
    void setFilter(const QString &text);
    QString filter() const { return m_filterText; }
    /// The names that may stand before a colon in the filter.
    virtual QStringList filterFields() const = 0;

    /// Rows held, whether the filter shows them or not.
    int totalCount() const { return static_cast<int>(m_slotOfId.size()); }
    /// Whether the filter shows it or not.
    bool holds(const QString &id) const { return m_slotOfId.contains(id); }
    /// Empty text when `row` is not shown.
    QString idAt(int row) const;
    /// -1 when the id is unknown or filtered away.
    int rowOf(const QString &id) const;

    void setFlushInterval(std::chrono::milliseconds interval) { m_interval = interval; }
    /// Takes over everything the store has told, now and in one go.
    void flush();
    bool hasPending() const { return m_pendingHead < m_pending.size(); }

    /// Once a second from the page, with the rows on screen: the cells of live columns are announced as changed, nothing else.
    void tick(int firstRow, int lastRow);
    /// After a change of language: every text anew.
    void retranslate();

signals:
    /// A batch was taken over, or the filter changed: counts may differ.
    void updated();

protected:
    using ColumnMask = quint64; ///< bit per column

    EntityTableModel(QList<TableColumn> columns, EntityStoreBase &store, QObject *parent);
    /// For the end of the subclass' constructor: queues what the store holds already.
    void loadAll(const QStringList &ids);
    /// What a record is made of beside the store has changed: they are taken over anew, as after a change of the store.
    void enqueue(const QStringList &ids);

    virtual QString headerText(int column) const = 0;

    // Slots are the model's places for records: stable numbers while the entity lives, reused afterwards.
    virtual bool storeHas(const QString &id) const = 0;
    /// Reads `id` from the store into `slot`; returns the columns that look different now (anything for a new slot).
    virtual ColumnMask loadSlot(int slot, const QString &id, bool isNew) = 0;
    virtual void dropSlot(int slot) = 0;
    virtual void clearSlots() = 0;
    virtual QVariant slotData(int slot, int column, int role) const = 0;
    virtual SortValue slotSortValue(int slot, int column) const = 0;
    virtual QString slotTieText(int slot) const = 0;
    virtual QStringList slotFilterTexts(int slot) const = 0;

    /// -1 when the id is not held.
    int slotOf(const QString &id) const { return m_slotOfId.value(id, -1); }

private:
    struct Row
    {
        QString id;
        QString haystack;
        QString tie;       ///< orders rows whose sort values are equal
        SortValue key;     ///< for the current sort column
        bool matches = false;
    };
    struct Batch
    {
        std::vector<int> moved;   ///< new, or sort key differs: to be merged in
        std::vector<int> dead;
        std::vector<std::pair<int, ColumnMask>> changed;
        bool membership = false;  ///< something may enter or leave what is shown
    };

    void schedule();
    void drain(std::optional<std::chrono::milliseconds> budget);
    void takeOver(const QString &id, Batch *batch);
    void prepareRow(int slot);
    int takeSlot(const QString &id);
    void releaseSlot(int slot);
    void apply(Batch batch);
    void mergeMoved(const Batch &batch);
    void resortAll();
    bool lessThan(int left, int right) const;
    std::vector<int> filtered() const;
    void showRows(std::vector<int> next);
    void relayout(std::vector<int> next);
    void announce(std::vector<std::pair<int, ColumnMask>> changed);
    void announceCells(int firstRow, int lastRow, ColumnMask mask);
    const std::vector<int> &rowsOfSlots() const;
    void resetRows();
    void noteFreshness();

    EntityStoreBase &m_store;
    QList<TableColumn> m_columns;
    ColumnMask m_liveColumns = 0;

    std::vector<Row> m_rows;       ///< by slot
    std::vector<int> m_freeSlots;
    QHash<QString, int> m_slotOfId;
    std::vector<int> m_sorted;     ///< every used slot, in order
    std::vector<int> m_shown;      ///< those that match, in order: the rows of the model
    mutable std::vector<int> m_rowOfSlot;
    mutable bool m_rowOfSlotValid = false;

    std::vector<QString> m_pending;
    std::size_t m_pendingHead = 0;
    QSet<QString> m_queued;
    std::chrono::milliseconds m_interval = kFlushInterval;
    QTimer m_timer;
    QElapsedTimer m_sinceFlush;
    QElapsedTimer m_sinceLiveSort;

    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    RowFilter m_filter;
    QString m_filterText;
    bool m_wasStale = false;
};

} // namespace novita
