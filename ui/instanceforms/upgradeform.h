// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/instanceforms/actionform.h"

class QCheckBox;
class QLabel;
class QLineEdit;

namespace novita {

class KeyValueEditor;
class MountListEditor;
class RegistryAuthBox;

/// Another image, command, environment or set of network volumes: the whole configuration, as it is sent in full.
class UpgradeForm final : public ActionForm
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UpgradeForm)

public:
    UpgradeForm(const UiContext &context, QWidget *parent = nullptr);

    void load(const QList<Instance> &instances) override;
    InstanceRequest request() const override;
    bool needsDetail() const override { return true; }
    QStringList consequences() const override;

protected:
    void retranslate() override;

private:
    void loadVolumes();

    Instance m_before;
    QLineEdit *m_image;
    RegistryAuthBox *m_auth;
    QLineEdit *m_command;
    KeyValueEditor *m_envs;
    MountListEditor *m_mounts;
    QCheckBox *m_keep;
    QLabel *m_imageLabel;
    QLabel *m_authLabel;
    QLabel *m_commandLabel;
    QLabel *m_envsLabel;
    QLabel *m_mountsLabel;
    QLabel *m_mountsNote;
    QLabel *m_keepNote;
};

} // namespace novita
