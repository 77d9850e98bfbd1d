// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/activity/ringtablemodel.h"

namespace novita {

class ActivityStore;
struct ActivityEvent;

/// What happened in this run, newest first.
class EventModel final : public RingTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventModel)

public:
    enum Column { Time, Severity, Source, Subject, Text, ColumnCount };

    explicit EventModel(const ActivityStore &store, QObject *parent = nullptr);

    static QStringList columnIds();
    /// nullptr when there is no such row; valid until the next event.
    const ActivityEvent *at(int row) const;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const ActivityStore &m_store;
};

} // namespace novita
