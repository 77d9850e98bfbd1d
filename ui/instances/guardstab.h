// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "ui/uicontext.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace novita {

struct Instance;

/// What guards an instance: idle rule with its countdown, spot rule with the reclaim, schedules, delete lock.
class GuardsTab final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GuardsTab)

public:
    explicit GuardsTab(const UiContext &context, QWidget *parent = nullptr);

    void setInstanceId(const InstanceId &id);
    /// Takes over what stores and guards say now; cheap when nothing differs.
    void refresh();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildLayout();
    void connectButtons();
    void retranslate();
    void showAlarm(const Instance &instance);
    void showIdle();
    void showSpot(const Instance &instance);
    void showSchedules();
    void askSpotRule(bool on);
    void setSpotRule(bool on);
    void tellOutcome(Call<Done> *call);
    void setProblem(const QString &sentence);

    UiContext m_context;
    InstanceId m_id;
    QWidget *m_alarm;
    QLabel *m_alarmText;
    QPushButton *m_keep;
    QPushButton *m_migrate;
    QLabel *m_idleTitle;
    QLabel *m_idleText;
    QPushButton *m_idleEdit;
    QPushButton *m_idleRemove;
    QPushButton *m_idleKeep;
    QLabel *m_spotTitle;
    QLabel *m_spotText;
    QCheckBox *m_spot;
    QLabel *m_spotHoursLabel;
    QSpinBox *m_spotHours;
    QLabel *m_scheduleTitle;
    QLabel *m_scheduleText;
    QPushButton *m_scheduleAdd;
    QPushButton *m_all;
    QLabel *m_lockTitle;
    QCheckBox *m_lock;
    QLabel *m_note;
    QLabel *m_problem;
};

} // namespace novita
