// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"

#include <QList>
#include <QSet>
#include <QStackedWidget>

namespace novita {

class StepList;
class WizardState;
class WizardStep;

/// The steps of the create wizard, one of them in front, in company with the list of all. Leaving a step makes its problems
/// visible; the last step, the review, those of all.
class StepDeck final : public QStackedWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StepDeck)

public:
    /// Both must outlive it.
    StepDeck(WizardState &state, StepList &list, QWidget *parent = nullptr);

    /// In order; the last one added is the review.
    void addStep(WizardStep *step);
    bool isAtReview() const { return currentIndex() == count() - 1; }
    QString title() const; ///< of the step in front

    /// Out of range: nothing happens.
    void goTo(int step);
    /// To the step with the input of `field`, and into the input.
    void goToField(DraftField field);
    /// The titles have changed with the language.
    void retranslate();

signals:
    void moved(); ///< another step may be in front

private:
    WizardStep *stepAt(int index) const;
    void updateMarks();
    QSet<DraftField> allFields() const;

    WizardState &m_state;
    StepList &m_list;
    QList<WizardStep *> m_steps;
};

} // namespace novita
