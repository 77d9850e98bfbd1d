// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chartplot.h"

#include "ui/theme.h"

#include <QAreaSeries>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QGraphicsLayout>
#include <QGraphicsLineItem>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPen>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <vector>

namespace novita {

namespace {

constexpr float kAreaOpacity = 0.7F;
constexpr double kLineWidth = 1.6;

double coordinate(TimePoint at)
{
    return static_cast<double>(at.time_since_epoch().count());
}

/// Two labels may read the same (14:00 yesterday and today), and the axis takes each text once.
QString uniqueLabel(QString label, const QStringList &taken)
{
    while (taken.contains(label))
        label += QChar(0x200B);
    return label;
}

void setTicks(QCategoryAxis *axis, double low, double high, const QList<ChartTick> &ticks)
{
    const QStringList old = axis->categoriesLabels();
    for (const QString &label : old)
        axis->remove(label);
    axis->setRange(low, high);
    // The axis draws its begin as well; a begin outside of the range is not drawn.
    axis->setStartValue(low - (high - low));
    for (const ChartTick &tick : ticks)
        axis->append(uniqueLabel(tick.label, axis->categoriesLabels()), tick.at);
}

} // namespace

struct ChartPlot::Private
{
    explicit Private(const Theme &usedTheme) : theme(usedTheme) {}

    /// The drawn form of one piece: a line, or the area between two.
    struct Drawn
    {
        QLineSeries *upper = nullptr;
        QLineSeries *lower = nullptr;
        QAreaSeries *area = nullptr;
        QAbstractSeries *shown() const { return area ? static_cast<QAbstractSeries *>(area) : upper; }
    };

    void clearSeries();
    Drawn makePiece(bool stacked);
    void drawSeries(std::size_t index, const QList<chartdata::Piece> &pieces);
    void stylePiece(const Drawn &drawn, const ChartSeries &series) const;
    void styleAxis(QAbstractAxis *axis, bool line) const;
    void placeCursor();

