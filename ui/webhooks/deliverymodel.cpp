// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/deliverymodel.h"

#include "core/base/displaytext.h"
#include "core/webhooks/deliverystore.h"
#include "ui/format.h"
#include "ui/models/roles.h"
#include "ui/webhooks/deliverywords.h"

#include <QDateTime>

#include <algorithm>
#include <iterator>
#include <utility>

namespace novita {

namespace {

constexpr int kNewsPage = 100;
constexpr int kMostLookedAt = 5000; ///< news beyond that are not caught up with, but begun anew

QDateTime localTime(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? format::dash() : text;
}

} // namespace

DeliveryModel::DeliveryModel(DeliveryStore &store, const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent), m_store(store), m_clock(clock)
{
}

DeliveryModel::~DeliveryModel() = default;

QStringList DeliveryModel::columnIds()
{
    return {QStringLiteral("time"), QStringLiteral("result"), QStringLiteral("scheme"), QStringLiteral("kind"),
            QStringLiteral("subject"), QStringLiteral("from"), QStringLiteral("bytes")};
}

QStringList DeliveryModel::filterFields()
{
    return {QStringLiteral("id"), QStringLiteral("result"), QStringLiteral("scheme"), QStringLiteral("kind"),
            QStringLiteral("subject"), QStringLiteral("from"), QStringLiteral("path"), QStringLiteral("reason")};
}

bool DeliveryModel::matches(const Delivery &delivery) const
{
    if (m_filter.isEmpty())
        return true;
    const QString blank(QLatin1Char(' '));
    return m_filter.matches(RowFilter::haystack({deliverywords::number(delivery.id),
                                                 deliveryResultName(delivery.result) + blank + deliverywords::look(delivery.result).word,
                                                 deliverySchemeName(delivery.scheme) + blank + deliverywords::scheme(delivery.scheme),
                                                 delivery.kind + blank + deliverywords::event(delivery), delivery.subject + blank + deliverywords::subject(delivery), delivery.address,
                                                 delivery.path, delivery.reason}));
}

// ---- older ones

void DeliveryModel::reload()
{
    m_olderCall.reset();
    m_newsCall.reset();
    m_waiting.clear();
    m_gap = false;
    m_lookAgain = false;
    m_before.reset();
    m_fresh = true;
    m_wanted = kPage;
    readOlder();
}

void DeliveryModel::readOlder()
{
    m_paging = true;
    const DeliveryQuery query{m_filter.isEmpty() ? kPage : kScanPage, m_before, m_result};
    m_olderCall.reset(m_store.list(query))->onFinished(this, [this](const Result<DeliveryPage> &page) { onOlder(page); });
    emit updated();
}

void DeliveryModel::onOlder(const Result<DeliveryPage> &page)
{
    m_paging = false;
    if (!page) {
        m_error = page.error();
        emit updated();
        return;
    }
    m_error.reset();
    m_wasRead = true;
    m_total = page->total;
    m_before = page->next;
    std::deque<Delivery> found;
    std::copy_if(page->deliveries.cbegin(), page->deliveries.cend(), std::back_inserter(found), [this](const Delivery &one) { return matches(one); });
    m_wanted -= static_cast<int>(found.size());
    if (std::exchange(m_fresh, false)) {
        m_newest = page->deliveries.isEmpty() ? 0 : page->deliveries.first().id;
        beginResetModel();
        m_rows = std::move(found);
        endResetModel();
    } else {
        append(std::move(found));
    }
    if (m_wanted > 0 && m_before && rowCount() < kMostRows)
        readOlder();
    else
        emit updated();
}

void DeliveryModel::append(std::deque<Delivery> rows)
{
    const std::size_t room = static_cast<std::size_t>(kMostRows) - std::min<std::size_t>(kMostRows, m_rows.size());
    if (rows.size() > room) {
        rows.resize(room);
        m_before = rows.empty() ? m_rows.back().id : rows.back().id;
    }
    if (rows.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

bool DeliveryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_before && !m_paging && rowCount() < kMostRows;
}

void DeliveryModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_wanted = kPage;
    readOlder();
}

// ---- news

void DeliveryModel::look()
{
    if (!m_wasRead || m_fresh) {
        if (!m_paging)
            reload();
        return;
    }
    if (m_newsCall.isBusy()) {
        m_lookAgain = true;
        return;
    }
    m_news.clear();
    m_lookedAt = 0;
    readNews(std::nullopt);
}

void DeliveryModel::readNews(std::optional<qint64> before)
{
    const DeliveryQuery query{before ? kScanPage : kNewsPage, before, m_result};
    m_newsCall.reset(m_store.list(query))->onFinished(this, [this, isFirst = !before](const Result<DeliveryPage> &page) { onNews(page, isFirst); });
}

void DeliveryModel::onNews(const Result<DeliveryPage> &page, bool isFirst)
{
    if (!page) {
        m_error = page.error();
        emit updated();
        return;
    }
    m_error.reset();
    m_total = page->total;
    const qint64 top = page->deliveries.isEmpty() ? 0 : page->deliveries.first().id;
    if (isFirst && top < m_newest) { // another file than before: a damaged one was set aside
        reload();
        return;
    }
    if (isFirst)
        m_newestComing = top;
    bool reached = false;
    for (const Delivery &one : page->deliveries) {
        reached = one.id <= m_newest;
        if (reached)
            break;
        if (matches(one))
            m_news.push_back(one);
    }
    m_lookedAt += static_cast<int>(page->deliveries.size());
    if (!reached && page->next && m_lookedAt < kMostLookedAt) {
        readNews(page->next);
        return;
    }
    m_newest = m_newestComing;
    takeNews(reached || !page->next);
}

void DeliveryModel::takeNews(bool isWhole)
{
    if (m_following && !isWhole) {
        reload();
        return;
    }
    if (m_following) {
        prepend(m_news);
    } else {
        m_waiting.insert(m_waiting.begin(), m_news.cbegin(), m_news.cend());
        m_gap = m_gap || !isWhole || m_waiting.size() > static_cast<std::size_t>(kMostWaiting);
        if (m_gap)
            m_waiting.resize(std::min<std::size_t>(m_waiting.size(), kMostWaiting));
    }
    m_news.clear();
    emit updated();
    if (std::exchange(m_lookAgain, false))
        look();
}

void DeliveryModel::prepend(const std::deque<Delivery> &rows)
{
    if (rows.empty())
        return;
    beginInsertRows({}, 0, static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.begin(), rows.cbegin(), rows.cend());
    endInsertRows();
    trim();
}

void DeliveryModel::trim()
{
    if (rowCount() <= kMostRows)
        return;
    beginRemoveRows({}, kMostRows, rowCount() - 1);
    m_rows.resize(kMostRows);
    endRemoveRows();
    m_olderCall.reset(); // it would go on below what has just left
    m_paging = false;
    m_before = m_rows.back().id;
}

void DeliveryModel::showNewest()
{
    if (m_gap) {
        reload();
        return;
    }
    prepend(std::exchange(m_waiting, {}));
    emit updated();
}

void DeliveryModel::setFollowing(bool on)
{
    m_following = on;
    if (on)
        showNewest();
}

void DeliveryModel::setFilter(const QString &text, std::optional<DeliveryResult> result)
{
    const RowFilter filter(text, filterFields());
    if (filter == m_filter && result == m_result)
        return;
    m_filter = filter;
    m_result = result;
    reload();
}

// ---- cells

const Delivery *DeliveryModel::at(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int DeliveryModel::rowOf(qint64 id) const
{
    const auto found = std::lower_bound(m_rows.cbegin(), m_rows.cend(), id, [](const Delivery &one, qint64 wanted) { return one.id > wanted; });
    return found != m_rows.cend() && found->id == id ? static_cast<int>(found - m_rows.cbegin()) : -1;
}

int DeliveryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DeliveryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString DeliveryModel::cell(const Delivery &delivery, int column) const
{
    switch (column) {
    case Time:
        return localTime(delivery.receivedAt).date() == localTime(m_clock.now()).date() ? format::clockTime(delivery.receivedAt) : format::dateTime(delivery.receivedAt);
    case Outcome:
        return deliverywords::look(delivery.result).word;
    case Scheme:
        return deliverywords::scheme(delivery.scheme);
    case Kind:
        return orDash(deliverywords::event(delivery));
    case Subject:
        return orDash(deliverywords::subject(delivery));
    case Address:
        return displayLine(delivery.address, 64);
    case Bytes:
        return format::number(delivery.bytes);
    default:
        return {};
    }
}

QVariant DeliveryModel::data(const QModelIndex &index, int role) const
{
    const Delivery *delivery = index.isValid() ? at(index.row()) : nullptr;
    if (!delivery)
        return {};
    const int column = index.column();
    const bool isResult = column == Outcome;
    switch (role) {
    case Qt::DisplayRole:
        return cell(*delivery, column);
    case Qt::ToolTipRole:
        return isResult            ? QVariant(format::toolTip(deliverywords::sentence(*delivery)))
               : column == Time ? QVariant(format::dateTime(delivery->receivedAt) + QStringLiteral(" · ") + format::clockTime(delivery->receivedAt))
                                : QVariant();
    case Qt::AccessibleTextRole: {
        const QString note = isResult ? deliverywords::note(*delivery) : QString();
        return note.isEmpty() ? cell(*delivery, column) : cell(*delivery, column) + QLatin1Char(' ') + note;
    }
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignVCenter | (column == Bytes ? Qt::AlignRight : Qt::AlignLeft));
    case IdRole:
        return QString::number(delivery->id);
    case ToneRole:
        return isResult ? QVariant(static_cast<int>(deliverywords::look(delivery->result).tone)) : QVariant();
    case IconNameRole:
        return isResult ? QVariant(deliverywords::look(delivery->result).icon) : QVariant();
    case NoteRole:
        return isResult ? QVariant(deliverywords::note(*delivery)) : QVariant();
    case StandInRole:
        return (column == Kind && delivery->kind.isEmpty()) || (column == Subject && delivery->subject.isEmpty());
    default:
        return {};
    }
}

QVariant DeliveryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section == Bytes ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Outcome:
        return tr("Result");
    case Scheme:
        return tr("Signature");
    case Kind:
        return tr("Event");
    case Subject:
        return tr("About");
    case Address:
        return tr("From");
    case Bytes:
        return tr("Bytes");
    default:
        return {};
    }
}

void DeliveryModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1), {Qt::DisplayRole});
}

} // namespace novita
