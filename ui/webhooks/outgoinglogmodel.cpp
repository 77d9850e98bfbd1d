// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoinglogmodel.h"

#include "core/base/displaytext.h"
#include "ui/format.h"
#include "ui/models/roles.h"
#include "ui/webhooks/outgoingwords.h"

#include <algorithm>

namespace novita {

OutgoingLogModel::OutgoingLogModel(const OutgoingStore &log, const Clock &clock, QObject *parent, int mostRows)
    : QAbstractTableModel(parent), m_log(log), m_clock(clock), m_mostRows(mostRows)
{
    m_query.limit = kPage;
}

QStringList OutgoingLogModel::columnIds()
{
    return {QStringLiteral("time"),     QStringLiteral("result"),   QStringLiteral("rule"),   QStringLiteral("event"),
            QStringLiteral("instance"), QStringLiteral("attempts"), QStringLiteral("response"), QStringLiteral("duration")};
}

void OutgoingLogModel::setFilter(const QString &text, std::optional<OutgoingState> state)
{
    if (text == m_query.text && state == m_query.state)
        return;
    m_query.text = text;
    m_query.kinds = text.isEmpty() ? QStringList() : outgoingwords::kindsNamed(text);
    m_query.state = state;
    m_olderCall.reset();
    m_newestCall.reset();
    m_openCall.reset();
    m_lookAgain = false;
    replaceAll({});
    m_wasRead = false;
    look();
}

void OutgoingLogModel::look()
{
    if (m_newestCall.isBusy()) {
        m_lookAgain = true;
        return;
    }
    m_newestCall.reset(m_log.list(m_query))->onFinished(this, [this](const Result<QList<OutgoingMessage>> &page) {
        m_error = page ? std::nullopt : std::optional(page.error());
        if (page)
            takeNewest(*page);
        m_wasRead = true;
        emit updated();
        lookAtOlder();
        if (std::exchange(m_lookAgain, false))
            look();
    });
}

void OutgoingLogModel::look(qint64 seq)
{
    m_asked.insert(seq);
    look();
}

/// Below the newest page only those rows change that are open, or that were sent again.
void OutgoingLogModel::lookAtOlder()
{
    QList<qint64> seqs = m_asked.values();
    for (qsizetype i = m_rows.size() - 1; i >= kPage && seqs.size() < OutgoingStore::kMostListed; --i) {
        if (m_rows.at(i).isOpen())
            seqs.append(m_rows.at(i).seq);
    }
    if (seqs.isEmpty())
        return;
    m_openCall.reset(m_log.rows(seqs))->onFinished(this, [this, seqs](const Result<QList<OutgoingMessage>> &found) {
        m_asked.subtract(QSet<qint64>(seqs.begin(), seqs.end()));
        if (!found)
            m_error = found.error();
        for (const OutgoingMessage &message : found.valueOr({}))
            take(message);
        emit updated();
    });
}

void OutgoingLogModel::take(const OutgoingMessage &message)
{
    const int row = rowOf(message.seq);
    if (row < 0)
        return;
    OutgoingMessage taken = message;
    taken.body.clear();
    if (taken == m_rows.at(row))
        return;
    const bool isWanted = !m_query.state || (*m_query.state == OutgoingState::Waiting ? taken.isOpen() : taken.state == *m_query.state);
    if (isWanted) {
        m_rows[row] = taken;
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

void OutgoingLogModel::replaceAll(const QList<OutgoingMessage> &page)
{
    beginResetModel();
    m_rows = page;
    m_complete = page.size() < kPage;
    endResetModel();
}

/// What is new comes in at the top, what changed is told; anything else begins anew.
void OutgoingLogModel::takeNewest(const QList<OutgoingMessage> &page)
{
    const qint64 newest = m_rows.isEmpty() ? 0 : m_rows.first().seq;
    const auto isKnown = [newest](const OutgoingMessage &message) { return message.seq <= newest; };
    const qsizetype fresh = std::find_if(page.begin(), page.end(), isKnown) - page.begin();
    const qsizetype common = page.size() - fresh;
    bool fits = !m_rows.isEmpty() && common > 0 && common <= m_rows.size() && (page.size() == kPage || common == m_rows.size());
    for (qsizetype i = 0; fits && i < common; ++i)
        fits = page.at(fresh + i).seq == m_rows.at(i).seq;
    if (!fits) {
        if (!m_rows.isEmpty() || !page.isEmpty())
            replaceAll(page);
        else
            m_complete = true;
        return;
    }
    for (qsizetype i = 0; i < common; ++i) {
        if (m_rows.at(i) == page.at(fresh + i))
            continue;
        m_rows[i] = page.at(fresh + i);
        emit dataChanged(index(static_cast<int>(i), 0), index(static_cast<int>(i), ColumnCount - 1));
    }
    if (fresh == 0)
        return;
    beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
    m_rows = page.mid(0, fresh) + m_rows;
    endInsertRows();
    trim();
}

/// The oldest make room for what is new.
void OutgoingLogModel::trim()
{
    const int surplus = rowCount() - std::max(m_mostRows, kPage);
    if (surplus <= 0)
        return;
    m_olderCall.reset();
    beginRemoveRows({}, rowCount() - surplus, rowCount() - 1);
    m_rows.remove(m_rows.size() - surplus, surplus);
    m_complete = false;
    endRemoveRows();
}

bool OutgoingLogModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_wasRead && !m_complete && !m_rows.isEmpty() && m_rows.size() < m_mostRows && !m_olderCall.isBusy();
}

void OutgoingLogModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    OutgoingStore::Query older = m_query;
    older.before = m_rows.last().seq;
    m_olderCall.reset(m_log.list(older))->onFinished(this, [this, before = older.before](const Result<QList<OutgoingMessage>> &page) {
        if (!page) {
            m_error = page.error();
            emit updated();
            return;
        }
        if (m_rows.isEmpty() || m_rows.last().seq != before)
            return;
        m_error.reset();
        m_complete = page->size() < kPage;
        if (!page->isEmpty()) {
            beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page->size()) - 1);
            m_rows += *page;
            endInsertRows();
        }
        emit updated();
    });
}

void OutgoingLogModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const OutgoingMessage *OutgoingLogModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

int OutgoingLogModel::rowOf(qint64 seq) const
{
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [seq](const OutgoingMessage &message) { return message.seq == seq; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

int OutgoingLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OutgoingLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString OutgoingLogModel::cell(const OutgoingMessage &message, int column) const
{
    switch (column) {
    case Time: return format::dateTime(message.createdAt);
    case Outcome: return outgoingwords::look(message).word;
    case Rule: return displayLine(message.ruleName);
    case Event: return outgoingwords::kind(message.kind);
    case Instance: return message.isTest() ? format::dash() : outgoingwords::subject(message);
    case Attempts: return outgoingwords::attempts(message);
    case Response: return message.status > 0 ? QString::number(message.status) : format::dash();
    case Took: return message.attempts > 0 ? format::milliseconds(message.took) : format::dash();
    default: return {};
    }
}

QVariant OutgoingLogModel::data(const QModelIndex &index, int role) const
{
    const OutgoingMessage *message = index.isValid() ? at(index.row()) : nullptr;
    if (!message)
        return {};
    const int column = index.column();
    const bool isNumber = column >= Attempts;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cell(*message, column);
    case Qt::ToolTipRole:
        if (column == Outcome)
            return format::toolTip(outgoingwords::sentence(*message, m_clock.now()));
        if (column == Time)
            return format::dateTime(message->createdAt) + QStringLiteral(" · ") + format::clockTime(message->createdAt);
        return column == Instance ? QVariant(format::toolTip(message->subject)) : QVariant();
    case Qt::TextAlignmentRole: return QVariant(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    case IdRole: return QString::number(message->seq);
    case ToneRole: return column == Outcome ? QVariant(static_cast<int>(outgoingwords::look(*message).tone)) : QVariant();
    case IconNameRole: return column == Outcome ? QVariant(outgoingwords::look(*message).icon) : QVariant();
    case ChangingRole: return column == Outcome && message->state == OutgoingState::Sending;
    default: return {};
    }
}

QVariant OutgoingLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (section >= Attempts ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Outcome: return tr("Result");
    case Rule: return tr("Rule");
    case Event: return tr("Event");
    case Instance: return tr("Instance");
    case Attempts: return tr("Attempts");
    case Response: return tr("Response");
    case Took: return tr("Duration");
    default: return {};
    }
}

} // namespace novita
