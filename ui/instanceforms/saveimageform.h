// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/instanceforms/actionform.h"

class QLabel;
class QLineEdit;

namespace novita {

class RegistryAuthBox;

/// Where the container disk is written to, and with which credentials.
class SaveImageForm final : public ActionForm
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SaveImageForm)

public:
    SaveImageForm(const UiContext &context, QWidget *parent = nullptr);

    void load(const QList<Instance> &instances) override;
    InstanceRequest request() const override;
    QStringList consequences() const override;

protected:
    void retranslate() override;

private:
    QLineEdit *m_image;
    RegistryAuthBox *m_auth;
    QLabel *m_imageLabel;
    QLabel *m_imageNote;
    QLabel *m_authLabel;
    QLabel *m_authNote;
};

} // namespace novita
