// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/idlerule.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QTimeEdit;

namespace novita {

/// Asks for the idle rule of one instance. A new one begins as a dry run.
class IdleRuleDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdleRuleDialog)

public:
    IdleRuleDialog(const QString &instanceName, const IdleRule &begin, QWidget *parent = nullptr);

    IdleRule rule() const;
    /// Saving failed; the dialog stays.
    void setProblem(const QString &sentence);

signals:
    void saveRequested();

private:
    void build(const QString &instanceName);
    void fill(const IdleRule &rule);
    void applyTrigger();

    QFormLayout *m_form;
    QComboBox *m_trigger;
    QSpinBox *m_percent;
    QCheckBox *m_cpu;
    QSpinBox *m_idleMinutes;
    QSpinBox *m_runMinutes;
    QTimeEdit *m_time;
    QLabel *m_zone;
    QCheckBox *m_dryRun;
    QLabel *m_explain;
    QLabel *m_problem;
    QByteArray m_zoneId;
};

} // namespace novita
