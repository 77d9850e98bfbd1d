// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/workflows/metricswatch.h"
#include "ui/uicontext.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace novita {

class ChartPanel;
class TimeSpanBar;

/// How busy an instance is: CPU, memory and disk, its GPUs and their memory, over a span of time that is chosen here. Asks only
/// while it can be seen.
class MetricsTab final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MetricsTab)

public:
    explicit MetricsTab(const UiContext &context, QWidget *parent = nullptr);

    /// Another id shows another instance; an empty one nothing.
    void setInstanceId(const InstanceId &id);
    /// The instance may have another state now.
    void refresh();
    /// Of the span shown: 300, 1800, 10800, 86400 or 604800.
    Seconds span() const;
    void setSpan(Seconds span);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// Which there are to draw.
    struct Lines
    {
        int cards = 0;
        bool hasGpu = true;
        bool operator==(const Lines &) const = default;
    };

    Lines lines() const;
    void buildLayout();
    void retranslate();
    void follow();
    void read();
    void present();
    void presentChart(ChartPanel *chart, const QStringList &keys);
    QString notice() const;
    QString seriesLabel(const QString &key) const;

    UiContext m_context;
    InstanceId m_id;
    std::optional<MetricsSpan> m_shown; ///< of m_id and span()
    Lines m_lines;                      ///< as drawn
    MetricsInterest m_interest;
    CallGuard m_read;

    TimeSpanBar *m_bar;
    QLabel *m_notice;
    QPushButton *m_again;
    ChartPanel *m_gpu;
    ChartPanel *m_vram;
    ChartPanel *m_host;
};

} // namespace novita
