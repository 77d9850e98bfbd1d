// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/createwizard/wizardstep.h"
#include "ui/uicontext.h"

class QCheckBox;
class QLabel;
class QSpinBox;

namespace novita {

class FieldForm;
class KeyValueEditor;
class PortListEditor;

/// Ports, Jupyter and environment variables.
class AccessSection final : public WizardStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AccessSection)

public:
    AccessSection(WizardState &state, const UiContext &context, QWidget *parent = nullptr);

    QSet<DraftField> fields() const override;
    bool focusField(DraftField field) override;

protected:
    void load() override;
    void showProblems(const QList<DraftProblem> &problems) override;
    void retranslate() override;

private:
    FieldForm *m_form;
    QLabel *m_heading;
    PortListEditor *m_ports;
    QLabel *m_portsLabel;
    QLabel *m_portsNote;
    QCheckBox *m_jupyter;
    QSpinBox *m_jupyterPort;
    QLabel *m_jupyterPortLabel;
    KeyValueEditor *m_envs;
    QLabel *m_envsLabel;
    bool m_loading = false; ///< editors tell of what is put into them, too
};

} // namespace novita
