// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/instancetext.h"

#include <QWidget>

namespace novita {

class Theme;

/// The state of one instance as a chip, outside of a table.
class StateChip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StateChip)

public:
    explicit StateChip(const Theme &theme, QWidget *parent = nullptr);
    void setState(const instancetext::StateView &state);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    instancetext::StateView m_state;
    int m_phase = 0;
};

} // namespace novita
