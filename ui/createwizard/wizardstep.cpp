// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/wizardstep.h"

#include "ui/createwizard/wizardstate.h"

#include <QEvent>
#include <QLineEdit>

namespace novita {

WizardStep::WizardStep(WizardState &state, QWidget *parent)
    : QWidget(parent), m_state(state)
{
    connect(&state, &WizardState::changed, this, &WizardStep::follow);
}

void WizardStep::followText(QLineEdit *field, DraftField touched, QString InstanceDraft::*member, bool trimmed)
{
    // Not textEdited: that is of the keyboard alone. What load() puts in is in the draft already.
    connect(field, &QLineEdit::textChanged, this, [this, touched, member, trimmed](const QString &text) {
        const QString value = trimmed ? text.trimmed() : text;
        if (value != m_state.draft().*member)
            m_state.edit({touched}, [member, &value](InstanceDraft &draft) { draft.*member = value; });
    });
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
