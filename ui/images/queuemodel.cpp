// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/queuemodel.h"

#include "ui/format.h"
#include "ui/images/queuewords.h"
#include "ui/models/roles.h"

#include <QMimeData>

#include <algorithm>

namespace novita {

namespace {

constexpr Milliseconds kTogether{30};

QString mimeType()
{
    return QStringLiteral("application/x-novita-console-image-jobs");
}

} // namespace

QueueModel::QueueModel(ImageQueue &queue, const Clock &clock, std::function<QString(const QString &)> title, QObject *parent)
    : QAbstractTableModel(parent), m_queue(queue), m_clock(clock), m_title(std::move(title)), m_rows(queue.jobs())
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTogether);
    connect(&m_soon, &QTimer::timeout, this, &QueueModel::read);
    connect(&queue, &ImageQueue::changed, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
}

QStringList QueueModel::columnIds()
{
    return {QStringLiteral("state"), QStringLiteral("prompt"), QStringLiteral("endpoint"), QStringLiteral("pictures"), QStringLiteral("note")};
}

void QueueModel::read()
{
    const QList<ImageJobView> now = m_queue.jobs();
    const auto sameJob = [](const ImageJobView &a, const ImageJobView &b) { return a.job.id == b.job.id; };
    if (std::equal(now.begin(), now.end(), m_rows.begin(), m_rows.end(), sameJob)) {
        m_rows = now;
        tick();
    } else {
        // Whoever is selected or current stays so, wherever it went.
        emit layoutAboutToBeChanged();
        const QModelIndexList held = persistentIndexList();
        QList<ImageJobId> ids;
        for (const QModelIndex &index : held)
            ids.append(m_rows.at(index.row()).job.id);
        m_rows = now;
        for (qsizetype i = 0; i < held.size(); ++i) {
            const int row = rowOf(ids.at(i));
            changePersistentIndex(held.at(i), row < 0 ? QModelIndex() : index(row, held.at(i).column()));
        }
        emit layoutChanged();
    }
    emit updated();
}

void QueueModel::tick()
{
    if (!m_rows.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void QueueModel::retranslate()
{
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    tick();
}

const ImageJobView *QueueModel::at(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

int QueueModel::rowOf(const ImageJobId &id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&id](const ImageJobView &view) { return view.job.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int QueueModel::count(const std::function<bool(const ImageJob &)> &test) const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [&test](const ImageJobView &view) { return test(view.job); }));
}

int QueueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int QueueModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString QueueModel::cell(const ImageJobView &view, int column) const
{
    switch (column) {
    case State: return queuewords::look(view, m_clock.now()).word;
    case Prompt: return queuewords::subject(view.job);
    case Endpoint: return m_title(view.job.endpoint);
    case Pictures: return isOpen(view.job.state) || view.job.state == ImageJobState::Done ? format::number(view.job.expected) : format::dash();
    case Note: {
        const QString progress = queuewords::look(view, m_clock.now()).note;
        const QString why = queuewords::explanation(view);
        return progress.isEmpty() || why.isEmpty() ? progress + why : progress + QStringLiteral(" · ") + why;
    }
    default: return {};
    }
}

QVariant QueueModel::data(const QModelIndex &index, int role) const
{
    const ImageJobView *view = index.isValid() ? at(index.row()) : nullptr;
    if (!view)
        return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return cell(*view, column);
    case Qt::ToolTipRole: {
        const QString why = queuewords::explanation(*view);
        return format::toolTip(column == State && !why.isEmpty() ? why : cell(*view, column));
    }
    case Qt::TextAlignmentRole: return static_cast<int>((column == Pictures ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole: return view->job.id.toString();
    default: break;
    }
    if (column != State)
        return {};
    const instancetext::StateView look = queuewords::look(*view, m_clock.now());
    switch (role) {
    case ToneRole: return static_cast<int>(look.tone);
    case IconNameRole: return look.icon;
    case ChangingRole: return look.changing;
    default: return {};
    }
}

QVariant QueueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State: return tr("State");
    case Prompt: return tr("Prompt");
    case Endpoint: return tr("Endpoint");
    case Pictures: return tr("Pictures");
    case Note: return tr("Note");
    default: return {};
    }
}

Qt::ItemFlags QueueModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const ImageJobView *view = index.isValid() ? at(index.row()) : nullptr;
    if (!view)
        return flags | Qt::ItemIsDropEnabled; // between rows and below the last
    return view->job.state == ImageJobState::Waiting ? flags | Qt::ItemIsDragEnabled : flags;
}

QStringList QueueModel::mimeTypes() const
{
    return {mimeType()};
}

QMimeData *QueueModel::mimeData(const QModelIndexList &indexes) const
{
    QList<int> rows;
    for (const QModelIndex &index : indexes) {
        if (!rows.contains(index.row()))
            rows.append(index.row());
    }
    std::sort(rows.begin(), rows.end());
    QStringList ids;
    for (const int row : std::as_const(rows))
        ids.append(m_rows.at(row).job.id.toString());
    auto *data = new QMimeData;
    data->setData(mimeType(), ids.join(QLatin1Char('\n')).toUtf8());
    return data;
}

bool QueueModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int, const QModelIndex &parent)
{
    if (action != Qt::MoveAction || !data->hasFormat(mimeType()))
        return false;
    QList<ImageJobId> ids;
    const QStringList texts = QString::fromUtf8(data->data(mimeType())).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &id : texts)
        ids.append(ImageJobId(id));
    int target = parent.isValid() ? parent.row() : row < 0 ? rowCount() : row;
    // Before itself is no place: the next that stays.
    while (at(target) && ids.contains(at(target)->job.id))
        ++target;
    const ImageJobView *before = at(target);
    m_queue.place(ids, before && before->job.state == ImageJobState::Waiting ? before->job.id : ImageJobId());
    return false;
}

} // namespace novita
