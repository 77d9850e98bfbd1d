// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/storagedialog.h"

#include "core/base/displaytext.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/stores.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/fieldform.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

namespace novita {

StorageDialog::StorageDialog(const UiContext &context, const NetworkStorage *before, QWidget *parent)
    : FormDialog(context, parent)
    , m_before(before ? std::optional(*before) : std::nullopt)
    , m_name(new QLineEdit)
    , m_region(new QComboBox)
    , m_size(new QSpinBox)
{
    m_nameLabel = form()->addField({DraftField::Name}, m_name);
    m_regionLabel = form()->addField({DraftField::Cluster}, m_region);
    m_sizeLabel = form()->addField({DraftField::Size}, m_size);
    m_note = form()->addNote();
    m_name->setMaxLength(300);
    m_size->setRange(1, StorageDraft::kMostGb);
    m_size->setSingleStep(10);
    m_size->setValue(m_before ? m_before->sizeGb.value_or(StorageDraft::kLeastGb) : 100);
    if (m_before)
        m_name->setText(m_before->name);
    fillRegions();
    connect(m_name, &QLineEdit::textEdited, this, &StorageDialog::changed);
    connect(m_region, &QComboBox::activated, this, &StorageDialog::changed);
    connect(m_size, &QSpinBox::valueChanged, this, &StorageDialog::changed);
    connect(&context.stores.clusters, &EntityStoreBase::freshnessChanged, this, &StorageDialog::fillRegions);
    begin();
}

void StorageDialog::fillRegions()
{
    QList<Choice> choices;
    for (const ClusterId &id : context().stores.clusters.ids()) {
        const Cluster *cluster = context().stores.clusters.find(id);
        if (!m_before && cluster->supportsNetworkStorage)
            choices.append({id.toString(), displayName(cluster->name, id.toString())});
    }
    if (m_before)
        choices.append({m_before->clusterId.toString(), displayLine(m_before->clusterName.isEmpty() ? m_before->clusterId.toString() : m_before->clusterName)});
    const QString chosen = m_before ? m_before->clusterId.toString() : m_region->currentData().toString();
    fillChoices(m_region, m_before ? QString() : tr("Choose a region"), choices, chosen);
    m_region->setEnabled(!m_before);
}

StorageDraft StorageDialog::draft() const
{
    return {m_before ? m_before->id : StorageId(), m_name->text().trimmed(), ClusterId(m_region->currentData().toString()), m_size->value()};
}

QString StorageDialog::heading() const
{
    return m_before ? tr("Resize “%1”").arg(displayLine(m_before->name, 60)) : tr("New network volume");
}

QString StorageDialog::verb() const
{
    return m_before ? tr("Save") : tr("Create volume");
}

QString StorageDialog::busyVerb() const
{
    return m_before ? tr("Saving…") : tr("Creating…");
}

QList<DraftProblem> StorageDialog::problems() const
{
    return context().resources.problems(draft());
}

Call<ResourceOutcome> *StorageDialog::submit()
{
    return context().resources.save(draft());
}

void StorageDialog::retranslate()
{
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name"));
    m_regionLabel->setText(tr("Region"));
    m_region->setAccessibleName(tr("Region"));
    m_sizeLabel->setText(tr("Size"));
    m_size->setAccessibleName(tr("Size"));
    m_size->setSuffix(tr(" GB"));
    m_note->setText(m_before ? tr("A volume can only grow. What is on it stays.")
                             : tr("It is charged for as long as it exists, whether something mounts it or not. Only instances of its region can mount it."));
    fillRegions();
}

} // namespace novita
