// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/gridsheetmodel.h"

#include "core/gallery/picturestore.h"
#include "core/workflows/background.h"
#include "ui/format.h"
#include "ui/images/gridpicture.h"
#include "ui/images/queuewords.h"

#include <algorithm>
#include <utility>

namespace novita {

GridSheetModel::GridSheetModel(const Parts &parts, const QString &batch, int side, QObject *parent)
    : QAbstractTableModel(parent)
    , m_parts(parts)
    , m_batch(batch)
    , m_side(side)
{
    read();
    connect(&parts.queue, &ImageQueue::changed, this, [this](const QList<ImageJobId> &ids) {
        if (ids.isEmpty()) {
            for (auto one = m_cellOf.cbegin(); one != m_cellOf.cend(); ++one) {
                if (const std::optional<ImageJobView> view = m_parts.queue.job(one.key()))
                    noteJob(*view);
            }
        }
        for (const ImageJobId &id : ids) {
            const std::optional<ImageJobView> view = m_cellOf.contains(id) ? m_parts.queue.job(id) : std::nullopt;
            if (view)
                noteJob(*view);
        }
        emit progressed();
        askPictures();
    });
    askPictures();
}

GridSheetModel::~GridSheetModel() = default;

int GridSheetModel::cellCount(const ImageQueue &queue, const QString &batch)
{
    const QList<ImageJobView> views = queue.jobs();
    for (const ImageJobView &view : views) {
        const std::optional<GridPlace> place =
            view.job.batch == batch && !batch.isEmpty() ? GridPlace::fromJson(view.job.cell) : std::nullopt;
        if (place)
            return place->column.of * place->row.of;
    }
    return 0;
}

void GridSheetModel::read()
{
    const QList<ImageJobView> views = m_parts.queue.jobs();
    for (const ImageJobView &view : views) {
        const std::optional<GridPlace> place =
            view.job.batch == m_batch ? GridPlace::fromJson(view.job.cell) : std::nullopt;
        if (!place)
            continue;
        if (m_cells.empty()) {
            m_columns = place->column.of;
            m_rows = place->row.of;
            m_columnTitle = place->column.title;
            m_rowTitle = place->row.title;
            m_columnLabels.resize(m_columns);
            m_rowLabels.resize(m_rows);
            m_cells.resize(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows));
        }
        if (place->column.of != m_columns || place->row.of != m_rows)
            continue;
        m_columnLabels[place->column.at] = place->column.label;
        m_rowLabels[place->row.at] = place->row.label;
        const auto at = static_cast<std::size_t>(place->row.at * m_columns + place->column.at);
        m_cells[at].jobs.append(view.job.id);
        ++m_cells[at].open; // until noteJob() says otherwise
        m_cellOf.insert(view.job.id, at);
    }
    m_ended = static_cast<int>(std::count_if(m_cells.begin(), m_cells.end(), [](const Cell &cell) { return cell.open == 0; }));
    for (const ImageJobView &view : views) {
        if (m_cellOf.contains(view.job.id))
            noteJob(view);
    }
}

void GridSheetModel::noteJob(const ImageJobView &view)
{
    const ImageJob &job = view.job;
    const std::size_t at = m_cellOf.value(job.id);
    Cell &cell = m_cells[at];
    const bool wasOpen = !m_states.contains(job.id) || isOpen(m_states.value(job.id));
    const int before = std::exchange(cell.open, cell.open + (isOpen(job.state) ? 1 : 0) - (wasOpen ? 1 : 0));
    m_ended += (cell.open == 0 ? 1 : 0) - (before == 0 ? 1 : 0);
    m_states.insert(job.id, job.state);
    if (job.state == ImageJobState::Done && !m_asked.contains(job.id)) {
        m_asked.insert(job.id);
        m_toAsk.append(job.id);
    }
    if (job.state == ImageJobState::Done) {
        const bool allDone = std::all_of(cell.jobs.begin(), cell.jobs.end(), [this](const ImageJobId &id) {
            return m_states.value(id) == ImageJobState::Done;
        });
        if (allDone)
            cell.state.clear();
    } else {
        cell.state = queuewords::look(view, job.updatedAt).word;
        cell.why = queuewords::explanation(view);
    }
    cellChanged(at);
}

