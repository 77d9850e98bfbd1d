// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchnotices.h"

#include "core/workflows/batchruns.h"
#include "core/workflows/notificationcenter.h"

#include <QLocale>
#include <QStringList>

namespace novita {

using State = BatchRow::State;

BatchNotices::BatchNotices(BatchRuns &batches, NotificationCenter &center, QObject *parent)
    : QObject(parent), m_batches(batches), m_center(center)
{
    connect(&batches, &BatchRuns::ended, this, &BatchNotices::onEnded);
}

void BatchNotices::onEnded(const OperationId &id)
{
    const BatchCreate *batch = m_batches.find(id);
    if (!batch || batch->rows().isEmpty())
        return;
    const auto number = [](qsizetype count) { return QLocale().toString(count); };
    const int made = batch->count(State::Created);
    const int failed = batch->count(State::Failed);
    const int unknown = batch->count(State::Unknown);
    const int unsent = batch->count(State::Skipped) + batch->count(State::Canceled);
    const bool whole = made == batch->rows().size();

    QStringList sentences{tr("Created: %1 of %2.").arg(number(made), number(batch->rows().size()))};
    if (failed > 0)
        sentences.append(tr("Failed: %1.").arg(number(failed)));
    if (unknown > 0)
        sentences.append(tr("Unknown: %1.").arg(number(unknown)));
    if (unsent > 0)
        sentences.append(tr("Not sent: %1.").arg(number(unsent)));

    Notification notice;
    notice.kind = NotificationKind::BatchEnded;
    notice.source = EventSource::You;
    notice.severity = whole ? EventSeverity::Success : failed + unknown > 0 ? EventSeverity::Problem : EventSeverity::Warning;
    notice.title = whole ? tr("The batch of “%1” is done").arg(batch->rows().first().draft.name)
                         : tr("The batch of “%1” has ended").arg(batch->rows().first().draft.name);
    notice.text = sentences.join(QLatin1Char(' '));
    notice.page = QStringLiteral("batch");
    m_center.post(notice);
}

} // namespace novita
