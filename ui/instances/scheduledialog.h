// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/schedulerule.h"
#include "ui/widgets/ruledialog.h"

#include <array>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QLabel;
class QTimeEdit;

namespace novita {

/// Asks for a schedule for one instance or several, and says when it would act next.
class ScheduleDialog final : public RuleDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScheduleDialog)

public:
    /// `names` of `begin.instances`, as they are shown.
    ScheduleDialog(const QStringList &names, const ScheduleRule &begin, const Clock &clock, QWidget *parent = nullptr);

    ScheduleRule rule() const;

private:
    void build();
    void fill(const ScheduleRule &rule);
    void applyChoice();
    QWidget *buildDays();
    localtime::Days chosenDays() const;

    const Clock &m_clock;
    const QList<InstanceId> m_instances;
    QComboBox *m_action;
    QComboBox *m_repeat;
    QDateEdit *m_date;
    std::array<QCheckBox *, 7> m_days{}; ///< from Monday on
    QWidget *m_dayRow;
    QTimeEdit *m_time;
    QComboBox *m_zone;
    QLabel *m_next;
};

} // namespace novita