/// One after the other: a grid of a thousand cells does not fill the queue of the database.
void GridSheetModel::askPictures()
{
    // An answer that stands but was not delivered yet is not to be dropped for the next question.
    if (m_isAsking || m_toAsk.isEmpty())
        return;
    m_isAsking = true;
    const ImageJobId id = m_toAsk.takeFirst();
    PictureQuery query;
    query.job = id;
    query.order = PictureQuery::Order::OldestFirst;
    m_asking.reset(m_parts.pictures.list(m_parts.profile, query))
        ->onFinished(this, [this, id](const Result<QList<PictureEntry>> &entries) {
            m_isAsking = false;
            if (entries)
                takePictures(m_cellOf.value(id), *entries);
            askPictures();
        });
}

void GridSheetModel::takePictures(std::size_t at, const QList<PictureEntry> &entries)
{
    Cell &cell = m_cells[at];
    const bool hadNone = cell.pictures.isEmpty();
    cell.pictures.append(entries);
    cell.isHidden = !cell.pictures.isEmpty() && cell.pictures.constFirst().flagged && m_parts.hideFlagged;
    m_done += hadNone && !cell.pictures.isEmpty() ? 1 : 0;
    if (hadNone && !cell.pictures.isEmpty() && !cell.isHidden)
        loadImage(at);
    cellChanged(at);
    emit progressed();
}

void GridSheetModel::loadImage(std::size_t at)
{
    inBackground<QImage>([files = m_parts.files, file = m_cells[at].pictures.constFirst().file,
                          side = m_side] { return gridpicture::thumbnail(files, file, side); },
                         this)
        ->onFinished(this, [this, at](const Result<QImage> &image) {
            if (!image)
                return;
            m_cells[at].image = *image;
            cellChanged(at);
        });
}

void GridSheetModel::cellChanged(std::size_t at)
{
    const QModelIndex changed = index(static_cast<int>(at) / m_columns, static_cast<int>(at) % m_columns);
    emit dataChanged(changed, changed);
}

int GridSheetModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int GridSheetModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

const GridSheetModel::Cell &GridSheetModel::cell(int row, int column) const
{
    return m_cells.at(static_cast<std::size_t>(row) * static_cast<std::size_t>(m_columns) +
                      static_cast<std::size_t>(column));
}

QString GridSheetModel::title(Qt::Orientation orientation) const
{
    return orientation == Qt::Horizontal ? m_columnTitle : m_rowTitle;
}

QVariant GridSheetModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Cell &one = cell(index.row(), index.column());
    QString words = one.state;
    if (one.isHidden)
        words = tr("Flagged: hidden");
    else if (one.jobs.isEmpty())
        words = format::dash();
    switch (role) {
    case Qt::DisplayRole:
        return one.image.isNull() ? words : QString();
    case Qt::DecorationRole:
        return one.image;
    case Qt::ToolTipRole:
        return format::toolTip(one.why.isEmpty() ? data(index, Qt::AccessibleTextRole).toString() : one.why);
    case Qt::AccessibleTextRole: {
        QStringList parts;
        if (!m_columnTitle.isEmpty())
            parts.append(QStringLiteral("%1: %2").arg(m_columnTitle, m_columnLabels.at(index.column())));
        if (!m_rowTitle.isEmpty())
            parts.append(QStringLiteral("%1: %2").arg(m_rowTitle, m_rowLabels.at(index.row())));
        parts.append(!words.isEmpty() ? words : tr("Picture"));
        if (one.pictures.size() > 1)
            parts.append(tr("pictures: %1", "in one cell").arg(one.pictures.size()));
        return parts.join(QStringLiteral(", "));
    }
    case CountRole:
        return static_cast<int>(one.pictures.size());
    default:
        return {};
    }
}

QVariant GridSheetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const QStringList &labels = orientation == Qt::Horizontal ? m_columnLabels : m_rowLabels;
    if (section < 0 || section >= labels.size())
        return {};
    const QString &title = orientation == Qt::Horizontal ? m_columnTitle : m_rowTitle;
    if (role == Qt::DisplayRole)
        return labels.at(section);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return title.isEmpty() ? labels.at(section)
                               : format::toolTip(QStringLiteral("%1: %2").arg(title, labels.at(section)));
    return {};
}

} // namespace novita
