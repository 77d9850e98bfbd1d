// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/idlerule.h"
#include "ui/widgets/ruledialog.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;
class QTimeEdit;

namespace novita {

/// Asks for the idle rule of one instance. A new one begins as a dry run.
class IdleRuleDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IdleRuleDialog)

public:
    IdleRuleDialog(const QString &instanceName, const IdleRule &begin, QWidget *parent = nullptr);

    IdleRule rule() const;

private:
    void build();
    void fill(const IdleRule &rule);
    void applyTrigger();

    QComboBox *m_trigger;
    QSpinBox *m_percent;
    QCheckBox *m_cpu;
    QSpinBox *m_idleMinutes;
    QSpinBox *m_runMinutes;
    QTimeEdit *m_time;
    QLabel *m_zone;
    QCheckBox *m_dryRun;
    QLabel *m_explain;
    QByteArray m_zoneId;
};

} // namespace novita
