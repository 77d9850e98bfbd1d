// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/images/jobplan.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace novita {

class SentenceLink;
class Theme;

/// *Generate*, with how many and at what price, always in view; how prompts are expanded; why it cannot be now.
class GenerateBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GenerateBar)

public:
    explicit GenerateBar(const Theme &theme, QWidget *parent = nullptr);

    /// `obstacle` is a sentence; empty = it may be started. `dynamic`: the prompts are templates. `canBeTried`: the obstacle is what is believed only.
    void present(const JobPlan &plan, const QString &obstacle, bool dynamic, bool canBeTried = false);
    ExpansionMode mode() const;
    void setMode(ExpansionMode mode);
    QPushButton *button() const { return m_generate; }

signals:
    void generateRequested();
    void modeChanged();
    /// The person wants to see what stands in the way.
    void obstacleActivated();
    /// The obstacle is to count no more.
    void tryRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    JobPlan m_plan;
    QString m_obstacle;
    bool m_isDynamic = false;
    bool m_canBeTried = false;
    QLabel *m_modeLabel;
    QComboBox *m_mode;
    SentenceLink *m_why;
    QPushButton *m_try;
    QLabel *m_sentence;
    QPushButton *m_generate;
};

} // namespace novita
