// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/activity/operationstab.h"

#include "core/workflows/operationboard.h"
#include "ui/activity/operationmodel.h"
#include "ui/activity/textfilter.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/productiongate.h"
#include "ui/prompts.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/plaintextview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPointer>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr std::chrono::seconds kTick{1};

} // namespace

OperationsTab::OperationsTab(UiContext context, QWidget *parent)
    : ActivityTab(context, parent)
    , m_model(new OperationModel(context.operations, context.clock, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_resume(new QAction(this))
    , m_cancel(new QAction(this))
    , m_open(new QAction(this))
{
    m_banner->setDismissible(true);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_banner);
    for (QAction *action : {m_resume, m_cancel, m_open})
        m_detailButtons->addWidget(new ActionButton(action, this));
    m_detailButtons->addStretch();
    m_table->setItemDelegateForColumn(OperationModel::State, new StatusDelegate(context.theme, m_table));
    setModel(m_model, OperationModel::columnIds(), {130, 220, 120, 260, 150, 90});
    m_table->sortByColumn(OperationModel::Begun, Qt::DescendingOrder);
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_model->tick();
        // What other runs of the program write is not told of.
        if (m_model->openCount() > 0)
            m_context.operations.refresh();
    });
    connect(m_model, &OperationModel::updated, this, [this] {
        updateActions();
        if (const int row = currentSourceRow(); row >= 0)
            m_details->setPlainText(detailsOf(row));
        emit countChanged();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OperationsTab::updateActions);
    connect(m_table, &TableView::rowActivated, this, &OperationsTab::openCurrent);
    connect(m_resume, &QAction::triggered, this, &OperationsTab::resumeCurrent);
    connect(m_cancel, &QAction::triggered, this, &OperationsTab::cancelCurrent);
    connect(m_open, &QAction::triggered, this, &OperationsTab::openCurrent);
    retranslate();
}

void OperationsTab::showEvent(QShowEvent *event)
{
    ActivityTab::showEvent(event);
    m_context.operations.refresh();
    m_tick.start();
}

void OperationsTab::hideEvent(QHideEvent *event)
{
    ActivityTab::hideEvent(event);
    m_tick.stop();
}

const OperationRow *OperationsTab::current() const
{
    return m_model->at(currentSourceRow());
}

void OperationsTab::updateActions()
{
    const OperationRow *row = current();
    const QString none = tr("Select an operation first");
    const auto apply = [&](QAction *action, const QString &why) {
        const QString reason = row ? why : none;
        action->setEnabled(reason.isEmpty());
        action->setToolTip(reason.isEmpty() ? action->text() : reason);
    };
    apply(m_resume, row ? row->whyNoResume : QString());
    apply(m_cancel, row ? row->whyNoCancel : QString());
    apply(m_open, row && row->instance.isEmpty() ? tr("It belongs to no instance") : QString());
}

void OperationsTab::openCurrent()
{
    if (const OperationRow *row = current(); row && !row->instance.isEmpty())
        emit openInstanceRequested(row->instance.toString());
}

void OperationsTab::resumeCurrent()
{
    const OperationRow *row = current();
    if (!row)
        return;
    const auto resume = [this, id = row->id, title = row->title] {
        m_context.operations.resume(id)->onFinished(this, [this, title](const Result<Done> &result) {
            ended(result, tr("Could not go on with %1").arg(title));
        });
    };
    if (row->kind != QLatin1String("batch")) { // the others only look
        resume();
        return;
    }
    ConfirmRequest question;
    question.title = tr("Go on with %1?").arg(row->title);
    question.text = tr("Its remaining instances are created.");
    question.confirmLabel = tr("Resume");
    question.destructive = false;
    confirmInProduction(m_context, this, question, resume);
}

void OperationsTab::cancelCurrent()
{
    const OperationRow *row = current();
    if (!row)
        return;
    ConfirmRequest question;
    question.title = tr("Cancel %1?").arg(row->title);
    question.text = row->kind == QLatin1String("startup") ? tr("The instance goes on; it is only not watched any more.")
                    : row->kind == QLatin1String("batch") ? tr("What has been sent goes on; the rest will not be sent.")
                                                          : tr("The cloud is asked to stop the job. What it has done so far is given up.");
    question.confirmLabel = tr("Cancel operation");
    m_context.prompts.confirm(this, question, [self = QPointer(this), id = row->id, title = row->title](bool yes) {
        if (!yes || !self)
            return;
        self->m_context.operations.cancel(id)->onFinished(self, [self, title](const Result<Done> &result) {
            if (self)
                self->ended(result, tr("Could not cancel %1").arg(title));
        });
    });
}

void OperationsTab::ended(const Result<Done> &result, const QString &what)
{
    if (result)
        m_banner->clear();
    else
        m_banner->setError(result.error(), what);
    m_context.operations.refresh();
}

QString OperationsTab::countText() const
{
    const int all = m_model->rowCount();
    return tr("%1 running, %n in all", nullptr, all).arg(format::number(m_model->openCount()));
}

QString OperationsTab::detailsOf(int sourceRow) const
{
    const OperationRow *row = m_model->at(sourceRow);
    if (!row)
        return {};
    QStringList lines{tr("%1: %2", "kind of an operation, what it is about").arg(OperationModel::kindWord(row->kind), row->title),
                      tr("State: %1").arg(OperationModel::stateWord(row->state))};
    if (!row->progress.isEmpty())
        lines.append(row->progress);
    lines.append(tr("Begun: %1").arg(format::dateTime(row->begunAt)));
    lines.append(tr("Last step: %1").arg(format::dateTime(row->touchedAt)));
    if (!row->instance.isEmpty())
        lines.append(tr("Instance: %1").arg(row->instance.toString()));
    lines.append(tr("Id: %1").arg(row->id.toString()));
    return lines.join(QLatin1Char('\n'));
}

QList<QAction *> OperationsTab::rowActions() const
{
    return {m_resume, m_cancel, m_open};
}

void OperationsTab::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter operations"));
    m_filter->setAccessibleName(tr("Filter operations"));
    m_table->setAccessibleName(tr("Operations table"));
    m_details->setAccessibleName(tr("Operation details"));
    m_resume->setText(tr("Resume"));
    m_cancel->setText(tr("Cancel operation"));
    m_open->setText(tr("Open instance"));
    retranslateExport(QStringLiteral("operations"));
    if (m_filter->text().isEmpty())
        m_empty->setContent(tr("Nothing is running. Creates, starts, batches and jobs of the cloud will be listed here."));
    else
        m_empty->setContent(tr("No operation matches this filter."), tr("Clear filter"));
    updateActions();
}

} // namespace novita
