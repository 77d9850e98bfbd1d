// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/operationlog.h"

#include <QObject>

namespace novita {

class BatchRuns;
class NotificationCenter;

/// Tells a person, once, how each batch ended: how many instances were made, and how many were not. *Show* opens the batch (page
/// "batch"). Thread: UI.
class BatchNotices final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BatchNotices)

public:
    /// Both must outlive it.
    BatchNotices(BatchRuns &batches, NotificationCenter &center, QObject *parent = nullptr);

private:
    void onEnded(const OperationId &id);

    const BatchRuns &m_batches;
    NotificationCenter &m_center;
};

} // namespace novita
