// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/skeletonoverlay.h"

#include "ui/theme.h"

#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QEvent>
#include <QPainter>
#include <QTimer>

#include <array>

namespace novita {

namespace {

constexpr int kDelayMs = 150;
constexpr int kBarHeight = 10;
// Shares of the width, so that the bars look like columns of differing text.
constexpr std::array<double, 4> kStarts{0.01, 0.22, 0.42, 0.70};
constexpr std::array<double, 5> kLengths{0.14, 0.10, 0.16, 0.12, 0.08};

} // namespace

SkeletonOverlay::SkeletonOverlay(const Theme &theme, QAbstractItemView *view)
    : QWidget(view->viewport())
    , m_theme(theme)
    , m_view(view)
    , m_delay(new QTimer(this))
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    m_delay->setSingleShot(true);
    m_delay->setInterval(kDelayMs);
    connect(m_delay, &QTimer::timeout, this, [this] {
        if (m_view->model() && m_view->model()->rowCount() > 0)
            return;
        setGeometry(m_view->viewport()->rect());
        raise();
        show();
    });
    view->viewport()->installEventFilter(this);
}

void SkeletonOverlay::setLoading(bool loading)
{
    if (!loading) {
        m_delay->stop();
        hide();
    } else if (!isVisible() && !m_delay->isActive()) {
        m_delay->start();
    }
}

bool SkeletonOverlay::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(m_view->viewport()->rect());
    return QWidget::eventFilter(watched, event);
}

void SkeletonOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Surface));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Token::IdleSoft));
    const int rowHeight = m_theme.rowHeight(false);
    std::size_t step = 0;
    for (int top = 0; top < height(); top += rowHeight) {
        for (const double start : kStarts) {
            const double length = kLengths.at(step++ % kLengths.size());
            painter.drawRoundedRect(QRectF(start * width() + 8, top + (rowHeight - kBarHeight) / 2.0, length * width(), kBarHeight), 4, 4);
        }
    }
}

} // namespace novita
