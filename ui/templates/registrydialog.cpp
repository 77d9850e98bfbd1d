// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/registrydialog.h"

#include "core/workflows/resourcecommands.h"
#include "ui/widgets/fieldform.h"

#include <QLabel>
#include <QLineEdit>

namespace novita {

namespace {

// More than the API takes: what is too long shall be said, not cut.
constexpr int kMostTyped = 2000;

} // namespace

RegistryDialog::RegistryDialog(const UiContext &context, QWidget *parent)
    : FormDialog(context, parent)
    , m_name(new QLineEdit)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
{
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_nameLabel = form()->addField({DraftField::Name}, m_name);
    m_userLabel = form()->addField({DraftField::Username}, m_user);
    m_passwordLabel = form()->addField({DraftField::Password}, m_password);
    m_note = form()->addNote();
    for (QLineEdit *field : {m_name, m_user, m_password}) {
        field->setMaxLength(kMostTyped);
        connect(field, &QLineEdit::textEdited, this, &RegistryDialog::changed);
    }
    begin();
}

RegistryAuthDraft RegistryDialog::draft() const
{
    return {m_name->text().trimmed(), m_user->text().trimmed(), m_password->text()};
}

QString RegistryDialog::heading() const
{
    return tr("Add registry credentials");
}

QString RegistryDialog::verb() const
{
    return tr("Save credentials");
}

QString RegistryDialog::busyVerb() const
{
    return tr("Saving…");
}

QList<DraftProblem> RegistryDialog::problems() const
{
    return context().resources.problems(draft());
}

Call<ResourceOutcome> *RegistryDialog::submit()
{
    return context().resources.save(draft());
}

void RegistryDialog::retranslate()
{
    m_nameLabel->setText(tr("Name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("for example ghcr.io"));
    m_userLabel->setText(tr("User name"));
    m_user->setAccessibleName(tr("User name"));
    m_passwordLabel->setText(tr("Password"));
    m_password->setAccessibleName(tr("Password"));
    m_note->setText(tr("A password or an access token. It is sent to your account once and kept nowhere on this computer."));
}

} // namespace novita
