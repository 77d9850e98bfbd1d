// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/instanceforms/actionform.h"

class QCheckBox;
class QLabel;
class QSpinBox;

namespace novita {

// Settings of an instance that no answer of the API carries: the forms say so, and what they begin with is no claim.

/// Whether a monthly instance renews itself, and for how long.
class AutoRenewForm final : public ActionForm
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AutoRenewForm)

public:
    AutoRenewForm(const UiContext &context, QWidget *parent = nullptr);

    void load(const QList<Instance> &instances) override;
    InstanceRequest request() const override;
    QStringList consequences() const override;

protected:
    void retranslate() override;

private:
    QCheckBox *m_on;
    QSpinBox *m_months;
    QLabel *m_monthsLabel;
    QLabel *m_note;
};

/// Whether the platform may move an instance on its own.
class AutoMigrateForm final : public ActionForm
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AutoMigrateForm)

public:
    AutoMigrateForm(const UiContext &context, QWidget *parent = nullptr);

    void load(const QList<Instance> &instances) override;
    InstanceRequest request() const override;
    QStringList consequences() const override;

protected:
    void retranslate() override;

private:
    QCheckBox *m_on;
    QCheckBox *m_disk;
    QLabel *m_note;
};

} // namespace novita
