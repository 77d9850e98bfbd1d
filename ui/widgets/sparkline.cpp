// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sparkline.h"

#include "ui/theme.h"

#include <QPainter>
#include <QPolygonF>

namespace novita {

namespace {

constexpr int kWidth = 64;
constexpr int kHeight = 20;
constexpr double kLineWidth = 1.4;
constexpr float kAreaOpacity = 0.18F;
constexpr double kLoneShare = 0.02;

} // namespace

Sparkline::Sparkline(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Sparkline::setPoints(const QList<ChartPoint> &points, TimePoint from, TimePoint to)
{
    m_from = from;
    m_to = to;
    const QString id = QStringLiteral("only");
    m_pieces = chartdata::pieces({{id, {}, ChartKind::Line, m_color, {}}}, {{id, points}}, static_cast<double>((to - from).count()) * kLoneShare).first();
    update();
}

void Sparkline::setColor(int series)
{
    m_color = series;
    update();
}

QSize Sparkline::sizeHint() const
{
    return {m_theme.grown(kWidth), m_theme.grown(kHeight)};
}

void Sparkline::paintEvent(QPaintEvent *)
{
    const double span = static_cast<double>((m_to - m_from).count());
    const double high = chartdata::highest({m_pieces});
    if (span <= 0 || m_pieces.isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = m_theme.seriesColor(m_color);
    QColor fill = color;
    fill.setAlphaF(kAreaOpacity);
    const QRectF area = QRectF(rect()).adjusted(0, 1, 0, -1);
    for (const chartdata::Piece &piece : std::as_const(m_pieces)) {
        QPolygonF line;
        for (const QPointF &point : piece.upper) {
            const double x = (point.x() - static_cast<double>(m_from.time_since_epoch().count())) / span;
            line.append({area.left() + x * area.width(), area.bottom() - (high > 0 ? point.y() / high : 0) * area.height()});
        }
        QPolygonF shape = line;
        shape.append({line.last().x(), area.bottom()});
        shape.append({line.first().x(), area.bottom()});
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(shape);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, kLineWidth));
        painter.drawPolyline(line);
    }
}

} // namespace novita
