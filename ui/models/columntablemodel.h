// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/recordtablemodel.h"

#include <functional>
#include <utility>

namespace novita {

/// One column of a ColumnTableModel. The functions are asked anew whenever texts are: they translate.
template<typename Entity>
struct EntityColumn
{
    TableColumn column;
    std::function<QString()> header;
    std::function<QString(const Entity &)> text;
    std::function<SortValue(const Entity &)> sort;           ///< none: by the text
    std::function<QVariant(const Entity &, int role)> extra; ///< other roles than the text; none: nothing
};

/// A name that may stand before a colon in the filter, and the text that it looks at.
template<typename Entity>
struct EntityFilter
{
    QString name;
    std::function<QString(const Entity &)> text;
};

/// A table over a store that is told its columns one by one: for lists that need no class of their own.
template<typename Entity>
class ColumnTableModel final : public RecordTableModel<Entity>
{
public:
    ColumnTableModel(EntityStore<Entity> &store, QList<EntityColumn<Entity>> columns, QList<EntityFilter<Entity>> filters, QObject *parent = nullptr)
        : RecordTableModel<Entity>(plain(columns), store, parent)
        , m_columns(std::move(columns))
        , m_filters(std::move(filters))
    {
        this->loadFromStore();
    }

    QStringList filterFields() const override
    {
        QStringList out;
        for (const EntityFilter<Entity> &filter : m_filters)
            out.append(filter.name);
        return out;
    }

protected:
    QString headerText(int column) const override { return m_columns.at(column).header(); }
    Entity makeRecord(const Entity &entity) const override { return entity; }
    QVariant cell(const Entity &record, int column, int role) const override
    {
        const EntityColumn<Entity> &one = m_columns.at(column);
        if (role == Qt::DisplayRole)
            return one.text(record);
        return one.extra ? one.extra(record, role) : QVariant();
    }
    SortValue sortValue(const Entity &record, int column) const override
    {
        const EntityColumn<Entity> &one = m_columns.at(column);
        return one.sort ? one.sort(record) : SortValue::ofText(one.text(record));
    }
    QStringList filterTexts(const Entity &record) const override
    {
        QStringList out;
        for (const EntityFilter<Entity> &filter : m_filters)
            out.append(filter.text(record));
        return out;
    }

private:
    static QList<TableColumn> plain(const QList<EntityColumn<Entity>> &columns)
    {
        QList<TableColumn> out;
        for (const EntityColumn<Entity> &one : columns)
            out.append(one.column);
        return out;
    }

    QList<EntityColumn<Entity>> m_columns;
    QList<EntityFilter<Entity>> m_filters;
};

} // namespace novita
