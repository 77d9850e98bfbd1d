// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIconEngine>
#include <QString>

#include <memory>

namespace novita {

/// What the icons of a Theme look at while they paint, so that an icon handed out earlier follows a switch of the scheme.
struct IconScheme
{
    bool dark = false;
};

/// Paints a bundled Breeze icon (:/icons/light/<size>/<name>.svg) in one tone: text-2, text-3 when disabled, accent when
/// selected. Breeze draws the same name with other detail at 16 and at 22 pixels; the nearer one is taken.
class IconEngine final : public QIconEngine
{
public:
    IconEngine(QString name, std::shared_ptr<const IconScheme> scheme);

    /// False when no such icon is bundled.
    static bool exists(const QString &name);

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QIconEngine *clone() const override;
    QString iconName() override;
    bool isNull() override { return false; }

    /// `pixels` device pixels square, filled with `color`.
    static QPixmap tinted(const QString &name, int pixels, int logicalSize, const QColor &color);

private:
    QString m_name;
    std::shared_ptr<const IconScheme> m_scheme;
};

} // namespace novita
