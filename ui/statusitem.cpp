// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statusitem.h"

#include "ui/theme.h"

#include <QPainter>

namespace novita {

namespace {

constexpr int kPadding = 6;
constexpr int kDot = 8;
constexpr int kDotGap = 5;

} // namespace

StatusItem::StatusItem(const Theme &theme, int keep, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_keep(keep)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

bool StatusItem::setPart(const StatusPart &part)
{
    if (part.text == m_part.text && part.tone == m_part.tone && part.dot == m_part.dot && part.tip == m_part.tip && part.name == m_part.name)
        return false;
    const QSize before = sizeHint();
    m_part = part;
    setText(part.text);
    setToolTip(part.tip);
    setAccessibleName(part.name.isEmpty() ? part.text : part.name);
    setAccessibleDescription(part.tip);
    update();
    if (sizeHint() == before)
        return false;
    updateGeometry();
    return true;
}

void StatusItem::setDotColor(const QColor &color)
{
    m_dotColor = color;
    update();
}

QSize StatusItem::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Small));
    return {metrics.horizontalAdvance(m_part.text) + 2 * kPadding + (hasDot() ? kDot + kDotGap : 0), metrics.height() + 6};
}

void StatusItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(m_theme.color(Token::Accent), 2) : QPen(Qt::NoPen));
        painter.setBrush(m_theme.color(Token::AccentSoft));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
    int left = kPadding;
    if (hasDot()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_dotColor.isValid() ? m_dotColor : m_theme.toneColor(m_part.tone));
        painter.drawEllipse(QRectF(left, (height() - kDot) / 2.0, kDot, kDot));
        left += kDot + kDotGap;
    }
    painter.setFont(m_theme.font(TextStyle::Small));
    const bool loud = m_part.tone == StateTone::Bad || m_part.tone == StateTone::Warn;
    painter.setPen(loud ? m_theme.toneColor(m_part.tone) : m_theme.color(Token::Text2));
    painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft, m_part.text);
}

} // namespace novita
