// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sandbox/media/scenery.h"

#include "core/sandbox/sandboxrandom.h"

#include <QCryptographicHash>
#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

namespace novita {

namespace {

constexpr int kMostDiscs = 60;
constexpr int kHillPoints = 9;

quint64 hashOf(const QByteArray &text)
{
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    quint64 value = 0;
    std::memcpy(&value, hash.constData(), sizeof value);
    return value;
}

/// Three hues that go together, and how strong they are.
struct Palette
{
    double hue = 0;
    double step = 0;
    double saturation = 0;
    bool night = false;

    QColor at(int index, double lightness, double alpha = 1.0) const
    {
        const double turned = hue + step * index;
        return QColor::fromHslF(float(turned - std::floor(turned)), float(saturation), float(night ? lightness * 0.6 : lightness), float(alpha));
    }
};

Palette paletteOf(const QString &subject, const QString &style)
{
    QRandomGenerator64 random = seededRandom(hashOf(subject.toUtf8()));
    QRandomGenerator64 turn = seededRandom(hashOf(style.toUtf8()));
    Palette palette;
    palette.hue = random.generateDouble() + 0.1 * turn.generateDouble();
    palette.step = 0.07 + 0.3 * random.generateDouble() + 0.04 * turn.generateDouble();
    palette.saturation = 0.35 + 0.5 * random.generateDouble();
    palette.night = random.generateDouble() < 0.25;
    return palette;
}

void paintSky(QPainter &painter, const QSizeF &size, const Palette &palette, double horizon)
{
    QLinearGradient gradient(0, 0, 0, size.height());
    gradient.setColorAt(0, palette.at(0, 0.35));
    gradient.setColorAt(horizon, palette.at(1, 0.75));
    gradient.setColorAt(1, palette.at(2, 0.5));
    painter.fillRect(QRectF(QPointF(0, 0), size), gradient);
}

void paintLight(QPainter &painter, const QSizeF &size, const Palette &palette, QRandomGenerator64 &random, double phase)
{
    const double radius = std::min(size.width(), size.height()) * (0.08 + 0.12 * random.generateDouble());
    const double x = random.generateDouble() + phase * 0.5;
    const QPointF centre(size.width() * (x - std::floor(x)), size.height() * (0.12 + 0.35 * random.generateDouble()));
    QRadialGradient gradient(centre, radius * 2.2);
    gradient.setColorAt(0, palette.at(1, 0.95));
    gradient.setColorAt(0.42, palette.at(1, 0.9));
    gradient.setColorAt(0.48, palette.at(1, 0.85, 0.35));
    gradient.setColorAt(1, palette.at(1, 0.85, 0));
    painter.setBrush(gradient);
    painter.drawEllipse(centre, radius * 2.2, radius * 2.2);
}

void paintHills(QPainter &painter, const QSizeF &size, const Palette &palette, QRandomGenerator64 &random, double horizon, double phase)
{
    const int ranges = 3 + int(random.generate() % 3);
    for (int i = 0; i < ranges; ++i) {
        const double base = size.height() * (horizon + (1 - horizon) * i / ranges);
        const double swing = size.height() * (0.06 + 0.1 * random.generateDouble());
        const double start = random.generateDouble() * 2 * std::numbers::pi + phase * 2 * std::numbers::pi * (i + 1) / ranges;
        QPainterPath path(QPointF(0, size.height()));
        std::array<QPointF, kHillPoints> points;
        for (int p = 0; p < kHillPoints; ++p) {
            const double rough = 0.5 * random.generateDouble();
            points.at(std::size_t(p)) = {size.width() * p / (kHillPoints - 1), base - swing * (std::sin(start + p * (0.9 + 0.2 * i)) + rough)};
        }
        path.lineTo(points.front());
        for (std::size_t p = 1; p < points.size(); ++p) {
            const double middle = (points.at(p - 1).x() + points.at(p).x()) / 2;
            path.cubicTo({middle, points.at(p - 1).y()}, {middle, points.at(p).y()}, points.at(p));
        }
        path.lineTo(size.width(), size.height());
        QLinearGradient gradient(0, base - swing, 0, size.height());
        gradient.setColorAt(0, palette.at(i, 0.62 - 0.1 * i));
        gradient.setColorAt(1, palette.at(i + 1, 0.4 - 0.06 * i));
        painter.setBrush(gradient);
        painter.drawPath(path);
    }
}

void paintDiscs(QPainter &painter, const QSizeF &size, const Palette &palette, QRandomGenerator64 &random, int count, double phase)
{
    for (int i = 0; i < count; ++i) {
        const double radius = std::min(size.width(), size.height()) * (0.004 + 0.03 * random.generateDouble());
        const double y = random.generateDouble() - phase * (0.1 + 0.4 * random.generateDouble());
        const QPointF centre(size.width() * random.generateDouble(), size.height() * (y - std::floor(y)));
        painter.setBrush(palette.at(int(random.generate() % 3), 0.85, 0.15 + 0.35 * random.generateDouble()));
        painter.drawEllipse(centre, radius, radius);
    }
}

/// Rows of five dots, from the top, of the figures and the minus sign.
constexpr std::array<std::array<quint8, 7>, 11> kFigures{{
    {14, 17, 19, 21, 25, 17, 14}, {4, 12, 4, 4, 4, 4, 14}, {14, 17, 1, 2, 4, 8, 31}, {31, 2, 4, 2, 1, 17, 14}, {2, 6, 10, 18, 31, 2, 2},
    {31, 16, 30, 1, 1, 17, 14}, {6, 8, 16, 30, 17, 17, 14}, {31, 1, 2, 4, 8, 8, 8}, {14, 17, 17, 14, 17, 17, 14}, {14, 17, 17, 15, 1, 2, 12},
    {0, 0, 0, 31, 0, 0, 0}}};

void writeSeed(QPainter &painter, const QSize &size, qint64 seed)
{
    const QByteArray text = QByteArray::number(seed);
    const int dot = std::max(1, std::min(size.width(), size.height()) / 256);
    const int left = size.width() - dot * (6 * int(text.size()) + 3);
    const int top = size.height() - dot * 10;
    if (left < 0 || top < 0)
        return; // no room for it in so small a picture
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRect(left - dot, top - dot, dot * (6 * int(text.size()) + 1), dot * 9), QColor(0, 0, 0, 110));
    for (int i = 0; i < text.size(); ++i) {
        const auto &figure = kFigures.at(text.at(i) == '-' ? 10 : std::size_t(text.at(i) - '0'));
        for (int row = 0; row < 7; ++row) {
            for (int column = 0; column < 5; ++column) {
                if (figure.at(std::size_t(row)) & (16 >> column))
                    painter.fillRect(QRect(left + dot * (6 * i + column), top + dot * row, dot, dot), QColor(255, 255, 255, 220));
            }
        }
    }
}

} // namespace

QImage paintScenery(const Scenery &scenery)
{
    QImage picture(scenery.size, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    const Palette palette = paletteOf(scenery.subject, scenery.style);
    QRandomGenerator64 random = seededRandom(hashOf(scenery.subject.toUtf8() + '\n' + QByteArray::number(scenery.seed)));
    const double horizon = 0.45 + 0.25 * random.generateDouble();
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (scenery.sky)
        paintSky(painter, scenery.size, palette, horizon);
    paintLight(painter, scenery.size, palette, random, scenery.phase);
    paintHills(painter, scenery.size, palette, random, horizon, scenery.phase);
    paintDiscs(painter, scenery.size, palette, random, std::min(kMostDiscs, std::max(0, scenery.steps)), scenery.phase);
    writeSeed(painter, scenery.size, scenery.seed);
    return picture;
}

} // namespace novita
