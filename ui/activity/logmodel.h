// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/logbuffer.h"

#include <QAbstractTableModel>

#include <deque>

namespace novita {

/// The latest log lines, oldest first as people read logs, bounded like the buffer they come from.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogModel)

public:
    enum Column { Time, Level, Category, Text, ColumnCount };
    /// Beside the roles of ui/models/roles.h: how bad it is, 0 (debug) to 3 (error).
    static constexpr int kWeightRole = Qt::UserRole + 100;

    explicit LogModel(const LogBuffer &buffer, QObject *parent = nullptr);

    static QStringList columnIds();
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void takeNew();

    const LogBuffer &m_buffer;
    std::deque<LogEntry> m_entries;
};

} // namespace novita
