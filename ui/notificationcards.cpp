// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notificationcards.h"

#include "core/workflows/notificationcenter.h"
#include "ui/notificationcard.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace novita {

namespace {

/// In characters, so that it grows with the text.
constexpr int kCardColumns = 46;

} // namespace

NotificationCards::NotificationCards(UiContext context, QWidget *anchor, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_anchor(anchor)
    , m_layout(new QVBoxLayout(this))
    , m_more(new QPushButton(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::kRelated);
    m_layout->addWidget(m_more, 0, Qt::AlignRight);
    m_more->setAutoDefault(false);
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &NotificationCards::allRequested);
    connect(&context.theme, &Theme::changed, this, &NotificationCards::arrange);
    anchor->installEventFilter(this);
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
        m_layout->addWidget(card);
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
    if (m_cards.isEmpty())
        return;
    const QRect room(m_anchor->mapTo(parentWidget(), QPoint(0, 0)), m_anchor->size());
    const int width = std::min(fontMetrics().averageCharWidth() * kCardColumns, room.width() - 2 * space::kGroup);
    setFixedWidth(std::max(width, 1));
    // Sentences wrap: the height follows from the width, and only an active layout knows it.
    m_layout->activate();
    const int height = std::min(std::max(m_layout->heightForWidth(width), m_layout->minimumSize().height()), room.height() - space::kGroup);
    setGeometry(room.right() - width - space::kGroup + 1, room.bottom() - height - space::kGroup + 1, width, height);
    raise();
}

bool NotificationCards::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_anchor && (event->type() == QEvent::Resize || event->type() == QEvent::Move || event->type() == QEvent::Show))
        arrange();
    return QWidget::eventFilter(watched, event);
}

void NotificationCards::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        arrange();
}

} // namespace novita
