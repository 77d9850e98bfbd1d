// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/railbutton.h"

#include "ui/theme.h"

#include <QPainter>

namespace novita {

namespace {

constexpr int kIcon = 22; // Breeze draws at 22; scaled to 24 its lines would blur
constexpr int kIconLeft = 9;
constexpr int kTextLeft = 42;
constexpr int kDot = 10;
constexpr int kArrow = 12;

} // namespace

RailButton::RailButton(const Theme &theme, const QString &iconName, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_iconName(iconName)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void RailButton::setTitle(const QString &title, const QString &tip)
{
    setText(title);
    setAccessibleName(title);
    m_tip = tip;
    setToolTip(m_collapsed && tip.isEmpty() ? title : tip);
    update();
}

void RailButton::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    setToolTip(m_collapsed && m_tip.isEmpty() ? text() : m_tip);
    updateGeometry();
    update();
}

void RailButton::setIconName(const QString &name)
{
    m_iconName = name;
    update();
}

void RailButton::setDot(const QColor &color)
{
    m_dot = color;
    update();
}

QSize RailButton::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Body, true));
    const int height = qMax(space::kControlHeight + 4, metrics.height() + 16);
    return {m_collapsed ? 2 * kIconLeft + kIcon : kTextLeft + metrics.horizontalAdvance(text()) + (m_hasMenu ? kArrow + 8 : 0) + 12, height};
}

void RailButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(isChecked() ? Token::AccentSoft : Token::IdleSoft));
        painter.drawRoundedRect(frame, space::kRadius, space::kRadius);
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color(Token::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame, space::kRadius, space::kRadius);
    }
    const QColor color = m_theme.color(isChecked() ? Token::Accent : Token::Text2);
    if (m_dot.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_dot);
        painter.drawEllipse(QRectF(kIconLeft + (kIcon - kDot) / 2.0, (height() - kDot) / 2.0, kDot, kDot));
    } else {
        const QPixmap icon = m_theme.pixmap(m_iconName, kIcon, color, devicePixelRatioF());
        painter.drawPixmap(QPoint(kIconLeft, (height() - kIcon) / 2), icon);
    }
    if (m_collapsed)
        return;
    int right = width() - 8;
    if (m_hasMenu) {
        right -= kArrow;
        painter.drawPixmap(QPoint(right, (height() - kArrow) / 2), m_theme.pixmap(QStringLiteral("arrow-down"), kArrow, m_theme.color(Token::Text2), devicePixelRatioF()));
        right -= 6;
    }
    const QFont font = m_theme.font(TextStyle::Body, isChecked());
    painter.setFont(font);
    painter.setPen(isChecked() ? color : m_theme.color(Token::Text));
    const QRect place(kTextLeft, 0, right - kTextLeft, height());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, QFontMetrics(font).elidedText(text(), Qt::ElideRight, place.width()));
}

} // namespace novita
