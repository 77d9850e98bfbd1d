// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/railbutton.h"

#include "ui/theme.h"

#include <QPainter>

namespace novita {

namespace {

constexpr int kIconLeft = 9;
constexpr int kTextGap = 11; ///< between icon and text
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
    const int icon = kIconLeft + m_theme.grown(kIcon);
    return {m_collapsed ? icon + kIconLeft : icon + kTextGap + metrics.horizontalAdvance(text()) + (m_hasMenu ? m_theme.grown(kArrow) + 8 : 0) + 12, height};
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
    const int side = m_theme.grown(kIcon);
    if (m_dot.isValid()) {
        const int dot = m_theme.grown(kDot);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_dot);
        painter.drawEllipse(QRectF(kIconLeft + (side - dot) / 2.0, (height() - dot) / 2.0, dot, dot));
    } else {
        const QPixmap icon = m_theme.pixmap(m_iconName, side, color, devicePixelRatioF());
        painter.drawPixmap(QPoint(kIconLeft, (height() - side) / 2), icon);
    }
    if (m_collapsed)
        return;
    int right = width() - 8;
    if (m_hasMenu) {
        const int arrow = m_theme.grown(kArrow);
        right -= arrow;
        painter.drawPixmap(QPoint(right, (height() - arrow) / 2), m_theme.pixmap(QStringLiteral("arrow-down"), arrow, m_theme.color(Token::Text2), devicePixelRatioF()));
        right -= 6;
    }
    const QFont font = m_theme.font(TextStyle::Body, isChecked());
    painter.setFont(font);
    painter.setPen(isChecked() ? color : m_theme.color(Token::Text));
    const int left = kIconLeft + side + kTextGap;
    const QRect place(left, 0, right - left, height());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, QFontMetrics(font).elidedText(text(), Qt::ElideRight, place.width()));
}

} // namespace novita
