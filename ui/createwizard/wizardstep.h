// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancedraft.h"

#include <QSet>
#include <QWidget>

class QLineEdit;

namespace novita {

class WizardState;

/// A step of the create wizard, or a section of one. Follows the state: `load()` puts the draft into the inputs without
/// disturbing the one that is being typed in; inputs write back through WizardState::edit().
class WizardStep : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WizardStep)

public:
    WizardStep(WizardState &state, QWidget *parent);

    /// In the list of steps; empty for a section.
    virtual QString title() const { return {}; }
    /// The fields whose problems are shown here.
    virtual QSet<DraftField> fields() const = 0;
    /// Puts the cursor into the input of `field`; false when it is not here.
    virtual bool focusField(DraftField field) = 0;
    /// The step comes to the front: put the cursor where work begins.
    virtual void enter() {}

protected:
    WizardState &state() const { return m_state; }
    virtual void load() = 0;
    virtual void showProblems(const QList<DraftProblem> &problems) = 0;
    virtual void retranslate() = 0;
    /// Whatever comes into `field`, typed or put there by an assistive program, goes to `member` of the draft: trimmed, or as it is.
    void followText(QLineEdit *field, DraftField touched, QString InstanceDraft::*member, bool trimmed);
    /// For the end of the subclass' constructor: words, draft and problems for the first time.
    void begin();
    void changeEvent(QEvent *event) override;

private:
    void follow();

    WizardState &m_state;
    bool m_begun = false;
};

} // namespace novita
