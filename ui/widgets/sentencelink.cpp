// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sentencelink.h"

#include <QPainter>
#include <QStyleOptionFocusRect>

namespace novita {

namespace {

constexpr int kUsualWidth = 280;
constexpr int kTextFlags = Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop;

} // namespace

SentenceLink::SentenceLink(QWidget *parent) : QAbstractButton(parent)
{
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
}

int SentenceLink::heightForWidth(int width) const
{
    return fontMetrics().boundingRect(QRect(0, 0, std::max(width, 1), QWIDGETSIZE_MAX), kTextFlags, text()).height();
}

QSize SentenceLink::sizeHint() const
{
    return {kUsualWidth, heightForWidth(kUsualWidth)};
}

QSize SentenceLink::minimumSizeHint() const
{
    return {0, fontMetrics().height()};
}

void SentenceLink::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    QFont font = painter.font();
    font.setUnderline(isEnabled() && (underMouse() || hasFocus()));
    painter.setFont(font);
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Link));
    painter.drawText(rect(), kTextFlags, text());
    if (!hasFocus())
        return;
    QStyleOptionFocusRect option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
}

void SentenceLink::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void SentenceLink::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace novita
