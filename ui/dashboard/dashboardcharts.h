// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/database/samples.h"
#include "ui/uicontext.h"
#include "ui/widgets/chartdata.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

#include <optional>

class QFrame;
class QGridLayout;

namespace novita {

class ChartPanel;
class TimeSpanBar;

/// The charts of the dashboard, of the samples that SampleRecorder keeps: burn, instances by state, latency and results of
/// requests, webhooks by result, and how much of the limiter is used. They show the span of the bar. Reads and draws only while it can be seen.
class DashboardCharts final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DashboardCharts)

public:
    /// `bar` outlives it.
    DashboardCharts(const UiContext &context, TimeSpanBar &bar, QWidget *parent = nullptr);

    /// Reads the samples again, if somebody looks.
    void read();
    /// There is something to see in the charts.
    bool hasPoints() const { return !m_points.isEmpty(); }
    /// The last read failed: no history in this run.
    const std::optional<Error> &problem() const { return m_problem; }

signals:
    /// The samples were read, or could not be.
    void readDone();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Index { Burn, States, Latency, Webhooks, Requests, Limiter, ChartCount };

    void buildCards();
    void connectSources();
    void arrange();
    void applyTick();
    void retranslate();
    void present();
    void presentChart(Index index, TimePoint now);
    QString messageFor(Index index) const;
    QList<ChartPoint> pointsOf(const QString &series, TimePoint now) const;
    std::optional<double> valueNow(const QString &series) const;

    UiContext m_context;
    TimeSpanBar &m_bar;
    QGridLayout *m_grid;
    QList<QFrame *> m_cards;    ///< by Index
    QList<ChartPanel *> m_charts;
    QList<QList<ChartSeries>> m_series;
    int m_columns = 0;
    QHash<QString, QList<SamplePoint>> m_points;
    Milliseconds m_step{0};     ///< of m_points
    bool m_wasRead = false;
    bool m_listening = false;   ///< the receiver of webhooks, when last looked
    std::optional<Error> m_problem;
    CallGuard m_reading;
    QTimer m_tick;
    QTimer m_redraw;
    QTimer m_reread;
};

} // namespace novita
