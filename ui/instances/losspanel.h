// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/instancecommands.h"

#include <QFrame>

class QLabel;

namespace novita {

class Theme;

/// "If you stop it": what would be lost and what stays, in plain words.
class LossPanel final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LossPanel)

public:
    explicit LossPanel(const Theme &theme, QWidget *parent = nullptr);
    /// What `action` (Stop or Delete) would destroy.
    void setLoss(const LossPreview &loss, InstanceAction action);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void paintTone();
    void present();

    const Theme &m_theme;
    LossPreview m_loss;
    InstanceAction m_action = InstanceAction::Stop;
    QLabel *m_heading;
    QLabel *m_lost;
    QLabel *m_rest;
};

} // namespace novita
