// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

namespace novita {

class ActivityStore;
struct ActivityEvent;

/// What happened in this run, newest first. Rows come in at the top and fall out at the bottom.
class EventModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventModel)

public:
    enum Column { Time, Severity, Source, Subject, Text, ColumnCount };

    explicit EventModel(const ActivityStore &store, QObject *parent = nullptr);

    static QStringList columnIds();
    /// nullptr when there is no such row; valid until the next event.
    const ActivityEvent *at(int row) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void onAdded(int dropped);

    const ActivityStore &m_store;
    int m_rows = 0;
};

} // namespace novita
