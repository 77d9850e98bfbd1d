// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/bulkresults.h"

#include "core/workflows/instancecommands.h"
#include "ui/instanceforms/actionwords.h"
#include "ui/widgets/resultlistdialog.h"

#include <QPointer>

#include <memory>

namespace novita {

namespace {

void disposeWhenFinished(BulkRun *run)
{
    if (run->isFinished())
        run->deleteLater();
    else
        QObject::connect(run, &BulkRun::finished, run, &QObject::deleteLater);
}

} // namespace

void showBulkResults(BulkRun *run, InstanceCommands &commands, Theme &theme, QWidget *parent)
{
    auto *dialog = new ResultListDialog(theme, actionwords::resultsTitle(run->action(), static_cast<int>(run->rows().size())), parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->watch(run);
    // What the dialog shows now; a retry replaces it.
    const auto shown = std::make_shared<QPointer<BulkRun>>(run);
    QObject::connect(dialog, &ResultListDialog::retryRequested, dialog, [shown, dialog, &commands] {
        if (!*shown)
            return;
        BulkRun *old = *shown;
        *shown = commands.retryFailed(*old);
        dialog->watch(*shown);
        disposeWhenFinished(old);
    });
    QObject::connect(dialog, &QObject::destroyed, &commands, [shown] {
        if (*shown)
            disposeWhenFinished(*shown);
    });
    dialog->open();
}

} // namespace novita
