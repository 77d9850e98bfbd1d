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

TableExport::TableExport(const EntityTableModel &model, const TableView &view, const QString &path, QObject *parent)
    : QObject(parent), m_model(model), m_path(path), m_columns(view.shownColumns())
{
    for (const int column : std::as_const(m_columns)) {
        m_table.ids.append(model.columns().at(column).id);
        m_table.titles.append(model.headerData(column, Qt::Horizontal).toString());
    }
    const int rows = model.rowCount();
    m_ids.reserve(rows);
    for (int row = 0; row < rows; ++row)
        m_ids.append(model.idAt(row));
    m_table.rows.reserve(rows);
    connect(&m_timer, &QTimer::timeout, this, &TableExport::readSlice);
    m_timer.start(0);
}

void TableExport::readSlice()
{
    QElapsedTimer since;
    since.start();
    for (int read = 1; m_next < m_ids.size(); ++m_next, ++read) {
        const int row = m_model.rowOf(m_ids.at(m_next));
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
