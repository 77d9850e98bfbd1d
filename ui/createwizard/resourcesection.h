// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/createwizard/wizardstep.h"
#include "ui/uicontext.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace novita {

class FieldForm;
class MountListEditor;

/// What exists in the account and the instance may use (network volumes, a VPC network, registry credentials), and what it
/// runs. Volumes and networks are offered of the cluster that the product step chose: others cannot be attached.
class ResourceSection final : public WizardStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ResourceSection)

public:
    ResourceSection(WizardState &state, const UiContext &context, QWidget *parent = nullptr);

    QSet<DraftField> fields() const override;
    bool focusField(DraftField field) override;

protected:
    void load() override;
    void showProblems(const QList<DraftProblem> &problems) override;
    void retranslate() override;

private:
    void buildLayout();
    void connectSignals();
    void loadVolumes();
    void loadNetworks();
    void loadAuths();

    const UiContext &m_context;
    FieldForm *m_form;
    QLabel *m_heading;
    MountListEditor *m_mounts;
    QLabel *m_mountsLabel;
    QLabel *m_mountsNote;
    QComboBox *m_network;
    QLabel *m_networkLabel;
    QComboBox *m_auth;
    QLabel *m_authLabel;
    QLabel *m_authNote;
    QLabel *m_commandHeading;
    QLineEdit *m_command;
    QLabel *m_commandLabel;
    QLineEdit *m_entrypoint;
    QLabel *m_entrypointLabel;
    bool m_loading = false; ///< the volume list tells of what is put into it, too
};

} // namespace novita