    const Theme &theme;
    QChart *chart = nullptr;
    QChartView *view = nullptr;
    QCategoryAxis *time = nullptr;
    QCategoryAxis *value = nullptr;
    QGraphicsLineItem *cursor = nullptr;
    std::optional<TimePoint> cursorAt;
    Content content;
    std::vector<std::vector<Drawn>> drawn; ///< by series; kept and refilled, since making them costs more than points
};

void ChartPlot::Private::clearSeries()
{
    for (const std::vector<Drawn> &series : drawn) {
        for (const Drawn &piece : series) {
            chart->removeSeries(piece.shown());
            delete piece.shown();
        }
    }
    drawn.clear();
}

ChartPlot::Private::Drawn ChartPlot::Private::makePiece(bool stacked)
{
    Drawn made;
    made.upper = new QLineSeries;
    if (stacked) {
        made.lower = new QLineSeries;
        made.area = new QAreaSeries(made.upper, made.lower);
        made.upper->setParent(made.area);
        made.lower->setParent(made.area);
    }
    chart->addSeries(made.shown());
    made.shown()->attachAxis(time);
    made.shown()->attachAxis(value);
    return made;
}

void ChartPlot::Private::stylePiece(const Drawn &piece, const ChartSeries &series) const
{
    const QPen pen = seriesPen(theme, series);
    if (!piece.area) {
        piece.upper->setPen(pen);
        return;
    }
    QColor fill = pen.color();
    fill.setAlphaF(kAreaOpacity);
    // A line round an area of no height would put its colour on top of all others.
    piece.area->setPen(Qt::NoPen);
    piece.area->setBrush(fill);
}

void ChartPlot::Private::drawSeries(std::size_t index, const QList<chartdata::Piece> &pieces)
{
    const ChartSeries &series = content.series.at(static_cast<qsizetype>(index));
    std::vector<Drawn> &mine = drawn.at(index);
    while (mine.size() < static_cast<std::size_t>(pieces.size())) {
        mine.push_back(makePiece(series.kind == ChartKind::StackedArea));
        stylePiece(mine.back(), series);
    }
    for (std::size_t i = 0; i < mine.size(); ++i) {
        const bool used = i < static_cast<std::size_t>(pieces.size());
        const chartdata::Piece piece = used ? pieces.at(static_cast<qsizetype>(i)) : chartdata::Piece{};
        if (used || mine[i].upper->count() > 0)
            mine[i].upper->replace(piece.upper);
        if (mine[i].lower && (used || mine[i].lower->count() > 0))
            mine[i].lower->replace(piece.lower);
    }
}

void ChartPlot::Private::styleAxis(QAbstractAxis *axis, bool line) const
{
    axis->setLabelsFont(theme.font(TextStyle::Small));
    axis->setLabelsBrush(theme.color(Token::Text2));
    axis->setLinePen(QPen(theme.color(Token::LineStrong), 1));
    axis->setLineVisible(line);
    axis->setGridLinePen(QPen(theme.color(Token::Line), 1));
}

void ChartPlot::Private::placeCursor()
{
    const QRectF area = chart->plotArea();
    const double from = coordinate(content.from);
    const double span = coordinate(content.to) - from;
    const bool inside = cursorAt && span > 0 && *cursorAt >= content.from && *cursorAt <= content.to;
    cursor->setVisible(inside);
    if (!inside)
        return;
    const double x = area.left() + (coordinate(*cursorAt) - from) / span * area.width();
    cursor->setLine(x, area.top(), x, area.bottom());
}

ChartPlot::ChartPlot(const Theme &theme, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>(theme))
{
    d->chart = new QChart;
    d->chart->legend()->hide();
    d->chart->setBackgroundVisible(false);
    // Half a label stands out above the highest line.
    d->chart->setMargins(QMargins(0, space::kRelated, space::kGroup, 0));
    d->chart->layout()->setContentsMargins(0, 0, 0, 0);
    d->chart->setAnimationOptions(QChart::NoAnimation);
    d->time = new QCategoryAxis;
    d->value = new QCategoryAxis;
    for (QCategoryAxis *axis : {d->time, d->value}) {
        axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        // Room is kept for whole labels, but while no line is drawn all of them would be cut to dots.
        axis->setTruncateLabels(false);
    }
    d->chart->addAxis(d->time, Qt::AlignBottom);
    d->chart->addAxis(d->value, Qt::AlignLeft);
    d->time->setGridLineVisible(false);
    // An axis without a series has no room for its labels.
    auto *anchor = new QLineSeries;
    d->chart->addSeries(anchor);
    anchor->attachAxis(d->time);
    anchor->attachAxis(d->value);
    d->view = new QChartView(d->chart, this);
    d->view->setFrameShape(QFrame::NoFrame);
    d->view->setFocusPolicy(Qt::NoFocus);
    d->view->setBackgroundBrush(Qt::NoBrush);
    d->view->viewport()->setAutoFillBackground(false);
    d->view->setStyleSheet(QStringLiteral("background: transparent"));
    d->view->setRenderHint(QPainter::Antialiasing);
    d->view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d->view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    d->view->viewport()->setMouseTracking(true);
    d->view->viewport()->installEventFilter(this);
    d->cursor = new QGraphicsLineItem(d->chart);
    d->cursor->setVisible(false);
    d->cursor->setZValue(100);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(d->view);
    connect(d->chart, &QChart::plotAreaChanged, this, [this] { d->placeCursor(); });
    restyle();
}

ChartPlot::~ChartPlot() = default;

QPen ChartPlot::seriesPen(const Theme &theme, const ChartSeries &series)
{
    static constexpr std::array<Qt::PenStyle, 4> kStyles{Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};
    QPen pen(series.tone ? theme.toneColor(*series.tone) : theme.seriesColor(series.color), kLineWidth);
    if (series.kind != ChartKind::StackedArea)
        pen.setStyle(kStyles.at(static_cast<std::size_t>(qMax(0, series.color)) % kStyles.size()));
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

void ChartPlot::present(const Content &content)
{
    if (content.series != d->content.series)
        d->clearSeries();
    d->content = content;
    d->drawn.resize(static_cast<std::size_t>(content.series.size()));
    const double high = content.axis.high.value_or(qMax(content.axis.leastHigh, chartdata::highest(content.pieces)));
    const QList<ChartTick> ticks = chartdata::valueTicks(content.axis, high);
    // A free scale ends at a tick, so that the highest point has a label above it.
    double top = high;
    if (!content.axis.high && ticks.size() > 1 && ticks.last().at < high)
        top = ticks.last().at + (ticks.at(1).at - ticks.at(0).at);
    ChartAxis fitted = content.axis;
    fitted.high = top;
    setTicks(d->value, content.axis.low, top, chartdata::valueTicks(fitted, top));
    setTicks(d->time, coordinate(content.from), coordinate(content.to), chartdata::timeTicks(content.from, content.to, timeTickRoom()));
    // Where there is nothing to measure, lines would only run through the sentence that says so.
    d->value->setGridLineVisible(std::any_of(content.pieces.begin(), content.pieces.end(), [](const auto &pieces) { return !pieces.isEmpty(); }));
    for (std::size_t i = 0; i < d->drawn.size(); ++i)
        d->drawSeries(i, content.pieces.value(static_cast<qsizetype>(i)));
    d->placeCursor();
}

void ChartPlot::setCursorTime(const std::optional<TimePoint> &at)
{
    d->cursorAt = at;
    d->placeCursor();
}

int ChartPlot::timeTickRoom() const
{
    const int label = QFontMetrics(d->theme.font(TextStyle::Small)).horizontalAdvance(QStringLiteral("00:00:00")) + 3 * space::kRelated;
    return qBound(2, width() / qMax(1, label), 8);
}

void ChartPlot::restyle()
{
    d->styleAxis(d->time, true);
    d->styleAxis(d->value, false);
    d->cursor->setPen(QPen(d->theme.color(Token::Text3), 1));
    for (std::size_t i = 0; i < d->drawn.size(); ++i) {
        for (const Private::Drawn &piece : d->drawn[i])
            d->stylePiece(piece, d->content.series.at(static_cast<qsizetype>(i)));
    }
}

QSize ChartPlot::sizeHint() const
{
    return {360, 150};
}

QSize ChartPlot::minimumSizeHint() const
{
    return {160, 110};
}

bool ChartPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        emit hovered(std::nullopt);
    } else if (event->type() == QEvent::MouseMove) {
        const QRectF area = d->chart->plotArea();
        const QPointF at = d->chart->mapFromScene(d->view->mapToScene(static_cast<QMouseEvent *>(event)->position().toPoint()));
        const double share = area.width() > 0 ? (at.x() - area.left()) / area.width() : -1;
        if (share < 0 || share > 1)
            emit hovered(std::nullopt);
        else
            emit hovered(d->content.from + Milliseconds(qRound64(share * static_cast<double>((d->content.to - d->content.from).count()))));
    }
    return QWidget::eventFilter(watched, event);
}

void ChartPlot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    emit resized();
}

} // namespace novita
