// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/bulkrun.h"

#include <algorithm>
#include <utility>

namespace novita {

BulkRun::BulkRun(InstanceRequest request, QList<BulkRow> rows, QObject *parent)
    : QObject(parent)
    , m_request(std::move(request))
    , m_rows(std::move(rows))
{}

int BulkRun::count(BulkRow::State state) const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [state](const BulkRow &row) { return row.state == state; }));
}

void BulkRun::cancelRest()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).state == BulkRow::State::Waiting)
            setRow(i, BulkRow::State::Canceled);
    }
    finishIfDone();
}

void BulkRun::setRow(qsizetype row, BulkRow::State state, const QString &message)
{
    BulkRow &entry = m_rows[row];
    m_running += (state == BulkRow::State::Running) - (entry.state == BulkRow::State::Running);
    entry.state = state;
    entry.message = message;
    emit rowChanged(static_cast<int>(row));
}

qsizetype BulkRun::takeNext()
{
    for (; m_next < m_rows.size(); ++m_next) {
        if (m_rows.at(m_next).state == BulkRow::State::Waiting) {
            setRow(m_next, BulkRow::State::Running);
            return m_next++;
        }
    }
    return -1;
}

void BulkRun::finishIfDone()
{
    if (m_finished || m_running > 0 || count(BulkRow::State::Waiting) > 0)
        return;
    m_finished = true;
    QMetaObject::invokeMethod(this, &BulkRun::finished, Qt::QueuedConnection);
}

} // namespace novita
