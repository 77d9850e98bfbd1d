// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/uicontext.h"

#include <QListWidget>

namespace novita {

/// The steps at the left, each with a mark: its number (filled where the person is), a tick when it was left without
/// problems, a warning sign when it has some. As wide as its longest title: nothing is elided.
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
    void applyFonts();

    const Theme &m_theme;
    QList<Mark> m_marks;
};

} // namespace novita
