// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/exportaction.h"

#include "core/base/displaytext.h"
#include "ui/format.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/widgets/tableexport.h"

#include <QAction>
#include <QPointer>
#include <QWidget>

namespace novita {

ExportAction::ExportAction(const UiContext &context, const TableView &view, QWidget *dialogParent)
    : QObject(dialogParent), m_context(context), m_view(view), m_parent(dialogParent), m_action(new QAction(this))
{
    const auto applyIcon = [this] { m_action->setIcon(m_context.theme.icon(QStringLiteral("document-export"))); };
    applyIcon();
    connect(&m_context.theme, &Theme::changed, m_action, applyIcon);
    connect(m_action, &QAction::triggered, this, &ExportAction::ask);
    retranslate({});
}

void ExportAction::retranslate(const QString &fileStem)
{
    m_fileStem = fileStem.isEmpty() ? QStringLiteral("table") : fileStem;
    m_action->setText(tr("Export…"));
    m_action->setToolTip(tr("Save what the table shows as CSV or JSON"));
}

void ExportAction::ask()
{
    m_context.prompts.saveFile(m_parent, tr("Export"), m_fileStem + QStringLiteral(".csv"), tr("CSV (*.csv);;JSON (*.json)"), [self = QPointer(this)](const QString &path) {
        if (self && !path.isEmpty())
            self->begin(path);
    });
}

void ExportAction::begin(const QString &path)
{
    m_action->setEnabled(false);
    auto *job = new TableExport(m_view, path, this);
    connect(job, &TableExport::finished, this, [this](int rows, const QString &written, const Result<Done> &result) {
        m_action->setEnabled(true);
        const QString shown = displayLine(written);
        if (result)
            emit reported(StateTone::Good, tr("%Ln row(s) were saved to %1.", nullptr, rows).arg(shown));
        else
            emit reported(StateTone::Bad, tr("Nothing was saved to %1: %2").arg(shown, result.error().message));
    });
}

} // namespace novita
