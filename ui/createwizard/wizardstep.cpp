// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/wizardstep.h"

#include "ui/createwizard/wizardstate.h"

#include <QEvent>

namespace novita {

WizardStep::WizardStep(WizardState &state, QWidget *parent)
    : QWidget(parent), m_state(state)
{
    connect(&state, &WizardState::changed, this, &WizardStep::follow);
}

void WizardStep::begin()
{
    m_begun = true;
    retranslate();
    follow();
}

void WizardStep::follow()
{
    if (!m_begun)
        return;
    load();
    showProblems(m_state.shownProblems());
}

void WizardStep::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_begun)
        begin();
}

} // namespace novita
