// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dashboard/dashboardwords.h"
#include "ui/widgets/chartdata.h"

#include <QAbstractButton>

class QLabel;

namespace novita {

class ElidedLabel;
class Sparkline;
class Theme;

/// A card with one figure, what it is and what belongs to it, and how it went in the last day. A button: it opens the page behind
/// the figure. Its accessible name is the title, its description the figure and the note.
class DashboardTile final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DashboardTile)

public:
    explicit DashboardTile(const Theme &theme, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setFigures(const dashboardwords::TileText &text);
    /// What it shows is old: quieter.
    void setStale(bool stale);
    /// As Sparkline::setPoints(); without points there is no picture.
    void setHistory(const QList<ChartPoint> &points, TimePoint from, TimePoint to);
    void setHistoryColor(int series);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void restyle();
    void sizeLead();
    void colorLead();

    const Theme &m_theme;
    dashboardwords::TileText m_text;
    bool m_stale = false;
    QLabel *m_title;
    ElidedLabel *m_lead;
    ElidedLabel *m_note;
    Sparkline *m_history;
};

} // namespace novita
