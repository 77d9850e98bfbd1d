// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/batchhost.h"

#include "core/workflows/batchruns.h"
#include "ui/accountgate.h"
#include "ui/batch/batchdialog.h"
#include "ui/batch/batchwords.h"

#include <QMainWindow>

#include <algorithm>

namespace novita {

BatchHost::BatchHost(const UiContext &context, QMainWindow &window)
    : QObject(&window), m_context(context), m_window(window)
{
    connect(&m_context.batches, &BatchRuns::changed, this, &BatchHost::followBatch);
    connect(&m_context.batches, &BatchRuns::foundCutOff, this, &BatchHost::tellOfCutOff);
    m_context.gate.watch(this, [this] { return creating(); });
}

QString BatchHost::creating() const
{
    const BatchCreate *batch = m_context.batches.isSending() ? m_context.batches.current() : nullptr;
    if (!batch)
        return {};
    const QList<BatchRow> &rows = batch->rows();
    const auto underWay = std::find_if(rows.begin(), rows.end(), [](const BatchRow &row) { return row.state == BatchRow::State::Creating; });
    return underWay == rows.end() ? QString() : underWay->draft.name;
}

BatchDialog *BatchHost::open()
{
    if (m_dialog) {
        m_dialog->show();
        m_dialog->raise();
        m_dialog->activateWindow();
        return nullptr;
    }
    m_dialog = new BatchDialog(m_context, &m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &BatchDialog::openInstanceRequested, this, &BatchHost::openInstanceRequested);
    connect(m_dialog, &BatchDialog::modelEditRequested, this, &BatchHost::modelEditRequested);
    m_dialog->open();
    return m_dialog;
}

void BatchHost::openNew(const InstanceDraft &model)
{
    if (m_dialog && m_dialog->isPlanning()) {
        m_dialog->setModel(model);
        open();
        return;
    }
    if (m_context.batches.isSending()) {
        openCurrent();
        return;
    }
    if (m_dialog)
        m_dialog->close();
    m_dialog = nullptr;
    open()->setModel(model);
}

void BatchHost::openCurrent()
{
    const BatchCreate *batch = m_context.batches.current();
    BatchDialog *dialog = open();
    if (dialog && batch)
        dialog->showBatch(batch->operation());
    emit newsChanged(StateTone::Idle, {}, {});
}

void BatchHost::followBatch(const OperationId &id)
{
    const BatchCreate *batch = m_context.batches.find(id);
    if (!batch)
        return;
    if (id == m_cutOff && batch->isCutOff() && batch->count(BatchRow::State::Creating) == 0)
        tellOfCutOff(id);
}

void BatchHost::tellOfCutOff(const OperationId &id)
{
    const BatchCreate *batch = m_context.batches.find(id);
    if (!batch || (m_dialog && m_dialog->isVisible()))
        return;
    m_cutOff = batch->count(BatchRow::State::Creating) > 0 ? id : OperationId();
    emit newsChanged(StateTone::Wait, tr("A batch was cut off when the program ended: %1. Nothing more is sent unless you resume it.").arg(batchwords::progress(*batch)),
                     tr("Show batch"));
}

} // namespace novita
