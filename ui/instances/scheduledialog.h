// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/guards/schedulerule.h"

#include <QDialog>

#include <array>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QTimeEdit;

namespace novita {

/// Asks for a schedule for one instance or several, and says when it would act next.
class ScheduleDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScheduleDialog)

public:
    /// `names` of `begin.instances`, as they are shown.
    ScheduleDialog(const QStringList &names, const ScheduleRule &begin, const Clock &clock, QWidget *parent = nullptr);

    ScheduleRule rule() const;
    /// Saving failed; the dialog stays.
    void setProblem(const QString &sentence);

signals:
    void saveRequested();

private:
    void build(const QStringList &names);
    void fill(const ScheduleRule &rule);
    void applyChoice();
    QWidget *buildDays();
    localtime::Days chosenDays() const;

    const Clock &m_clock;
    const QList<InstanceId> m_instances;
    QFormLayout *m_form;
    QComboBox *m_action;
    QComboBox *m_repeat;
    QDateEdit *m_date;
    std::array<QCheckBox *, 7> m_days{}; ///< from Monday on
    QWidget *m_dayRow;
    QTimeEdit *m_time;
    QComboBox *m_zone;
    QLabel *m_next;
    QLabel *m_note;
    QLabel *m_problem;
};

} // namespace novita
