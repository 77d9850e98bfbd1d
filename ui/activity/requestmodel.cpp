// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/requestmodel.h"

#include "core/cloud/stores/activitystore.h"
#include "core/cloud/types/instancestate.h"
#include "ui/format.h"
#include "ui/models/roles.h"

namespace novita {

namespace {

QString statusText(const RequestRecord &record)
{
    if (record.error && record.error->isCanceled())
        return RequestModel::tr("Canceled");
    if (record.fromCache)
        return RequestModel::tr("From cache");
    if (record.httpStatus > 0)
        return QString::number(record.httpStatus);
    return record.error ? RequestModel::tr("No answer") : RequestModel::tr("Done");
}

StateTone toneOf(const RequestRecord &record)
{
    if (!record.error)
        return StateTone::Good;
    if (record.error->isCanceled())
        return StateTone::Idle;
    return record.error->kind == ErrorKind::RateLimited || record.error->kind == ErrorKind::BreakerOpen ? StateTone::Warn : StateTone::Bad;
}

QString iconOf(StateTone tone)
{
    switch (tone) {
    case StateTone::Good:
        return QStringLiteral("checkmark");
    case StateTone::Idle:
        return QStringLiteral("media-playback-stop");
    case StateTone::Warn:
        return QStringLiteral("media-playback-pause");
    case StateTone::Bad:
    case StateTone::Wait:
        break;
    }
    return QStringLiteral("dialog-close");
}

} // namespace

RequestModel::RequestModel(const ActivityStore &store, QObject *parent)
    : RingTableModel(ColumnCount, store.requests().size(), parent)
    , m_store(store)
{
    connect(&store, &ActivityStore::requestAdded, this, &RequestModel::onAdded);
    connect(&store, &ActivityStore::requestsCleared, this, &RequestModel::onCleared);
}

QStringList RequestModel::columnIds()
{
    return {QStringLiteral("time"), QStringLiteral("operation"), QStringLiteral("status"), QStringLiteral("attempts"),
            QStringLiteral("waited"), QStringLiteral("duration"), QStringLiteral("correlation")};
}

const RequestRecord *RequestModel::at(int row) const
{
    return entryAt(m_store.requests(), row);
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RequestRecord *record = at(index.row());
    if (!record)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return display(*record, column);
    case SortRole:
        return sortValue(*record, column);
    case IdRole:
        return QString::number(record->serial);
    case ToneRole:
        return column == Status ? QVariant(static_cast<int>(toneOf(*record))) : QVariant();
    case IconNameRole:
        return column == Status ? QVariant(iconOf(toneOf(*record))) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Attempts || column == Waited || column == Duration ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    default:
        return {};
    }
}

QVariant RequestModel::display(const RequestRecord &record, int column) const
{
    switch (column) {
    case Time:
        return format::clockTime(record.startedAt);
    case Operation:
        return record.operation;
    case Status:
        return statusText(record);
    case Attempts:
        return format::number(record.attempts);
    case Waited:
        return format::milliseconds(record.waited);
    case Duration:
        return format::milliseconds(record.duration);
    case Correlation:
        return record.correlationId;
    default:
        return {};
    }
}

QVariant RequestModel::sortValue(const RequestRecord &record, int column) const
{
    switch (column) {
    case Time:
        return static_cast<qint64>(record.serial);
    case Status:
        return record.httpStatus;
    case Attempts:
        return record.attempts;
    case Waited:
        return static_cast<qint64>(record.waited.count());
    case Duration:
        return static_cast<qint64>(record.duration.count());
    default:
        return display(record, column);
    }
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Attempts || section == Waited || section == Duration ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Operation:
        return tr("Operation");
    case Status:
        return tr("Status");
    case Attempts:
        return tr("Attempts");
    case Waited:
        return tr("Waited");
    case Duration:
        return tr("Duration");
    case Correlation:
        return tr("Correlation id");
    default:
        return {};
    }
}

} // namespace novita
