// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QListWidget>

namespace novita {

/// The steps at the left: number and title, a tick when a step was left without problems, a warning sign when it has some.
class StepList final : public QListWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StepList)

public:
    enum class Mark { None, Done, Problem };

    explicit StepList(const UiContext &context, QWidget *parent = nullptr);

    void setSteps(const QStringList &titles);
    void setMark(int step, Mark mark);

private:
    void applyMarks();

    QList<Mark> m_marks;
};

} // namespace novita
