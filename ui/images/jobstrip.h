// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/imagequeue.h"
#include "ui/images/spending.h"
#include "ui/models/instancetext.h"

#include <QFrame>
#include <QSet>
#include <QTimer>

class QProgressBar;
class QPushButton;

namespace novita {

class ElidedLabel;
class Prompts;
class StateChip;
class Theme;

/// The queue in one line: how far the jobs are that were asked for together, when they will be done, what stands in their way; *Pause* or *Resume*,
/// *Cancel*.
class JobStrip final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobStrip)

public:
    struct Parts
    {
        const Theme &theme;
        Prompts &prompts;
        ImageQueue &queue;
        const Clock &clock;
        SpendGate gate = {}; ///< before what waits goes on; none = never asks
    };

    explicit JobStrip(const Parts &parts, QWidget *parent = nullptr);

    /// The queue is another profile's.
    void openProfile(bool readOnly);
    /// Nothing that is charged may be sent or taken back; jobs of one's own servers may.
    void setReadOnly(bool readOnly);

signals:
    void queueRequested();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildLayout();
    void note(const QList<ImageJobId> &ids);
    void look();
    void present();
    void presentIdle();
    void presentHalt();
    void presentRunning();
    void presentButtons();
    void show(const instancetext::StateView &state, const QString &sentence);
    void cancel();
    void resume();
    QList<ImageJobId> changeable() const;
    bool mayResume() const;
    qsizetype waiting() const;
    bool isHalted() const;
    bool tellsHalt() const;
    QString timeLeft() const;
    void retranslate();

    const Parts m_parts;
    bool m_readOnly = false;
    QList<ImageJobView> m_open;
    QSet<ImageJobId> m_together;            ///< since the queue was last empty
    bool m_isOver = true;                   ///< the next one begins anew
    std::optional<ImageJob> m_last;         ///< of those, what ended last
    StateChip *m_chip;
    QProgressBar *m_progress;
    ElidedLabel *m_words;
    QPushButton *m_pause;
    QPushButton *m_cancel;
    QPushButton *m_queue;
    QTimer m_soon;
    QTimer m_tick; ///< while it can be seen and something counts down
};

} // namespace novita
