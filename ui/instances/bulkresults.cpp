// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/bulkresults.h"

#include "core/workflows/instancecommands.h"
#include "ui/widgets/resultlistdialog.h"

#include <QCoreApplication>
#include <QPointer>

#include <memory>

namespace novita {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BulkResults)
};

QString title(InstanceAction action, int n)
{
    switch (action) {
    case InstanceAction::Start: return Text::tr("Start %n instance(s)", nullptr, n);
    case InstanceAction::Stop: return Text::tr("Stop %n instance(s)", nullptr, n);
    case InstanceAction::Restart: return Text::tr("Restart %n instance(s)", nullptr, n);
    default: return Text::tr("Delete %n instance(s)", nullptr, n);
    }
}

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
    auto *dialog = new ResultListDialog(theme, title(run->action(), static_cast<int>(run->rows().size())), parent);
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
