// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/statusbar.h"

#include "core/webhooks/webhookservice.h"
#include "ui/statusinput.h"
#include "ui/statusitem.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

namespace novita {

StatusBar::StatusBar(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_tick(new QTimer(this))
    , m_soon(new QTimer(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(space::kRelated, 2, space::kRelated, 2);
    layout->setSpacing(space::kInside);
    m_profile = addItem(QStringLiteral("statusProfile"), QStringLiteral("settings/profiles"), 1);
    m_connection = addItem(QStringLiteral("statusConnection"), QStringLiteral("activity/requests"), 9);
    m_tryNow = new QPushButton(this);
    m_tryNow->setProperty("link", true);
    m_tryNow->setAutoDefault(false);
    m_tryNow->hide();
    layout->addWidget(m_tryNow);
    m_queue = addItem(QStringLiteral("statusQueue"), QStringLiteral("activity/requests"), 4);
    m_limiter = addItem(QStringLiteral("statusLimiter"), QStringLiteral("settings/network"), 5);
    m_breaker = addItem(QStringLiteral("statusBreaker"), QStringLiteral("activity/requests"), 3);
    layout->addStretch(1);
    m_burn = addItem(QStringLiteral("statusBurn"), QStringLiteral("costs"), 8);
    m_balance = addItem(QStringLiteral("statusBalance"), QStringLiteral("costs"), 7);
    m_receiver = addItem(QStringLiteral("statusReceiver"), QStringLiteral("webhooks"), 2);
    m_data = addItem(QStringLiteral("statusData"), QStringLiteral("activity/requests"), 6);
    m_tick->setInterval(1000);
    // Many signals may come in one turn of the event loop; one look is enough.
    m_soon->setSingleShot(true);
    m_soon->setInterval(0);
    connectSources();
    refreshTexts();
}

StatusItem *StatusBar::addItem(const QString &name, const QString &pageId, int keep)
{
    auto *item = new StatusItem(m_context.theme, keep, this);
    item->setObjectName(name);
    layout()->addWidget(item);
    m_items.append(item);
    connect(item, &QAbstractButton::clicked, this, [this, pageId] { emit pageRequested(pageId); });
    return item;
}

void StatusBar::connectSources()
{
    connect(m_tick, &QTimer::timeout, this, &StatusBar::refreshTexts);
    connect(m_soon, &QTimer::timeout, this, &StatusBar::refreshTexts);
    connect(m_tryNow, &QPushButton::clicked, this, [this] { m_context.session.tryNow(); });
    followStatusInput(m_context, this, [this] { scheduleUpdate(); });
    connect(&m_context.webhooks, &WebhookService::statusChanged, this, &StatusBar::scheduleUpdate);
    connect(&m_context.theme, &Theme::changed, this, [this] {
        for (StatusItem *item : std::as_const(m_items))
            item->updateGeometry();
        refreshTexts();
        fit();
    });
}

void StatusBar::scheduleUpdate()
{
    if (isVisible() && !m_soon->isActive())
        m_soon->start();
}

void StatusBar::refreshTexts()
{
    const StatusTexts texts = statusTexts(statusInput(m_context));
    bool moved = false;
    const auto show = [&moved](StatusItem *item, const StatusPart &part) { moved = item->setPart(part) || moved; };
    show(m_profile, texts.profile);
    show(m_connection, texts.connection);
    show(m_queue, texts.queue);
    show(m_limiter, texts.limiter);
    show(m_breaker, texts.breaker);
    show(m_burn, texts.burn);
    show(m_balance, texts.balance);
    show(m_receiver, texts.receiver);
    show(m_data, texts.data);
    const std::optional<Profile> profile = m_context.profiles.active();
    m_profile->setDotColor(profile ? m_context.theme.profileColor(profile->color) : QColor());
    m_tryNow->setText(tr("Try now"));
    m_tryNow->setToolTip(tr("Let the next request through now"));
    if (m_tryNow->isHidden() == texts.offerTryNow) {
        m_tryNow->setVisible(texts.offerTryNow);
        moved = true;
    }
    if (moved)
        fit();
}

void StatusBar::fit()
{
    QList<StatusItem *> items;
    int needed = 2 * space::kRelated + (m_tryNow->isHidden() ? 0 : m_tryNow->sizeHint().width() + space::kInside);
    for (StatusItem *item : std::as_const(m_items)) {
        if (item->hasText()) {
            items.append(item);
            needed += item->sizeHint().width() + space::kInside;
        } else {
            item->hide();
        }
    }
    std::sort(items.begin(), items.end(), [](const StatusItem *a, const StatusItem *b) { return a->keep() < b->keep(); });
    for (StatusItem *item : std::as_const(items)) {
        const bool room = needed <= width();
        item->setVisible(room);
        if (!room)
            needed -= item->sizeHint().width() + space::kInside;
    }
}

void StatusBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        refreshTexts();
}

void StatusBar::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refreshTexts();
    m_tick->start();
}

void StatusBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_tick->stop();
}

void StatusBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StatusBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_context.theme.color(Token::Surface));
    painter.setPen(m_context.theme.color(Token::Line));
    painter.drawLine(0, 0, width(), 0);
}

} // namespace novita
