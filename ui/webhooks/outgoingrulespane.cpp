// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/outgoingrulespane.h"

#include "core/settings/profilestore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/webhooks/webhooknotifier.h"
#include "ui/delegates/statusdelegate.h"
#include "ui/format.h"
#include "ui/prompts.h"
#include "ui/theme.h"
#include "ui/webhooks/outgoingruledialog.h"
#include "ui/webhooks/outgoingrulemodel.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/makers.h"
#include "ui/widgets/secretclipboard.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace novita {

OutgoingRulesPane::OutgoingRulesPane(const UiContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_add(new QAction(this))
    , m_edit(new QAction(this))
    , m_test(new QAction(this))
    , m_switch(new QAction(this))
    , m_delete(new QAction(this))
    , m_title(new QLabel(this))
    , m_moreMenu(new QMenu(this))
    , m_more(new ActionButton(QString(), m_moreMenu, this))
    , m_banner(new ErrorBanner(context.theme, this))
    , m_model(new OutgoingRuleModel(context.notifier, context.clock, this))
    , m_table(new TableView(context.theme))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_clipboard(new SecretClipboard(this))
{
    build();
    connect(m_add, &QAction::triggered, this, [this] { openDialog({}); });
    connect(m_empty, &EmptyState::activated, m_add, &QAction::trigger);
    connect(m_edit, &QAction::triggered, this, [this] {
        if (const WebhookRule *rule = chosen())
            openDialog(*rule);
    });
    connect(m_test, &QAction::triggered, this, &OutgoingRulesPane::sendTest);
    connect(m_switch, &QAction::triggered, this, &OutgoingRulesPane::switchChosen);
    connect(m_delete, &QAction::triggered, this, &OutgoingRulesPane::deleteChosen);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OutgoingRulesPane::present);
    connect(m_table, &TableView::rowActivated, m_edit, &QAction::trigger);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        m_table->popupMenu(position, {m_edit, m_test, m_switch, m_delete});
    });
    connect(&context.settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kPrivateTargets.name)
            refresh();
    });
    retranslate();
    present();
}

void OutgoingRulesPane::build()
{
    m_moreMenu->addActions({m_switch, m_delete});
    m_banner->setDismissible(true);
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(false);
    auto *chips = new StatusDelegate(m_context.theme, m_table);
    m_table->setItemDelegateForColumn(OutgoingRuleModel::State, chips);
    m_table->setItemDelegateForColumn(OutgoingRuleModel::Last, chips);
    const QStringList ids = OutgoingRuleModel::columnIds();
    m_table->setColumns({{ids.at(0), 150}, {ids.at(1), 130}, {ids.at(2), 210, false, 2}, {ids.at(3), 150, false, 3}, {ids.at(4), 170, false, 4},
                         {ids.at(5), 220, false, 1}});
    m_table->followCompactRows(m_context.settings);
    const auto fonts = [this] { m_title->setFont(m_context.theme.font(TextStyle::Subtitle, true)); };
    fonts();
    connect(&m_context.theme, &Theme::changed, this, fonts);
    auto *bar = new QHBoxLayout;
    bar->setSpacing(space::kRelated);
    bar->addWidget(m_title);
    bar->addStretch(1);
    bar->addWidget(new ActionButton(m_add, this));
    bar->addWidget(new ActionButton(m_edit, this));
    bar->addWidget(new ActionButton(m_test, this));
    bar->addWidget(m_more);
    m_stack->addWidget(m_table);
    m_stack->addWidget(makeScrolling(m_empty)); // with large text it may be higher than its place
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addLayout(bar);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
}

const WebhookRule *OutgoingRulesPane::chosen() const
{
    const QList<int> rows = m_table->selectedRowNumbers();
    return rows.isEmpty() ? nullptr : m_model->at(rows.first());
}

void OutgoingRulesPane::refresh()
{
    const WebhookRule *rule = chosen();
    const RuleId kept = rule ? rule->id : RuleId();
    m_model->refresh();
    if (const int row = kept.isEmpty() ? -1 : m_model->rowOf(kept); row >= 0)
        m_table->selectRow(row);
    present();
}

