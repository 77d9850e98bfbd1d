// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tableexport.h"

#include "core/workflows/tablefile.h"
#include "ui/models/entitytablemodel.h"
#include "ui/widgets/tableview.h"

#include <QElapsedTimer>

#include <utility>

namespace novita {

namespace {

constexpr qint64 kSliceMs = 8; ///< of the event loop's time: half a frame
constexpr int kRowsBetweenLooks = 16;

} // namespace

TableExport::TableExport(const TableView &view, const QString &path, QObject *parent)
    : QObject(parent)
    , m_model(*view.model())
    , m_entities(qobject_cast<const EntityTableModel *>(view.model()))
    , m_path(path)
    , m_columns(view.shownColumns())
{
    const QStringList ids = view.columnIds();
    for (const int column : std::as_const(m_columns)) {
        m_table.ids.append(ids.value(column));
        m_table.titles.append(m_model.headerData(column, Qt::Horizontal).toString());
    }
    const int rows = m_model.rowCount();
    for (int row = 0; row < rows; ++row) {
        if (m_entities)
            m_ids.append(m_entities->idAt(row));
        else
            m_places.append(m_model.index(row, 0));
    }
    m_table.rows.reserve(rows);
    connect(&m_timer, &QTimer::timeout, this, &TableExport::readSlice);
    m_timer.start(0);
}

qsizetype TableExport::takenRows() const
{
    return m_entities ? m_ids.size() : m_places.size();
}

int TableExport::rowNow(qsizetype taken) const
{
    return m_entities ? m_entities->rowOf(m_ids.at(taken)) : m_places.at(taken).row();
}

void TableExport::readSlice()
{
    QElapsedTimer since;
    since.start();
    for (int read = 1; m_next < takenRows(); ++m_next, ++read) {
        const int row = rowNow(m_next);
        if (row < 0)
            continue;
        QStringList cells;
        cells.reserve(m_columns.size());
        for (const int column : std::as_const(m_columns))
            cells.append(m_model.index(row, column).data().toString());
        m_table.rows.append(cells);
        if (read % kRowsBetweenLooks == 0 && since.elapsed() >= kSliceMs) {
            ++m_next;
            return;
        }
    }
    m_timer.stop();
    write();
}

void TableExport::write()
{
    const auto rows = static_cast<int>(m_table.rows.size());
    m_saving.reset(saveTable(std::exchange(m_table, {}), tableFormatOf(m_path), m_path, this))->onFinished(this, [this, rows](const Result<Done> &result) {
        emit finished(rows, m_path, result);
        deleteLater();
    });
}

} // namespace novita
