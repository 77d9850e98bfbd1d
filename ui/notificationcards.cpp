// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notificationcards.h"

#include "core/workflows/notificationcenter.h"
#include "ui/notificationcard.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace novita {

NotificationCards::NotificationCards(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QHBoxLayout(this))
    , m_more(new QPushButton(this))
{
    m_layout->setContentsMargins(space::kPage, 0, space::kPage, space::kRelated);
    m_layout->setSpacing(space::kRelated);
    m_layout->addWidget(m_more, 0, Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_more->setAutoDefault(false);
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &NotificationCards::allRequested);
    hide();
    m_context.notifications.addPresenter(*this);
}

NotificationCards::~NotificationCards()
{
    m_context.notifications.removePresenter(*this);
}

NotificationCard *NotificationCards::cardOf(NotificationId id) const
{
    const auto found = std::find_if(m_cards.begin(), m_cards.end(), [id](const NotificationCard *card) { return card->notificationId() == id; });
    return found == m_cards.end() ? nullptr : *found;
}

void NotificationCards::present(const ShownNotification &notification)
{
    NotificationCard *card = cardOf(notification.id);
    if (!card) {
        card = new NotificationCard(m_context.theme, notification.id, this);
        connect(card, &NotificationCard::actionPressed, this,
                [this, id = notification.id](const QString &action) { m_context.notifications.trigger(id, action); });
        connect(card, &NotificationCard::dismissed, this, [this, id = notification.id] { m_context.notifications.dismiss(id); });
        m_cards.append(card);
        m_layout->insertWidget(m_layout->count() - 1, card, 1); // the button stays last
    }
    card->setNotification(notification);
    arrange();
    QAccessibleEvent alert(card, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void NotificationCards::withdraw(NotificationId id, NotificationEnd)
{
    NotificationCard *card = cardOf(id);
    if (!card)
        return;
    m_cards.removeOne(card);
    m_layout->removeWidget(card);
    card->hide();
    card->deleteLater();
    arrange();
}

void NotificationCards::arrange()
{
    const qsizetype hidden = std::max<qsizetype>(0, m_cards.size() - kMostCards);
    for (qsizetype i = 0; i < m_cards.size(); ++i)
        m_cards.at(i)->setVisible(i >= hidden);
    m_more->setText(tr("and %Ln more", "notifications", static_cast<int>(hidden)));
    m_more->setVisible(hidden > 0);
    setVisible(!m_cards.isEmpty());
}

void NotificationCards::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        arrange();
}

} // namespace novita
