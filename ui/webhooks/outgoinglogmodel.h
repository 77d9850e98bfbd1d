// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/webhooks/outgoingstore.h"

#include <QAbstractTableModel>
#include <QSet>

#include <optional>

namespace novita {

/// Outgoing webhooks and what became of them, newest first, read page by page when a view asks for more (canFetchMore).
class OutgoingLogModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OutgoingLogModel)

public:
    enum Column { Time, Outcome, Rule, Event, Instance, Attempts, Response, Took, ColumnCount };
    static constexpr int kPage = 200;
    static constexpr int kMostRows = 20000;

    /// Reads nothing before look(). `log` must outlive the model, which holds up to about `mostRows`.
    OutgoingLogModel(const OutgoingStore &log, const Clock &clock, QObject *parent = nullptr, int mostRows = kMostRows);

    static QStringList columnIds();

    /// There may be news: reads the newest page again and takes it over, row by row where it can, and then the older rows that are
    /// still open.
    void look();
    /// The same, and that row is read again however old it is.
    void look(qint64 seq);
    /// A later state of a row than what the model has read.
    void take(const OutgoingMessage &message);
    void setFilter(const QString &text, std::optional<OutgoingState> state);
    bool isFiltered() const { return !m_query.text.isEmpty() || m_query.state.has_value(); }
    void retranslate();

    const OutgoingMessage *at(int row) const; ///< nullptr when there is no such row
    int rowOf(qint64 seq) const;              ///< -1 when it is not among the rows
    bool wasRead() const { return m_wasRead; }
    bool isComplete() const { return m_complete; } ///< every row there is has been read
    const std::optional<Error> &error() const { return m_error; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

signals:
    /// Rows or the error changed.
    void updated();

private:
    void takeNewest(const QList<OutgoingMessage> &page);
    void trim();
    void lookAtOlder();
    void replaceAll(const QList<OutgoingMessage> &page);
    QString cell(const OutgoingMessage &message, int column) const;

    const OutgoingStore &m_log;
    const Clock &m_clock;
    const int m_mostRows;
    OutgoingStore::Query m_query;
    QList<OutgoingMessage> m_rows;
    bool m_wasRead = false;
    bool m_complete = false;
    bool m_lookAgain = false;
    QSet<qint64> m_asked; ///< rows to read again
    std::optional<Error> m_error;
    CallGuard m_newestCall;
    CallGuard m_olderCall;
    CallGuard m_openCall;
};

} // namespace novita
