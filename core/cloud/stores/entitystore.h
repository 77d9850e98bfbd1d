// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/cloud/types/instance.h"
#include "core/cloud/types/product.h"
#include "core/cloud/types/resources.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QStringList>

#include <optional>
#include <utility>

namespace novita {

/// The untyped half of a store: signals and the age of its data. Ids travel as text.
class EntityStoreBase : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EntityStoreBase)

public:
    explicit EntityStoreBase(QObject *parent = nullptr) : QObject(parent) {}

    /// When the whole list was last confirmed by the cloud; nullopt = never.
    std::optional<TimePoint> refreshedAt() const { return m_refreshedAt; }
    /// The refresh that failed last, until the next success.
    const std::optional<Error> &lastError() const { return m_lastError; }
    /// Failed refreshes since the last success. From 3 on the data counts as stale.
    int missedRefreshes() const { return m_missed; }
    bool isStale() const { return m_missed >= 3; }
    bool isRefreshing() const { return m_refreshing; }
    /// How often it was reset: an answer to a question of another number is about another account.
    quint64 account() const { return m_resets; }

    void setRefreshing(bool on);
    void markRefreshed(TimePoint at);     ///< clears the error
    void markRefreshFailed(const Error &error); ///< a canceled refresh does not count

    /// Calls `slot` of `receiver` after inserted, changed, removed and wasReset: for what is made of all rows.
    template<typename Receiver, typename Slot>
    void followRows(const Receiver *receiver, Slot slot) const
    {
        for (const auto signal : {&EntityStoreBase::inserted, &EntityStoreBase::changed, &EntityStoreBase::removed})
            connect(this, signal, receiver, slot);
        connect(this, &EntityStoreBase::wasReset, receiver, slot);
    }

signals:
    void inserted(const QStringList &ids);
    void changed(const QStringList &ids);
    void removed(const QStringList &ids);
    void wasReset();                      ///< everything is gone: a profile switch
    /// Age, error or refreshing changed.
    void freshnessChanged();

protected:
    void resetFreshness();

private:
    std::optional<TimePoint> m_refreshedAt;
    std::optional<Error> m_lastError;
    int m_missed = 0;
    bool m_refreshing = false;
    quint64 m_resets = 0;
};

/// The current truth about one kind of entity, by id. Written by workflows only; everything that shows or serves data
/// listens to its signals. Signals come after the change, one per batch. Entity needs `Id id` and operator==.
///
/// A store that keeps more beside each row overrides the hooks: they see every change, whichever call made it.
template<typename Entity>
class EntityStore : public EntityStoreBase
{
public:
    using Id = decltype(Entity::id);
    using EntityStoreBase::EntityStoreBase;

    const Entity *find(const Id &id) const
    {
        const auto it = m_rows.constFind(id);
        return it == m_rows.constEnd() ? nullptr : &*it;
    }
    bool contains(const Id &id) const { return m_rows.contains(id); }
    qsizetype size() const { return m_rows.size(); }
    bool isEmpty() const { return m_rows.isEmpty(); }
    /// Insertion order.
    const QList<Id> &ids() const { return m_order; }
    QList<Entity> all() const
    {
        QList<Entity> out;
        out.reserve(m_order.size());
        for (const Id &id : m_order)
            out.append(m_rows.value(id));
        return out;
    }

    /// Inserts or updates; tells only of rows that really differ.
    void upsert(const QList<Entity> &rows) { merge(rows, false); }
    /// As upsert, and removes what `rows` does not hold: the answer of a complete list.
    void replaceAll(const QList<Entity> &rows)
    {
        m_absences.clear();
        merge(rows, true);
    }

    /// The answer of a list some rows of which could not be read: as upsert. What it lacks may be one of those rows; only
    /// what kMostAbsences such lists in a row lack is removed, as a row that stays unreadable must not keep others for ever.
    void adoptPartial(const QList<Entity> &rows)
    {
        QHash<Id, int> absences;
        for (const Id &id : std::as_const(m_order))
            absences.insert(id, m_absences.value(id) + 1);
        for (const Entity &row : rows)
            absences.remove(row.id);
        m_absences = absences;
        QList<Id> gone;
        for (const Id &id : std::as_const(m_order)) {
            if (absences.value(id) >= kMostAbsences)
                gone.append(id);
        }
        remove(gone);
        merge(rows, false);
    }

    void remove(const QList<Id> &ids)
    {
        QStringList gone;
        QSet<Id> goneIds;
        for (const Id &id : ids) {
            m_absences.remove(id);
            if (m_rows.remove(id)) {
                gone.append(id.toString());
                goneIds.insert(id);
                rowRemoved(id);
            }
        }
        if (gone.isEmpty())
            return;
        m_order.removeIf([&goneIds](const Id &id) { return goneIds.contains(id); });
        emit removed(gone);
    }

    void reset()
    {
        m_rows.clear();
        m_order.clear();
        m_absences.clear();
        allRemoved();
        resetFreshness();
        emit wasReset();
    }

protected:
    /// Hooks, called before the signals of the batch; they must not change rows. `before` is null for a new row.
    virtual void rowWritten(const Entity *before, const Entity &after)
    {
        Q_UNUSED(before)
        Q_UNUSED(after)
    }
    virtual void rowRemoved(const Id &id) { Q_UNUSED(id) }
    virtual void allRemoved() {}
    /// After the signals of an upsert or replaceAll.
    virtual void batchEnded() {}

private:
    void merge(const QList<Entity> &rows, bool complete)
    {
        QStringList insertedIds;
        QStringList changedIds;
        QSet<Id> seen;
        if (complete)
            seen.reserve(rows.size());
        for (const Entity &row : rows) {
            if (complete)
                seen.insert(row.id);
            auto it = m_rows.find(row.id);
            if (it == m_rows.end()) {
                m_rows.insert(row.id, row);
                m_order.append(row.id);
                insertedIds.append(row.id.toString());
                rowWritten(nullptr, row);
            } else if (!(*it == row)) {
                const Entity before = std::exchange(*it, row);
                changedIds.append(row.id.toString());
                rowWritten(&before, row);
            }
        }
        if (complete && m_rows.size() != seen.size()) {
            QList<Id> gone;
            for (const Id &id : std::as_const(m_order)) {
                if (!seen.contains(id))
                    gone.append(id);
            }
            remove(gone);
        }
        if (!insertedIds.isEmpty())
            emit inserted(insertedIds);
        if (!changedIds.isEmpty())
            emit changed(changedIds);
        batchEnded();
    }

    static constexpr int kMostAbsences = 3;

    QHash<Id, Entity> m_rows;
    QList<Id> m_order;
    QHash<Id, int> m_absences; ///< partial lists in a row that lacked a row
};

using ProductStore = EntityStore<Product>;
using TemplateStore = EntityStore<InstanceTemplate>;
using ClusterStore = EntityStore<Cluster>;
using RegistryAuthStore = EntityStore<RegistryAuth>;
using StorageStore = EntityStore<NetworkStorage>;
using NetworkStore = EntityStore<VpcNetwork>;
using JobStore = EntityStore<Job>;

} // namespace novita
