// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chartdata.h"

#include <QWidget>

#include <memory>

namespace novita {

class Theme;

/// The picture of a chart: axes, lines, areas and a cursor. The only file that knows Qt Charts. Everything it shows is handed
/// over at once by present(), so that each change costs one geometry update; see ChartPanel for everything else.
class ChartPlot final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChartPlot)

public:
    struct Content
    {
        QList<ChartSeries> series;
        QList<QList<chartdata::Piece>> pieces; ///< by series
        TimePoint from{};
        TimePoint to{};
        ChartAxis axis;
    };

    explicit ChartPlot(const Theme &theme, QWidget *parent = nullptr);
    ~ChartPlot() override;

    void present(const Content &content);
    /// A vertical line at this time; nothing takes it away.
    void setCursorTime(const std::optional<TimePoint> &at);
    /// How many time labels fit beside each other.
    int timeTickRoom() const;
    /// Colours and fonts of the theme once more.
    void restyle();

    static QPen seriesPen(const Theme &theme, const ChartSeries &series);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The pointer is over this time; nothing: it has left.
    void hovered(const std::optional<novita::TimePoint> &at);
    /// Another number of labels may fit.
    void resized();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace novita
