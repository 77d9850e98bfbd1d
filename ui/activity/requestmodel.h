// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/activity/ringtablemodel.h"

namespace novita {

class ActivityStore;
struct RequestRecord;

/// The requests of this run, newest first.
class RequestModel final : public RingTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestModel)

public:
    enum Column { Time, Operation, Status, Attempts, Waited, Duration, Correlation, ColumnCount };

    explicit RequestModel(const ActivityStore &store, QObject *parent = nullptr);

    static QStringList columnIds();
    /// nullptr when there is no such row; valid until the next request arrives.
    const RequestRecord *at(int row) const;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QVariant display(const RequestRecord &record, int column) const;
    QVariant sortValue(const RequestRecord &record, int column) const;

    const ActivityStore &m_store;
};

} // namespace novita
