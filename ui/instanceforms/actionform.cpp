// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/actionform.h"

#include "ui/instanceforms/editform.h"
#include "ui/instanceforms/saveimageform.h"
#include "ui/instanceforms/settingforms.h"
#include "ui/instanceforms/termform.h"
#include "ui/instanceforms/upgradeform.h"
#include "ui/widgets/fieldform.h"

#include <QEvent>
#include <QVBoxLayout>

namespace novita {

ActionForm *ActionForm::make(InstanceAction action, const UiContext &context, QWidget *parent)
{
    switch (action) {
    case InstanceAction::Edit: return new EditForm(context, parent);
    case InstanceAction::SaveImage: return new SaveImageForm(context, parent);
    case InstanceAction::Upgrade: return new UpgradeForm(context, parent);
    case InstanceAction::Renew:
    case InstanceAction::ToMonthly: return new TermForm(action, context, parent);
    case InstanceAction::AutoRenew: return new AutoRenewForm(context, parent);
    case InstanceAction::AutoMigrate: return new AutoMigrateForm(context, parent);
    default: return nullptr;
    }
}

ActionForm::ActionForm(const UiContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_form(new FieldForm(context.theme, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch();
}

void ActionForm::showProblems(const QList<DraftProblem> &problems)
{
    m_form->showProblems(problems);
}

void ActionForm::focusFirst()
{
    for (QWidget *next = nextInFocusChain(); next && isAncestorOf(next); next = next->nextInFocusChain()) {
        if ((next->focusPolicy() & Qt::TabFocus) && next->isVisibleTo(this) && next->isEnabled()) {
            next->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

void ActionForm::noteEdit()
{
    if (m_loading)
        return;
    m_touched = true;
    emit edited();
}

void ActionForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
