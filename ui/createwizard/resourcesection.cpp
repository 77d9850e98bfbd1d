// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/resourcesection.h"

#include "core/workflows/stores.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/fieldform.h"
#include "ui/widgets/mountlisteditor.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace novita {

ResourceSection::ResourceSection(WizardState &state, const UiContext &context, QWidget *parent)
    : WizardStep(state, parent)
    , m_context(context)
    , m_form(new FieldForm(context.theme, this))
    , m_mounts(new MountListEditor)
    , m_network(new QComboBox)
    , m_auth(new QComboBox)
    , m_command(new QLineEdit)
    , m_entrypoint(new QLineEdit)
{
    buildLayout();
    connectSignals();
    begin();
}

void ResourceSection::buildLayout()
{
    m_heading = m_form->addHeading();
    m_mountsLabel = m_form->addField({DraftField::Mounts}, m_mounts);
    m_mountsNote = m_form->addNote();
    m_networkLabel = m_form->addField({DraftField::Network}, m_network);
    m_authLabel = m_form->addField({}, m_auth);
    m_authNote = m_form->addNote();
    m_commandHeading = m_form->addHeading();
    m_commandLabel = m_form->addField({DraftField::Command}, m_command);
    m_entrypointLabel = m_form->addField({DraftField::Entrypoint}, m_entrypoint);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
}

void ResourceSection::connectSignals()
{
    WizardState *shared = &state();
    connect(m_mounts, &MountListEditor::mountsChanged, this, [this, shared] {
        if (!m_loading)
            shared->edit({DraftField::Mounts}, [this](InstanceDraft &draft) { draft.mounts = m_mounts->mounts(); });
    });
    connect(m_network, &QComboBox::activated, this, [this, shared] {
        shared->edit({DraftField::Network}, [this](InstanceDraft &draft) { draft.networkId = NetworkId(m_network->currentData().toString()); });
    });
    connect(m_auth, &QComboBox::activated, this, [this, shared] {
        shared->edit({}, [this](InstanceDraft &draft) { draft.imageAuthId = RegistryAuthId(m_auth->currentData().toString()); });
    });
    followText(m_command, DraftField::Command, &InstanceDraft::command, false);
    followText(m_entrypoint, DraftField::Entrypoint, &InstanceDraft::entrypoint, false);
    const Stores &stores = m_context.stores;
    const std::initializer_list<const EntityStoreBase *> sources{&stores.storages, &stores.networks, &stores.registryAuths};
    for (const EntityStoreBase *store : sources) {
        store->followRows(this, &ResourceSection::load);
        connect(store, &EntityStoreBase::freshnessChanged, this, &ResourceSection::load);
    }
}

QSet<DraftField> ResourceSection::fields() const
{
    return m_form->fields();
}

bool ResourceSection::focusField(DraftField field)
{
    return m_form->focusField(field);
}

void ResourceSection::load()
{
    const QScopedValueRollback<bool> guard(m_loading, true);
    const InstanceDraft &draft = state().draft();
    loadVolumes();
    loadNetworks();
    loadAuths();
    if (m_command->text() != draft.command)
        m_command->setText(draft.command);
    if (m_entrypoint->text() != draft.entrypoint)
        m_entrypoint->setText(draft.entrypoint);
}

void ResourceSection::loadVolumes()
{
    const ClusterId &cluster = state().draft().clusterId;
    QList<NetworkStorage> here;
    for (const StorageId &id : m_context.stores.storages.ids()) {
        const NetworkStorage *volume = m_context.stores.storages.find(id);
        if (volume->clusterId == cluster && !cluster.isEmpty())
            here.append(*volume);
    }
    m_mounts->setVolumes(here);
    m_mounts->setMounts(state().draft().mounts);
    const RankedProduct *ranked = state().ranked();
    if (cluster.isEmpty())
        m_mountsNote->setText(tr("Volumes belong to a region: choose one in the first step to attach them."));
    else if (here.isEmpty())
        m_mountsNote->setText(m_context.stores.storages.refreshedAt()
                                  ? tr("You have no network volume in %1.").arg(ranked ? ranked->region : cluster.toString())
                                  : tr("The network volumes have not been read yet."));
    else
        m_mountsNote->setText(tr("What lies on a network volume survives a stop and a delete."));
}

void ResourceSection::loadNetworks()
{
    const InstanceDraft &draft = state().draft();
    QList<Choice> choices;
    for (const NetworkId &id : m_context.stores.networks.ids()) {
        const VpcNetwork *network = m_context.stores.networks.find(id);
        if (!draft.clusterId.isEmpty() && network->clusterId == draft.clusterId)
            choices.append({id.toString(), network->segment.isEmpty() ? network->name : tr("%1 (%2)").arg(network->name, network->segment)});
    }
    fillChoices(m_network, tr("None"), choices, draft.networkId.toString());
}

void ResourceSection::loadAuths()
{
    fillChoices(m_auth, tr("None: the image is public"), credentialChoices(m_context.stores), state().draft().imageAuthId.toString());
}

void ResourceSection::showProblems(const QList<DraftProblem> &problems)
{
    m_form->showProblems(problems);
}

void ResourceSection::retranslate()
{
    m_heading->setText(tr("Storage, network and registry"));
    m_mountsLabel->setText(tr("Network volumes"));
    m_networkLabel->setText(tr("VPC network"));
    m_authLabel->setText(tr("Registry credentials"));
    m_authNote->setText(tr("Needed for an image that is not public. Stored with your account; the password is not read here."));
    m_commandHeading->setText(tr("Start command"));
    m_commandLabel->setText(tr("Command"));
    m_command->setAccessibleName(tr("Command"));
    m_command->setPlaceholderText(tr("that of the image"));
    m_entrypointLabel->setText(tr("Entrypoint"));
    m_entrypoint->setAccessibleName(tr("Entrypoint"));
    m_entrypoint->setPlaceholderText(tr("that of the image"));
}

} // namespace novita
