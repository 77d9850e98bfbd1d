// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imagequeue.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <functional>

namespace novita {

inline bool isWaiting(const ImageJob &job)
{
    return job.state == ImageJobState::Waiting;
}
inline bool isUnderWay(const ImageJob &job)
{
    return isOpen(job.state) && !isWaiting(job);
}
inline bool hasEnded(const ImageJob &job)
{
    return !isOpen(job.state);
}

/// The jobs of an ImageQueue, in its order, then what has ended. Follows the queue; many changes at once are one. Rows that wait can be dragged.
class QueueModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueueModel)

public:
    enum Column { State, Prompt, Endpoint, Pictures, Note, ColumnCount };

    /// `title` gives the name of an endpoint for people. Queue and clock must outlive the model.
    QueueModel(ImageQueue &queue, const Clock &clock, std::function<QString(const QString &endpoint)> title, QObject *parent = nullptr);

    static QStringList columnIds();
    const ImageJobView *at(int row) const; ///< nullptr when there is no such row
    int rowOf(const ImageJobId &id) const; ///< -1 when it is not there
    int count(const std::function<bool(const ImageJob &)> &test) const;
    /// What progress and spans of time say now.
    void tick();
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;
    /// Asks the queue for the order; the rows move when it has it. Always false: a view must not take the dragged rows away.
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent) override;

signals:
    /// Rows have come, gone, or changed.
    void updated();

private:
    void read();
    QString cell(const ImageJobView &view, int column) const;

    ImageQueue &m_queue;
    const Clock &m_clock;
    std::function<QString(const QString &)> m_title;
    QList<ImageJobView> m_rows;
    QTimer m_soon;
};

} // namespace novita
