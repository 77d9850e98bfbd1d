// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/upgradeform.h"

#include "core/workflows/stores.h"
#include "ui/instanceforms/registryauthbox.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/keyvalueeditor.h"
#include "ui/widgets/mountlisteditor.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>

namespace novita {

UpgradeForm::UpgradeForm(const UiContext &context, QWidget *parent)
    : ActionForm(context, parent)
    , m_image(new QLineEdit)
    , m_auth(new RegistryAuthBox(context))
    , m_command(new QLineEdit)
    , m_envs(new KeyValueEditor)
    , m_mounts(new MountListEditor)
    , m_keep(new QCheckBox)
{
    m_imageLabel = m_form->addField({DraftField::Image}, m_image);
    m_authLabel = m_form->addField({}, m_auth);
    m_commandLabel = m_form->addField({DraftField::Command}, m_command);
    m_envsLabel = m_form->addField({DraftField::Envs}, m_envs);
    m_mountsLabel = m_form->addField({DraftField::Mounts}, m_mounts);
    m_mountsNote = m_form->addNote();
    m_form->addWide({}, m_keep);
    m_keepNote = m_form->addNote();
    m_keep->setChecked(true);
    connect(m_image, &QLineEdit::textChanged, this, &UpgradeForm::noteEdit);
    connect(m_auth, &QComboBox::activated, this, &UpgradeForm::noteEdit);
    connect(m_command, &QLineEdit::textChanged, this, &UpgradeForm::noteEdit);
    connect(m_envs, &KeyValueEditor::valuesChanged, this, &UpgradeForm::noteEdit);
    connect(m_mounts, &MountListEditor::mountsChanged, this, &UpgradeForm::noteEdit);
    connect(m_keep, &QCheckBox::toggled, this, &UpgradeForm::noteEdit);
    connect(&context.stores.storages, &EntityStoreBase::freshnessChanged, this, &UpgradeForm::loadVolumes);
    retranslate();
}

void UpgradeForm::load(const QList<Instance> &instances)
{
    const QScopedValueRollback<bool> guard(m_loading, true);
    m_before = instances.value(0);
    const UpgradeRequest now = UpgradeRequest::of(m_before);
    m_image->setText(now.imageUrl);
    m_auth->choose(now.imageAuthId);
    m_command->setText(now.command);
    m_envs->setValues(now.envs);
    loadVolumes();
    m_mounts->setMounts(now.mounts);
    m_keep->setChecked(now.keepSystemDisk);
}

void UpgradeForm::loadVolumes()
{
    const QScopedValueRollback<bool> guard(m_loading, true);
    QList<NetworkStorage> here;
    for (const NetworkStorage &volume : m_context.stores.storages.all()) {
        if (volume.clusterId == m_before.clusterId)
            here.append(volume);
    }
    m_mounts->setVolumes(here);
}

InstanceRequest UpgradeForm::request() const
{
    UpgradeRequest upgrade;
    upgrade.imageUrl = m_image->text().trimmed();
    upgrade.imageAuthId = m_auth->chosen();
    upgrade.command = m_command->text();
    upgrade.envs = m_envs->values();
    upgrade.mounts = m_mounts->mounts();
    upgrade.keepSystemDisk = m_keep->isChecked();
    return upgrade;
}

QStringList UpgradeForm::consequences() const
{
    QStringList out;
    if (m_mounts->mounts().size() < UpgradeRequest::of(m_before).mounts.size())
        out.append(tr("A network volume that is not in the list is unmounted; what lies on it stays."));
    if (!m_keep->isChecked())
        out.append(tr("Everything on the container disk is given up."));
    return out;
}

void UpgradeForm::retranslate()
{
    m_imageLabel->setText(tr("Image"));
    m_image->setAccessibleName(tr("Image"));
    m_authLabel->setText(tr("Registry credentials"));
    m_auth->setAccessibleName(tr("Registry credentials"));
    m_auth->retranslate();
    m_commandLabel->setText(tr("Command"));
    m_command->setAccessibleName(tr("Command"));
    m_command->setPlaceholderText(tr("that of the image"));
    m_envsLabel->setText(tr("Environment"));
    m_mountsLabel->setText(tr("Network volumes"));
    m_mountsNote->setText(tr("The hardware, the ports and the name stay as they are."));
    m_keep->setText(tr("Keep what is on the system disk"));
    m_keep->setAccessibleName(tr("Keep what is on the system disk"));
    m_keepNote->setText(tr("The service tries to, and does not promise it: save what matters before."));
}

} // namespace novita
