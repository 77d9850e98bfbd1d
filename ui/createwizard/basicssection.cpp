// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/basicssection.h"

#include "ui/createwizard/wizardstate.h"
#include "ui/models/productwords.h"
#include "ui/theme.h"
#include "ui/widgets/fieldform.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kMostDiskGb = 9999; // the rules say what is too much: a spin box that clamps would hide what was typed
constexpr int kMostMonths = 12;
constexpr int kNumberWidth = 132;

} // namespace

BasicsSection::BasicsSection(WizardState &state, const UiContext &context, QWidget *parent)
    : WizardStep(state, parent)
    , m_form(new FieldForm(context.theme, this))
    , m_name(new QLineEdit)
    , m_disk(new QSpinBox)
    , m_localMount(new QLineEdit)
    , m_cuda(new QLineEdit)
    , m_months(new QSpinBox)
    , m_renew(new QCheckBox)
    , m_renewMonths(new QSpinBox)
{
    m_disk->setRange(1, kMostDiskGb);
    m_months->setRange(1, kMostMonths);
    m_renewMonths->setRange(1, kMostMonths);
    for (QWidget *narrow : std::initializer_list<QWidget *>{m_disk, m_cuda, m_months, m_renewMonths})
        narrow->setFixedWidth(context.theme.grown(kNumberWidth));

    m_heading = m_form->addHeading();
    m_nameLabel = m_form->addField({DraftField::Name}, m_name);
    m_nameNote = m_form->addNote();
    m_diskLabel = m_form->addField({DraftField::Rootfs}, m_disk);
    m_diskNote = m_form->addNote();
    m_localMountLabel = m_form->addField({DraftField::LocalMount}, m_localMount);
    m_cudaLabel = m_form->addField({DraftField::MinCuda}, m_cuda);
    m_monthsLabel = m_form->addField({DraftField::Month}, m_months);
    m_form->addWide({}, m_renew);
    m_renewMonthsLabel = m_form->addField({DraftField::AutoRenew}, m_renewMonths);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    connectSignals();
    begin();
}

void BasicsSection::connectSignals()
{
    WizardState *shared = &state();
    followText(m_name, DraftField::Name, &InstanceDraft::name, false);
    followText(m_localMount, DraftField::LocalMount, &InstanceDraft::localMountPoint, true);
    followText(m_cuda, DraftField::MinCuda, &InstanceDraft::minCudaVersion, true);
    connect(m_disk, &QSpinBox::valueChanged, this, [shared](int size) {
        shared->edit({DraftField::Rootfs}, [size](InstanceDraft &draft) { draft.rootfsGb = size; });
    });
    connect(m_months, &QSpinBox::valueChanged, this, [shared](int months) {
        shared->edit({DraftField::Month}, [months](InstanceDraft &draft) { draft.months = months; });
    });
    connect(m_renew, &QCheckBox::toggled, this, [shared](bool on) {
        shared->edit({DraftField::AutoRenew}, [on](InstanceDraft &draft) { draft.autoRenew = on; });
    });
    connect(m_renewMonths, &QSpinBox::valueChanged, this, [shared](int months) {
        shared->edit({DraftField::AutoRenew}, [months](InstanceDraft &draft) { draft.autoRenewMonths = months; });
    });
}

QSet<DraftField> BasicsSection::fields() const
{
    return m_form->fields();
}

bool BasicsSection::focusField(DraftField field)
{
    return m_form->focusField(field);
}

void BasicsSection::load()
{
    const InstanceDraft &draft = state().draft();
    const QSignalBlocker disk(m_disk);
    const QSignalBlocker months(m_months);
    const QSignalBlocker renew(m_renew);
    const QSignalBlocker renewMonths(m_renewMonths);
    if (m_name->text() != draft.name)
        m_name->setText(draft.name);
    if (m_cuda->text().trimmed() != draft.minCudaVersion)
        m_cuda->setText(draft.minCudaVersion);
    if (m_localMount->text().trimmed() != draft.localMountPoint)
        m_localMount->setText(draft.localMountPoint);
    m_disk->setValue(draft.rootfsGb);
    m_months->setValue(draft.months);
    m_renew->setChecked(draft.autoRenew);
    m_renewMonths->setValue(draft.autoRenewMonths);

    // A CPU product fixes the size of its disk and its billing: the API has no such fields for it.
    const bool gpu = draft.kind == ProductKind::Gpu;
    const bool monthly = gpu && draft.billing == BillingMode::Monthly;
    m_form->setFieldVisible(m_disk, gpu);
    m_form->setFieldVisible(m_localMount, !gpu);
    m_form->setFieldVisible(m_cuda, gpu);
    m_form->setFieldVisible(m_months, monthly);
    m_form->setFieldVisible(m_renew, monthly);
    m_form->setFieldVisible(m_renewMonths, monthly && draft.autoRenew);
    loadDiskHint();
}

void BasicsSection::loadDiskHint()
{
    const Product *product = state().product();
    const QString range = product ? productwords::diskRange(*product) : QString();
    m_diskNote->setVisible(!range.isEmpty());
    m_diskNote->setText(state().draft().kind == ProductKind::Gpu ? tr("This product takes %1. 60 GB are free of charge.").arg(range)
                                                                 : tr("The product comes with a disk of %1.").arg(range));
}

void BasicsSection::showProblems(const QList<DraftProblem> &problems)
{
    m_form->showProblems(problems);
}

void BasicsSection::retranslate()
{
    m_heading->setText(tr("Name and disk"));
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name"));
    m_nameNote->setText(tr("1 to 100 letters A-Z, digits, hyphens and underscores."));
    m_diskLabel->setText(tr("System disk"));
    m_disk->setAccessibleName(tr("System disk"));
    m_disk->setSuffix(tr(" GB"));
    m_localMountLabel->setText(tr("Disk mounted at"));
    m_localMount->setAccessibleName(tr("Disk mounted at"));
    m_localMount->setPlaceholderText(QStringLiteral("/workspace"));
    m_cudaLabel->setText(tr("CUDA at least"));
    m_cuda->setAccessibleName(tr("CUDA at least"));
    m_cuda->setPlaceholderText(tr("any"));
    m_monthsLabel->setText(tr("Term"));
    m_months->setAccessibleName(tr("Term"));
    m_months->setSuffix(tr(" months"));
    m_renew->setText(tr("Renew automatically"));
    m_renew->setAccessibleName(tr("Renew automatically"));
    m_renewMonthsLabel->setText(tr("Renew for"));
    m_renewMonths->setAccessibleName(tr("Renew for"));
    m_renewMonths->setSuffix(tr(" months"));
    loadDiskHint();
}

} // namespace novita
