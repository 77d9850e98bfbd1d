// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QWidget>

class QButtonGroup;
class QPushButton;

namespace novita {

class ChartPanel;

/// The time range that several charts share, and their pause: "5 m | 30 m | 3 h | 24 h | 7 d … Pause".
class TimeSpanBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimeSpanBar)

public:
    explicit TimeSpanBar(Seconds span, QWidget *parent = nullptr);

    /// 300, 1800, 10800, 86400 or 604800 seconds.
    Seconds span() const { return m_span; }
    /// Another value than these changes nothing.
    void setSpan(Seconds span);
    bool isPaused() const;
    void setPaused(bool paused);

    /// Charts that pause together and have one time under their cursors. They outlive the bar, or go with it.
    void bind(const QList<ChartPanel *> &charts);

signals:
    void spanChanged(novita::Seconds span);
    void pausedChanged(bool paused);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    Seconds m_span;
    QButtonGroup *m_spans;
    QPushButton *m_pause;
};

} // namespace novita
