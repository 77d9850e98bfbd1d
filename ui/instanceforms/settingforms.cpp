// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/settingforms.h"

#include "ui/theme.h"
#include "ui/widgets/fieldform.h"

#include <QCheckBox>
#include <QLabel>
#include <QSpinBox>

namespace novita {

namespace {

constexpr int kMostMonths = 12;
constexpr int kNumberWidth = 132;

} // namespace

AutoRenewForm::AutoRenewForm(const UiContext &context, QWidget *parent)
    : ActionForm(context, parent), m_on(new QCheckBox), m_months(new QSpinBox)
{
    m_on->setChecked(true);
    m_months->setRange(1, kMostMonths);
    m_months->setFixedWidth(context.theme.grown(kNumberWidth));
    m_form->addWide({}, m_on);
    m_monthsLabel = m_form->addField({DraftField::AutoRenew}, m_months);
    m_note = m_form->addNote();
    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        m_form->setFieldVisible(m_months, on);
        noteEdit();
    });
    connect(m_months, &QSpinBox::valueChanged, this, &AutoRenewForm::noteEdit);
    retranslate();
}

void AutoRenewForm::load(const QList<Instance> &)
{
}

InstanceRequest AutoRenewForm::request() const
{
    return AutoRenewRequest{m_on->isChecked(), m_months->value()};
}

QStringList AutoRenewForm::consequences() const
{
    if (m_on->isChecked())
        return {tr("At the end of each term the next one is paid from the balance by itself.")};
    return {tr("At the end of its term the instance is stopped. Renew it before if you want to keep it.")};
}

void AutoRenewForm::retranslate()
{
    m_on->setText(tr("Renew automatically"));
    m_on->setAccessibleName(tr("Renew automatically"));
    m_monthsLabel->setText(tr("Months each time"));
    m_months->setAccessibleName(tr("Months each time"));
    m_note->setText(tr("The service does not tell how this is set now: what you send replaces it."));
}

AutoMigrateForm::AutoMigrateForm(const UiContext &context, QWidget *parent)
    : ActionForm(context, parent), m_on(new QCheckBox), m_disk(new QCheckBox)
{
    m_on->setChecked(true);
    m_disk->setChecked(true);
    m_form->addWide({}, m_on);
    m_form->addWide({}, m_disk);
    m_note = m_form->addNote();
    connect(m_on, &QCheckBox::toggled, this, [this](bool on) {
        m_disk->setEnabled(on);
        noteEdit();
    });
    connect(m_disk, &QCheckBox::toggled, this, &AutoMigrateForm::noteEdit);
    retranslate();
}

void AutoMigrateForm::load(const QList<Instance> &)
{
}

InstanceRequest AutoMigrateForm::request() const
{
    return AutoMigrateRequest{m_on->isChecked(), m_on->isChecked() && m_disk->isChecked()};
}

QStringList AutoMigrateForm::consequences() const
{
    if (!m_on->isChecked())
        return {tr("When its host is lost the instance stays stopped until you migrate it.")};
    if (m_disk->isChecked())
        return {tr("The platform may move the instance to another host on its own and copies the system disk along. Volume disks are not taken along.")};
    return {tr("The platform may move the instance to another host on its own. New data on its disks is not taken along.")};
}

void AutoMigrateForm::retranslate()
{
    m_on->setText(tr("Let the platform migrate it"));
    m_on->setAccessibleName(tr("Let the platform migrate it"));
    m_disk->setText(tr("Copy the system disk as well"));
    m_disk->setAccessibleName(tr("Copy the system disk as well"));
    m_note->setText(tr("The service does not tell how this is set now: what you send replaces it."));
}

} // namespace novita
