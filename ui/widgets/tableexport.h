// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/tabletext.h"

#include <QList>
#include <QObject>
#include <QPersistentModelIndex>
#include <QTimer>

namespace novita {

class EntityTableModel;
class TableView;

/// Writes what a table shows (its rows in their order, its shown columns in theirs) into a file. The rows are read in slices of
/// some milliseconds, since there may be 100,000; the text is made and written on another thread. Rows that leave meanwhile
/// are left out, rows that come are not in it. Deletes itself after finished().
class TableExport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TableExport)

public:
    /// `view` has its model, and both outlive it.
    TableExport(const TableView &view, const QString &path, QObject *parent);

signals:
    void finished(int rows, const QString &path, const novita::Result<novita::Done> &result);

private:
    void readSlice();
    void write();
    /// Where the row that was number `taken` at the start is now; -1 = gone.
    int rowNow(qsizetype taken) const;
    qsizetype takenRows() const;

    const QAbstractItemModel &m_model;
    const EntityTableModel *m_entities; ///< the same, when its rows have ids
    QString m_path;
    QList<int> m_columns;
    QStringList m_ids;                    ///< of an EntityTableModel, which may have 100,000 rows
    QList<QPersistentModelIndex> m_places; ///< of any other, which has thousands at most
    qsizetype m_next = 0;
    TextTable m_table;
    QTimer m_timer;
    CallGuard m_saving;
};

} // namespace novita
