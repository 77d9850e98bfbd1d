// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/createwizard/wizardstep.h"
#include "ui/uicontext.h"

class QScrollArea;

namespace novita {

/// Step 3: name, disk and term, then ports and variables, then volumes, network, credentials and command; each a section.
class SettingsStep final : public WizardStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsStep)

public:
    SettingsStep(WizardState &state, const UiContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QSet<DraftField> fields() const override;
    bool focusField(DraftField field) override;
    void enter() override;

protected:
    void load() override {}
    void showProblems(const QList<DraftProblem> &problems) override { Q_UNUSED(problems) }
    void retranslate() override {}

private:
    QScrollArea *m_scroll;
    QList<WizardStep *> m_sections;
};

} // namespace novita