void OutgoingRulesPane::present()
{
    const WebhookRule *rule = chosen();
    const QString none = rule ? QString() : tr("Select a rule first");
    const QString foreign = rule && rule->fromEnvironment ? tr("This rule comes from the environment (WEBHOOK_URL)") : none;
    apply(m_edit, foreign, {});
    apply(m_delete, foreign, {});
    apply(m_test, none, tr("Posts a sample event to the target of the rule, once"));
    apply(m_switch, none, {});
    m_switch->setText(rule && !rule->enabled ? tr("Switch on") : tr("Switch off"));
    m_more->setEnabled(rule != nullptr);
    m_more->setToolTip(none);
    const bool isEmpty = m_model->rowCount() == 0;
    if (m_stack->currentIndex() != int(isEmpty))
        m_stack->setCurrentIndex(isEmpty ? 1 : 0);
}

void OutgoingRulesPane::apply(QAction *action, const QString &why, const QString &tip)
{
    action->setEnabled(why.isEmpty());
    action->setToolTip(why.isEmpty() ? tip : format::actionTip(why));
}

void OutgoingRulesPane::openDialog(const WebhookRule &rule)
{
    const std::optional<Profile> active = m_context.profiles.active();
    auto *dialog = new OutgoingRuleDialog(m_context, rule, active ? active->id : ProfileId(), active ? active->name : QString(), *m_clipboard, this);
    connect(dialog, &RuleDialog::saveRequested, dialog, [this, dialog] {
        if (const QString problem = dialog->problem(); !problem.isEmpty()) {
            dialog->setProblem(problem);
            return;
        }
        dialog->setBusy(true);
        m_context.notifier.rules().save(dialog->rule(), dialog->secret())->onFinished(dialog, [dialog](const Result<Done> &saved) {
            if (saved) {
                dialog->accept();
                return;
            }
            dialog->setBusy(false);
            dialog->setProblem(saved.error().message);
        });
    });
    openForAccount(m_context, dialog);
}

void OutgoingRulesPane::sendTest()
{
    if (const WebhookRule *rule = chosen()) {
        m_testCall.reset(m_context.notifier.sendTest(rule->id))->onFinished(this, [this, name = rule->name](const Result<Done> &queued) {
            report(queued, tr("The test could not be sent."));
            if (queued)
                m_banner->showMessage(StateTone::Wait, tr("The test of “%1” is in the queue. What comes of it stands in the list below.").arg(name));
        });
    }
}

void OutgoingRulesPane::switchChosen()
{
    if (const WebhookRule *rule = chosen()) {
        m_switchCall.reset(m_context.notifier.rules().setEnabled(rule->id, !rule->enabled))->onFinished(this, [this](const Result<Done> &done) {
            report(done, tr("The rule could not be switched."));
        });
    }
}

void OutgoingRulesPane::deleteChosen()
{
    const WebhookRule *rule = chosen();
    if (!rule || rule->fromEnvironment)
        return;
    ConfirmRequest request;
    request.title = tr("Delete the rule “%1”?").arg(rule->name);
    request.text = tr("What waits for its target is not sent any more. Its secret leaves the keychain. What was sent stays in the log.");
    request.confirmLabel = tr("Delete rule");
    m_context.prompts.confirm(this, request, [this, id = rule->id](bool yes) {
        if (!yes)
            return;
        m_deleteCall.reset(m_context.notifier.rules().remove(id))->onFinished(this, [this](const Result<Done> &done) {
            report(done, tr("The rule could not be deleted."));
        });
    });
}

void OutgoingRulesPane::report(const Result<Done> &result, const QString &what)
{
    // Its own sentence: those for errors of the cloud would not fit.
    if (result)
        m_banner->clear();
    else if (result.error().kind != ErrorKind::Canceled)
        m_banner->showMessage(StateTone::Bad, what + QLatin1Char(' ') + result.error().message);
}

void OutgoingRulesPane::retranslate()
{
    m_title->setText(tr("Rules"));
    m_add->setText(tr("Add rule…"));
    m_edit->setText(tr("Edit rule…"));
    m_test->setText(tr("Send test"));
    m_delete->setText(tr("Delete rule…"));
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More for this rule"));
    m_table->setAccessibleName(tr("Webhook rules table"));
    m_empty->setContent(tr("There is no rule. A rule posts what happens to your instances, signed, to an address of yours."), tr("Add rule…"));
    m_model->retranslate();
    present();
}

} // namespace novita
