// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/accesssection.h"

#include "ui/createwizard/wizardstate.h"
#include "ui/theme.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/keyvalueeditor.h"
#include "ui/widgets/portlisteditor.h"

#include <QCheckBox>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kHighestPort = 65535;
constexpr int kNumberWidth = 132;

} // namespace

AccessSection::AccessSection(WizardState &state, const UiContext &context, QWidget *parent)
    : WizardStep(state, parent)
    , m_form(new FieldForm(context.theme, this))
    , m_ports(new PortListEditor)
    , m_jupyter(new QCheckBox)
    , m_jupyterPort(new QSpinBox)
    , m_envs(new KeyValueEditor)
{
    m_jupyterPort->setRange(1, kHighestPort);
    m_jupyterPort->setFixedWidth(context.theme.grown(kNumberWidth));
    m_heading = m_form->addHeading();
    m_portsLabel = m_form->addField({DraftField::Ports}, m_ports);
    m_portsNote = m_form->addNote();
    m_form->addWide({}, m_jupyter);
    m_jupyterPortLabel = m_form->addField({DraftField::Tools}, m_jupyterPort);
    m_envsLabel = m_form->addField({DraftField::Envs}, m_envs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);

    WizardState *shared = &state;
    connect(m_ports, &PortListEditor::portsChanged, this, [this, shared] {
        if (!m_loading)
            shared->edit({DraftField::Ports, DraftField::Tools}, [this](InstanceDraft &draft) { draft.ports = m_ports->ports(); });
    });
    connect(m_envs, &KeyValueEditor::valuesChanged, this, [this, shared] {
        if (!m_loading)
            shared->edit({DraftField::Envs}, [this](InstanceDraft &draft) { draft.envs = m_envs->values(); });
    });
    connect(m_jupyter, &QCheckBox::toggled, this, [this, shared](bool on) {
        if (!m_loading)
            shared->edit({DraftField::Tools, DraftField::Ports}, [on](InstanceDraft &draft) { draft.jupyter = on; });
    });
    connect(m_jupyterPort, &QSpinBox::valueChanged, this, [this, shared](int port) {
        if (!m_loading)
            shared->edit({DraftField::Tools}, [port](InstanceDraft &draft) { draft.jupyterPort = port; });
    });
    begin();
}

QSet<DraftField> AccessSection::fields() const
{
    return m_form->fields();
}

bool AccessSection::focusField(DraftField field)
{
    return m_form->focusField(field);
}

void AccessSection::load()
{
    const QScopedValueRollback<bool> guard(m_loading, true);
    const InstanceDraft &draft = state().draft();
    m_ports->setPorts(draft.ports);
    m_envs->setValues(draft.envs);
    m_jupyter->setChecked(draft.jupyter);
    m_jupyterPort->setValue(draft.jupyterPort);
    m_form->setFieldVisible(m_jupyterPort, draft.jupyter);
}

void AccessSection::showProblems(const QList<DraftProblem> &problems)
{
    m_form->showProblems(problems);
}

void AccessSection::retranslate()
{
    m_heading->setText(tr("Ports and environment"));
    m_portsLabel->setText(tr("Ports"));
    m_portsNote->setText(tr("At most 15, with that of Jupyter. 2222 to 2224 belong to the platform; SSH is always there."));
    m_jupyter->setText(tr("Start Jupyter"));
    m_jupyter->setAccessibleName(tr("Start Jupyter"));
    m_jupyterPortLabel->setText(tr("Jupyter port"));
    m_jupyterPort->setAccessibleName(tr("Jupyter port"));
    m_envsLabel->setText(tr("Environment"));
}

} // namespace novita
