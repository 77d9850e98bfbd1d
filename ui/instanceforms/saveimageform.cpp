// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instanceforms/saveimageform.h"

#include "ui/instanceforms/registryauthbox.h"
#include "ui/widgets/fieldform.h"

#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>

namespace novita {

SaveImageForm::SaveImageForm(const UiContext &context, QWidget *parent)
    : ActionForm(context, parent), m_image(new QLineEdit), m_auth(new RegistryAuthBox(context))
{
    m_imageLabel = m_form->addField({DraftField::Image}, m_image);
    m_imageNote = m_form->addNote();
    m_authLabel = m_form->addField({}, m_auth);
    m_authNote = m_form->addNote();
    connect(m_image, &QLineEdit::textChanged, this, &SaveImageForm::noteEdit);
    connect(m_auth, &QComboBox::activated, this, &SaveImageForm::noteEdit);
    retranslate();
}

void SaveImageForm::load(const QList<Instance> &instances)
{
    const QScopedValueRollback<bool> guard(m_loading, true);
    // The credentials that fetched its image most likely belong to the registry that the new one goes to.
    m_auth->choose(instances.value(0).imageAuthId);
}

InstanceRequest SaveImageForm::request() const
{
    return SaveImageRequest{m_image->text().trimmed(), m_auth->chosen()};
}

QStringList SaveImageForm::consequences() const
{
    return {tr("The container disk is written into the image; volume disks and network volumes are not part of it."),
            tr("It takes some minutes. The job is followed under Activity, Operations, and can be canceled there."),
            tr("An image that has this name and tag already is replaced in the registry.")};
}

void SaveImageForm::retranslate()
{
    m_imageLabel->setText(tr("Image to write"));
    m_image->setAccessibleName(tr("Image to write"));
    m_image->setPlaceholderText(QStringLiteral("registry.example.com/team/trainer:1"));
    m_imageNote->setText(tr("Registry, repository and tag."));
    m_authLabel->setText(tr("Registry credentials"));
    m_auth->setAccessibleName(tr("Registry credentials"));
    m_authNote->setText(tr("A private registry needs them. They are kept with your account, under Templates, Registry credentials."));
    m_auth->retranslate();
}

} // namespace novita
