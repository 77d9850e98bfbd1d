// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/editform.h"

#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/portlisteditor.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QSpinBox>

namespace novita {

namespace {

constexpr int kMostGrowthGb = 6144;
constexpr int kNumberWidth = 132;

} // namespace

EditForm::EditForm(const UiContext &context, QWidget *parent)
    : ActionForm(context, parent), m_ports(new PortListEditor), m_grow(new QSpinBox)
{
    m_grow->setRange(0, kMostGrowthGb);
    m_grow->setFixedWidth(context.theme.grown(kNumberWidth));
    m_portsLabel = m_form->addField({DraftField::Ports, DraftField::Tools}, m_ports);
    m_portsNote = m_form->addNote();
    m_growLabel = m_form->addField({DraftField::Rootfs}, m_grow);
    m_growNote = m_form->addNote();
    connect(m_ports, &PortListEditor::portsChanged, this, &EditForm::noteEdit);
    connect(m_grow, &QSpinBox::valueChanged, this, [this] {
        retranslate();
        noteEdit();
    });
    retranslate();
}

void EditForm::load(const QList<Instance> &instances)
{
    const QScopedValueRollback<bool> guard(m_loading, true);
    m_before = instances.value(0);
    // As a clone would have them: without that of Jupyter, which is no port of its own here.
    m_portsBefore = InstanceDraft::fromInstance(m_before, m_before.name).ports;
    m_ports->setPorts(m_portsBefore);
    m_grow->setValue(0);
    retranslate();
}

InstanceRequest EditForm::request() const
{
    EditRequest edit;
    edit.growDiskGb = m_grow->value();
    if (const QList<DraftPort> wanted = m_ports->ports(); wanted != m_portsBefore)
        edit.ports = wanted;
    return edit;
}

QStringList EditForm::consequences() const
{
    return {tr("The instance keeps running. It takes up to a minute until the change shows."),
            tr("The name stays as it is: the service offers no way to change it.")};
}

void EditForm::retranslate()
{
    m_portsLabel->setText(tr("Ports"));
    m_portsNote->setText(tr("This is the whole list: a port that is removed here is closed. At most 15 with that of Jupyter; 2222 to 2224 belong to the platform."));
    m_growLabel->setText(tr("Grow the system disk by"));
    m_grow->setAccessibleName(tr("Grow the system disk by"));
    //: after a number
    m_grow->setSuffix(tr(" GB"));
    const std::optional<int> size = m_before.rootfsGb;
    QString note = size ? tr("%1 now, %2 afterwards.").arg(format::gigabytes(size), format::gigabytes(*size + m_grow->value())) : tr("Its size now is not known.");
    m_growNote->setText(note + QLatin1Char(' ') + tr("A disk can only grow; what is above 60 GB is charged by the day."));
}

} // namespace novita
