// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/iconengine.h"

#include "ui/tokens.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace novita {

namespace {

// Always of the light set: some names of breeze-dark are other drawings, and the tone is ours anyway.
QString iconPath(const QString &name, int logicalSize)
{
    const QString set = QStringLiteral("light");
    const int first = logicalSize < 20 ? 16 : 22;
    const QString path = QStringLiteral(":/icons/%1/%2/%3.svg");
    const QString wanted = path.arg(set).arg(first).arg(name);
    if (QFile::exists(wanted))
        return wanted;
    const QString other = path.arg(set).arg(first == 16 ? 22 : 16).arg(name);
    return QFile::exists(other) ? other : QString();
}

Token tokenForMode(QIcon::Mode mode)
{
    switch (mode) {
    case QIcon::Disabled:
        return Token::LineStrong;
    case QIcon::Selected:
        return Token::Accent;
    case QIcon::Normal:
    case QIcon::Active:
        break;
    }
    return Token::Text2;
}

} // namespace

IconEngine::IconEngine(QString name, std::shared_ptr<const IconScheme> scheme)
    : m_name(std::move(name))
    , m_scheme(std::move(scheme))
{
}

bool IconEngine::exists(const QString &name)
{
    return !iconPath(name, 16).isEmpty();
}

QPixmap IconEngine::tinted(const QString &name, int pixels, int logicalSize, const QColor &color)
{
    const QString path = iconPath(name, logicalSize);
    const QString key = QStringLiteral("novita:%1:%2:%3").arg(path).arg(pixels).arg(color.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(path);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void IconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state)
{
    const qreal scale = painter->device() ? painter->device()->devicePixelRatio() : 1.0;
    const int side = qMin(rect.width(), rect.height());
    const QPixmap pixmap = scaledPixmap(QSize(side, side) * scale, mode, state, scale);
    const QPoint corner = rect.center() - QPoint(side / 2, side / 2) + QPoint(side % 2 ? 0 : 1, side % 2 ? 0 : 1);
    painter->drawPixmap(QRect(corner, QSize(side, side)), pixmap);
}

QPixmap IconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap IconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale)
{
    const int pixels = qMin(size.width(), size.height());
    if (pixels <= 0)
        return {};
    const int logical = qRound(pixels / qMax(scale, 1.0));
    return tinted(m_name, pixels, logical, tokenColor(tokenForMode(mode), m_scheme->dark));
}

QIconEngine *IconEngine::clone() const
{
    return new IconEngine(m_name, m_scheme);
}

QString IconEngine::iconName()
{
    return m_name;
}

} // namespace novita
