// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/stepdeck.h"

#include "ui/createwizard/steplist.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/createwizard/wizardstep.h"

#include <QScrollArea>
#include <QSignalBlocker>

#include <algorithm>

namespace novita {

StepDeck::StepDeck(WizardState &state, StepList &list, QWidget *parent)
    : QStackedWidget(parent)
    , m_state(state)
    , m_list(list)
{
    connect(&m_list, &QListWidget::currentRowChanged, this, &StepDeck::goTo);
    connect(&m_state, &WizardState::changed, this, &StepDeck::updateMarks);
}

void StepDeck::addStep(WizardStep *step)
{
    m_steps.append(step);
    // With large text in a small window a step is more than the deck can show.
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(step);
    step->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    addWidget(scroll);
}

WizardStep *StepDeck::stepAt(int index) const
{
    return m_steps.at(index);
}

QString StepDeck::title() const
{
    return stepAt(currentIndex())->title();
}

void StepDeck::goTo(int step)
{
    if (step < 0 || step >= count())
        return;
    const int from = currentIndex();
    setCurrentIndex(step);
    {
        const QSignalBlocker blocker(m_list);
        m_list.setCurrentRow(step);
    }
    if (step != from)
        m_state.reveal(stepAt(from)->fields());
    if (isAtReview())
        m_state.reveal(allFields());
    updateMarks();
    emit moved();
    // Walking the list of steps by keyboard must not throw the focus out of it.
    if (!m_list.hasFocus())
        stepAt(step)->enter();
}

void StepDeck::goToField(DraftField field)
{
    for (int i = 0; i < count(); ++i) {
        if (!stepAt(i)->fields().contains(field))
            continue;
        goTo(i);
        stepAt(i)->focusField(field);
        return;
    }
}

void StepDeck::retranslate()
{
    QStringList titles;
    for (int i = 0; i < count(); ++i)
        titles.append(stepAt(i)->title());
    m_list.setSteps(titles);
}

void StepDeck::updateMarks()
{
    const QList<DraftProblem> shown = m_state.shownProblems();
    for (int i = 0; i < count(); ++i) {
        const QSet<DraftField> fields = stepAt(i)->fields();
        const bool bad = std::any_of(shown.begin(), shown.end(), [&fields](const DraftProblem &problem) { return fields.contains(problem.field); });
        const bool passed = !fields.isEmpty() && m_state.isRevealed(fields);
        m_list.setMark(i, bad ? StepList::Mark::Problem : passed ? StepList::Mark::Done : StepList::Mark::None);
    }
}

QSet<DraftField> StepDeck::allFields() const
{
    QSet<DraftField> out;
    for (int i = 0; i < count(); ++i)
        out |= stepAt(i)->fields();
    return out;
}

} // namespace novita
