// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"
#include "core/database/operationlog.h"
#include "ui/uicontext.h"

#include <QObject>
#include <QPointer>

class QMainWindow;

namespace novita {

class BatchCreate;
class BatchDialog;
struct InstanceDraft;

/// Opens the dialog of batches over the window, one at a time, and says in the window that an earlier run of the program did
/// not finish a batch; of the end of a batch, BatchNotices tells. Tells the account gate of one under way.
class BatchHost final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchHost)

public:
    BatchHost(const UiContext &context, QMainWindow &window);

    /// Several like `model`, which may be empty. A batch that is being sent is shown instead: one at a time.
    void openNew(const InstanceDraft &model);
    /// The batch that matters now; a new one when there is none.
    void openCurrent();

    /// What newsChanged() asks for when its button is pressed.
    static QString newsTarget() { return QStringLiteral("batch"); }

signals:
    /// See NoticeBar::showNews(): the button opens newsTarget().
    void newsChanged(novita::StateTone tone, const QString &sentence, const QString &actionLabel);
    void modelEditRequested(const novita::InstanceDraft &model);
    void openInstanceRequested(const QString &id);

private:
    BatchDialog *open();
    void followBatch(const OperationId &id);
    void tellOfCutOff(const OperationId &id);
    QString creating() const;

    UiContext m_context;
    QMainWindow &m_window;
    QPointer<BatchDialog> m_dialog;
    OperationId m_cutOff; ///< told of while some of it was still being looked for
};

} // namespace novita
