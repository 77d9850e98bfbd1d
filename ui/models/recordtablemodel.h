// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/entitytablemodel.h"
#include "ui/models/roles.h"

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

namespace novita {

/// The typed half of EntityTableModel: keeps a Record per entity, taken over from the store batch by batch, so that what is
/// shown, sorted and filtered is always one consistent state. Record is the entity itself or a smaller struct made from it.
///
/// A subclass tells its columns, header texts, cells, sort values and filter texts, and calls `loadFromStore()` at the end
/// of its constructor.
template<typename Entity, typename Record = Entity>
class RecordTableModel : public EntityTableModel
{
public:
    /// nullptr when `row` is not shown. Valid until control returns to the event loop.
    const Record *recordAt(int row) const
    {
        const QString id = idAt(row);
        return id.isEmpty() ? nullptr : recordOf(id);
    }
    const Record *recordOf(const QString &id) const
    {
        const int slot = slotOf(id);
        return slot < 0 ? nullptr : &at(slot);
    }

protected:
    RecordTableModel(QList<TableColumn> columns, EntityStore<Entity> &store, QObject *parent)
        : EntityTableModel(std::move(columns), store, parent), m_entities(store)
    {
    }

    void loadFromStore()
    {
        QStringList ids;
        ids.reserve(m_entities.size());
        for (const auto &id : m_entities.ids())
            ids.append(id.toString());
        loadAll(ids);
    }

    virtual Record makeRecord(const Entity &entity) const = 0;
    /// DisplayRole, ToolTipRole, AccessibleTextRole and the roles of roles.h but IdRole and SortRole.
    virtual QVariant cell(const Record &record, int column, int role) const = 0;
    virtual SortValue sortValue(const Record &record, int column) const = 0;
    /// One text per name in filterFields(), in that order.
    virtual QStringList filterTexts(const Record &record) const = 0;
    /// Orders rows that are equal in the sorted column, before the id does.
    virtual QString tieText(const Record &record) const
    {
        Q_UNUSED(record)
        return {};
    }
    /// Whether a cell looks the same before and after a change.
    virtual bool sameCell(const Record &before, const Record &after, int column) const
    {
        static constexpr std::array<int, 7> kSeen{Qt::DisplayRole, Qt::ToolTipRole, ToneRole, IconNameRole,
                                                  NoteRole, ChangingRole, StaleRole};
        for (const int role : kSeen) {
            if (cell(before, column, role) != cell(after, column, role))
                return false;
        }
        return true;
    }

    const EntityStore<Entity> &entities() const { return m_entities; }

private:
    using Id = typename EntityStore<Entity>::Id;

    const Record &at(int slot) const { return m_records[static_cast<std::size_t>(slot)]; }

    bool storeHas(const QString &id) const final { return m_entities.contains(Id(id)); }

    ColumnMask loadSlot(int slot, const QString &id, bool isNew) final
    {
        const auto place = static_cast<std::size_t>(slot);
        if (m_records.size() <= place)
            m_records.resize(place + 1);
        Record next = makeRecord(*m_entities.find(Id(id)));
        ColumnMask mask = 0;
        for (int column = 0; !isNew && column < columns().size(); ++column) {
            if (!sameCell(m_records[place], next, column))
                mask |= ColumnMask(1) << column;
        }
        m_records[place] = std::move(next);
        return mask;
    }

    void dropSlot(int slot) final { m_records[static_cast<std::size_t>(slot)] = Record(); }
    void clearSlots() final { m_records.clear(); }

    QVariant slotData(int slot, int column, int role) const final { return cell(at(slot), column, role); }
    SortValue slotSortValue(int slot, int column) const final { return sortValue(at(slot), column); }
    QString slotTieText(int slot) const final { return tieText(at(slot)); }
    QStringList slotFilterTexts(int slot) const final { return filterTexts(at(slot)); }

    EntityStore<Entity> &m_entities;
    std::vector<Record> m_records; ///< by slot
};

} // namespace novita
