// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/instanceforms/actionform.h"

class QLabel;
class QSpinBox;

namespace novita {

class PortListEditor;

/// Ports and growth of the system disk. Says that the name stays: the API has no call for it.
class EditForm final : public ActionForm
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EditForm)

public:
    EditForm(const UiContext &context, QWidget *parent = nullptr);

    void load(const QList<Instance> &instances) override;
    InstanceRequest request() const override;
    bool needsDetail() const override { return true; }
    QStringList consequences() const override;

protected:
    void retranslate() override;

private:
    Instance m_before;
    QList<DraftPort> m_portsBefore;
    PortListEditor *m_ports;
    QSpinBox *m_grow;
    QLabel *m_portsLabel;
    QLabel *m_portsNote;
    QLabel *m_growLabel;
    QLabel *m_growNote;
};

} // namespace novita
