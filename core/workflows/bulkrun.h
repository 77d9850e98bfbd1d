// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/types/instancerequest.h"

#include <QList>
#include <QObject>
#include <QString>

namespace novita {

/// One row of a bulk run.
struct BulkRow
{
    enum class State {
        Waiting,
        Running,
        Done,
        Failed,
        Skipped,
        Canceled,
        Unknown, ///< it may have taken effect, and asking once more would do it, or have it paid, twice: never repeated by itself
    };
    InstanceId id;
    QString name;
    State state = State::Waiting;
    QString message;     ///< why failed or skipped
};

/// A bulk action under way: bounded concurrency, one result per row. Owned by InstanceCommands until finished and then by
/// whoever shows it (deleteLater when done with it).
class BulkRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BulkRun)

public:
    const InstanceRequest &request() const { return m_request; }
    InstanceAction action() const { return m_request.action(); }
    const QList<BulkRow> &rows() const { return m_rows; }
    bool isFinished() const { return m_finished; }
    int count(BulkRow::State state) const;
    /// Rows that wait become Canceled; rows that run are let finish.
    void cancelRest();

signals:
    void rowChanged(int row);
    /// Once, when no row waits or runs any more; always through the event loop.
    void finished();

private:
    friend class InstanceCommands;
    BulkRun(InstanceRequest request, QList<BulkRow> rows, QObject *parent);

    void setRow(qsizetype row, BulkRow::State state, const QString &message = {});
    /// The next row that waits, now marked as running; -1 when there is none.
    qsizetype takeNext();
    void finishIfDone();

    InstanceRequest m_request;
    QList<BulkRow> m_rows;
    qsizetype m_next = 0;
    int m_running = 0;
    bool m_finished = false;
};

} // namespace novita
