// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/delivery.h"
#include "ui/models/rowfilter.h"

#include <QAbstractTableModel>

#include <deque>
#include <optional>

namespace novita {

class DeliveryStore;

/// Webhook deliveries, newest first, read from the store page by page: the newest at once, older ones when a view asks for more (canFetchMore).
///
/// A filter looks at everything that is kept: pages are read and looked through one after the other until enough rows answer to it. No turn of
/// the event loop does more than one page, however many deliveries there are. At most kMostRows are held, the newest: what is older is found by
/// a filter.
///
/// The store tells nobody of news: whoever knows of some calls look(). While following, new rows come in at the top; else they are counted
/// (waiting()) and wait for showNewest().
class DeliveryModel final : public QAbstractTableModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryModel)

public:
    enum Column { Time, Outcome, Scheme, Kind, Subject, Address, Bytes, ColumnCount };
    static constexpr int kPage = 200;         ///< rows that one fetch aims at
    static constexpr int kScanPage = 1000;    ///< deliveries looked through at a time while a text is looked for
    static constexpr int kMostRows = 20000;
    static constexpr int kMostWaiting = 1000; ///< news beyond are counted as "more than"

    /// Reads nothing before reload(). The store must outlive the model.
    DeliveryModel(DeliveryStore &store, const Clock &clock, QObject *parent = nullptr);
    ~DeliveryModel() override;

    static QStringList columnIds();
    /// Names that may stand before a colon: "result:limited from:10.0".
    static QStringList filterFields();

    /// Begins anew at the top. Rows stay until the first page has arrived.
    void reload();
    /// There may be news.
    void look();
    /// No text and no result: everything. Begins anew.
    void setFilter(const QString &text, std::optional<DeliveryResult> result);
    void setFollowing(bool on);
    bool isFollowing() const { return m_following; }
    /// The rows that wait come in.
    void showNewest();
    void retranslate();

    /// nullptr when there is no such row. Without headers and body.
    const Delivery *at(int row) const;
    int rowOf(qint64 id) const; ///< -1 when it is not among the rows

    bool isLoading() const { return m_paging; }
    bool wasRead() const { return m_wasRead; }        ///< some page has arrived
    bool isFiltered() const { return !m_filter.isEmpty() || m_result.has_value(); }
    bool isComplete() const { return !m_before && m_wasRead && !m_fresh; } ///< every row there is has been read
    bool isFull() const { return m_before && rowCount() >= kMostRows; } ///< there are older ones that are not held
    qint64 total() const { return m_total; }          ///< deliveries kept, of the result that is filtered by
    int waiting() const { return static_cast<int>(m_waiting.size()); }
    bool isMoreWaiting() const { return m_gap; }      ///< more than kMostWaiting
    const std::optional<Error> &error() const { return m_error; } ///< of the last reading

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

signals:
    /// Rows, counts, loading or the error changed.
    void updated();

private:
    void readOlder();
    void onOlder(const Result<DeliveryPage> &page);
    void readNews(std::optional<qint64> before);
    void onNews(const Result<DeliveryPage> &page, bool isFirst);
    void takeNews(bool isWhole);
    void append(std::deque<Delivery> rows);
    void prepend(const std::deque<Delivery> &rows);
    void trim();
    bool matches(const Delivery &delivery) const;
    QString cell(const Delivery &delivery, int column) const;

    DeliveryStore &m_store;
    const Clock &m_clock;
    std::deque<Delivery> m_rows;
    std::deque<Delivery> m_waiting;     ///< newest first, newer than the rows
    std::deque<Delivery> m_news;        ///< of a look that takes several pages
    RowFilter m_filter;
    std::optional<DeliveryResult> m_result;
    std::optional<qint64> m_before;     ///< the next older page begins below; none: there is no older one
    qint64 m_newest = 0;                ///< highest id that was looked at
    qint64 m_newestComing = 0;          ///< the same of the look under way
    int m_lookedAt = 0;                 ///< deliveries that the look under way went through
    qint64 m_total = 0;
    int m_wanted = 0;                   ///< rows that the present fetch is still short of
    bool m_fresh = false;               ///< the next page replaces the rows
    bool m_paging = false;
    bool m_wasRead = false;
    bool m_following = true;
    bool m_gap = false;
    bool m_lookAgain = false;           ///< there was news again during a look
    std::optional<Error> m_error;
    CallGuard m_olderCall;
    CallGuard m_newsCall;
};

} // namespace novita
