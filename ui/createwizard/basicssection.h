// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/createwizard/wizardstep.h"
#include "ui/uicontext.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace novita {

class FieldForm;

/// Name, system disk (CPU instances: where theirs is mounted), CUDA minimum and, for monthly billing, term and renewal.
class BasicsSection final : public WizardStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BasicsSection)

public:
    BasicsSection(WizardState &state, const UiContext &context, QWidget *parent = nullptr);

    QSet<DraftField> fields() const override;
    bool focusField(DraftField field) override;

protected:
    void load() override;
    void showProblems(const QList<DraftProblem> &problems) override;
    void retranslate() override;

private:
    void connectSignals();
    void loadDiskHint();

    FieldForm *m_form;
    QLabel *m_heading;
    QLineEdit *m_name;
    QLabel *m_nameLabel;
    QLabel *m_nameNote;
    QSpinBox *m_disk;
    QLabel *m_diskLabel;
    QLabel *m_diskNote;
    QLineEdit *m_localMount;
    QLabel *m_localMountLabel;
    QLineEdit *m_cuda;
    QLabel *m_cudaLabel;
    QSpinBox *m_months;
    QLabel *m_monthsLabel;
    QCheckBox *m_renew;
    QSpinBox *m_renewMonths;
    QLabel *m_renewMonthsLabel;
};

} // namespace novita
