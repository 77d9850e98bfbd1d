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

namespace {

constexpr int kLettersOfCard = 40;
constexpr int kLinesOfRoom = 30; ///< a window of fewer lines of text needs them for the page

} // namespace

NotificationCards::NotificationCards(UiContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QHBoxLayout(this))
    , m_more(new QPushButton(this))
{
    m_layout->setContentsMargins(space::kPage, 0, space::kPage, space::kRelated);
    m_layout->setSpacing(space::kRelated);
    m_layout->addWidget(m_more, 0, Qt::AlignVCenter);
    // Not Maximum: that would cut off sentences that wrap.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_more->setAutoDefault(false);
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &NotificationCards::allRequested);
    hide();
    if (parent)
        parent->installEventFilter(this);
    connect(&m_context.theme, &Theme::changed, this, &NotificationCards::arrange);
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
    // Beside each other only while a sentence still has a line's length. What is wrong stays in view before what is well, then the newest.
    const int room = width() / (fontMetrics().averageCharWidth() * kLettersOfCard);
    const qsizetype hidden = std::max<qsizetype>(0, m_cards.size() - std::clamp(room, 1, kMostCards));
    QList<NotificationCard *> order = m_cards;
    std::stable_sort(order.begin(), order.end(), [](const NotificationCard *a, const NotificationCard *b) { return !a->isSerious() && b->isSerious(); });
    const bool dense = window()->height() < fontMetrics().lineSpacing() * kLinesOfRoom;
    for (qsizetype i = 0; i < order.size(); ++i) {
        order.at(i)->setDense(dense);
        order.at(i)->setVisible(i >= hidden);
    }
    m_more->setText(tr("and %Ln more", "notifications", static_cast<int>(hidden)));
    m_more->setVisible(hidden > 0);
    setVisible(!m_cards.isEmpty());
}

/// Whether a sentence has room depends on the height of the window, which is not that of the shelf.
bool NotificationCards::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, event);
}

void NotificationCards::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void NotificationCards::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        arrange();
}

} // namespace novita
