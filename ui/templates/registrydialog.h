// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/resourcedrafts.h"
#include "ui/widgets/formdialog.h"

class QLabel;
class QLineEdit;

namespace novita {

/// New registry credentials. The password is masked and never shown again; it leaves with the dialog.
class RegistryDialog final : public FormDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RegistryDialog)

public:
    RegistryDialog(const UiContext &context, QWidget *parent);

protected:
    QString heading() const override;
    QString verb() const override;
    QString busyVerb() const override;
    QList<DraftProblem> problems() const override;
    Call<ResourceOutcome> *submit() override;
    void retranslate() override;

private:
    RegistryAuthDraft draft() const;

    QLineEdit *m_name;
    QLabel *m_nameLabel;
    QLineEdit *m_user;
    QLabel *m_userLabel;
    QLineEdit *m_password;
    QLabel *m_passwordLabel;
    QLabel *m_note;
};

} // namespace novita
