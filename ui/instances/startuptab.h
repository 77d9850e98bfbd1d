// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instance.h"
#include "core/database/timeline.h"
#include "core/workflows/endpointcheck.h"
#include "core/workflows/startupstate.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;

namespace novita {

class FactList;
class StartupMonitor;

/// How the last start of an instance went: where it stands, how long each step took, which endpoints answer.
class StartupTab final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartupTab)

public:
    explicit StartupTab(QWidget *parent = nullptr);

    /// `monitor`: null when nothing was watched in this run; then `earlier` (of the history file) is shown.
    void setStartup(const StartupMonitor *monitor, const QList<TimelineEntry> &earlier, InstanceStatus status, TimePoint now);
    /// What starts have taken before; said while one is under way.
    void setUsual(const std::optional<UsualStart> &usual);
    /// A check that was asked for could not begin.
    void setProblem(const QString &sentence);

signals:
    void checkRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void present();
    void presentSteps();
    void presentEndpoints();
    QString headline() const;

    std::optional<StartupPhase> m_phase;
    TimePoint m_deadline{};
    QList<TimelineEntry> m_steps;
    bool m_over = true;
    QList<EndpointStatus> m_endpoints;
    std::optional<UsualStart> m_usual;
    InstanceStatus m_status = InstanceStatus::Unknown;
    TimePoint m_now{};

    QLabel *m_headline;
    QLabel *m_reason;
    QLabel *m_usualText;
    FactList *m_stepList;
    QLabel *m_endpointsTitle;
    FactList *m_endpointList;
    QPushButton *m_check;
    QLabel *m_problem;
};

} // namespace novita
