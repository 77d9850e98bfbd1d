// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chartdata.h"

#include <QWidget>

namespace novita {

class Theme;

/// A small picture of how a figure went, without axes, cursor or words: beside a figure that is written out. It says nothing to
/// who cannot see it; whoever shows it says it elsewhere.
class Sparkline final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Sparkline)

public:
    explicit Sparkline(const Theme &theme, QWidget *parent = nullptr);

    /// Oldest first, with points without value where there are gaps. The scale begins at zero.
    void setPoints(const QList<ChartPoint> &points, TimePoint from, TimePoint to);
    void setColor(int series);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QList<chartdata::Piece> m_pieces;
    TimePoint m_from{};
    TimePoint m_to{};
    int m_color = 0;
};

} // namespace novita
