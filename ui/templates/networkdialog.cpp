// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/networkdialog.h"

#include "core/base/displaytext.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/stores.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/fieldform.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

namespace novita {

NetworkDialog::NetworkDialog(const UiContext &context, const VpcNetwork *before, QWidget *parent)
    : FormDialog(context, parent)
    , m_before(before ? std::optional(*before) : std::nullopt)
    , m_name(new QLineEdit)
    , m_region(new QComboBox)
{
    m_nameLabel = form()->addField({DraftField::Name}, m_name);
    m_regionLabel = form()->addField({DraftField::Cluster}, m_region);
    m_name->setMaxLength(300);
    if (m_before)
        m_name->setText(m_before->name);
    fillRegions();
    connect(m_name, &QLineEdit::textEdited, this, &NetworkDialog::changed);
    connect(m_region, &QComboBox::activated, this, &NetworkDialog::changed);
    connect(&context.stores.clusters, &EntityStoreBase::freshnessChanged, this, &NetworkDialog::fillRegions);
    begin();
}

void NetworkDialog::fillRegions()
{
    QList<Choice> choices;
    for (const ClusterId &id : context().stores.clusters.ids()) {
        const Cluster *cluster = context().stores.clusters.find(id);
        if (m_before ? id == m_before->clusterId : cluster->supportsNetwork)
            choices.append({id.toString(), displayName(cluster->name, id.toString())});
    }
    const QString chosen = m_before ? m_before->clusterId.toString() : m_region->currentData().toString();
    fillChoices(m_region, m_before ? QString() : tr("Choose a region"), choices, chosen);
    m_region->setEnabled(!m_before);
}

NetworkDraft NetworkDialog::draft() const
{
    return {m_before ? m_before->id : NetworkId(), m_name->text().trimmed(), ClusterId(m_region->currentData().toString())};
}

QString NetworkDialog::heading() const
{
    return m_before ? tr("Rename “%1”").arg(displayLine(m_before->name, 60)) : tr("New VPC network");
}

QString NetworkDialog::verb() const
{
    return m_before ? tr("Rename") : tr("Create network");
}

QString NetworkDialog::busyVerb() const
{
    return m_before ? tr("Saving…") : tr("Creating…");
}

QList<DraftProblem> NetworkDialog::problems() const
{
    return context().resources.problems(draft());
}

Call<ResourceOutcome> *NetworkDialog::submit()
{
    return context().resources.save(draft());
}

void NetworkDialog::retranslate()
{
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name"));
    m_regionLabel->setText(tr("Region"));
    m_region->setAccessibleName(tr("Region"));
    fillRegions();
}

} // namespace novita
