// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notificationcard.h"

#include "ui/format.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kIconSize = 16;

StateTone toneOf(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Success: return StateTone::Good;
    case EventSeverity::Warning: return StateTone::Warn;
    case EventSeverity::Problem: return StateTone::Bad;
    case EventSeverity::Info: break;
    }
    return StateTone::Wait;
}

QString iconOf(EventSeverity severity)
{
    switch (severity) {
    case EventSeverity::Success: return QStringLiteral("checkmark");
    case EventSeverity::Warning: return QStringLiteral("emblem-warning");
    case EventSeverity::Problem: return QStringLiteral("dialog-close");
    case EventSeverity::Info: break;
    }
    return QStringLiteral("help-about");
}

} // namespace

NotificationCard::NotificationCard(const Theme &theme, NotificationId id, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_id(id)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_close(new QToolButton(this))
    , m_head(new QHBoxLayout)
    , m_body(new QHBoxLayout)
    , m_buttons(new QWidget(this))
    , m_buttonRow(new QHBoxLayout(m_buttons))
{
    setObjectName(QStringLiteral("notificationCard"));
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_close->setProperty("flat", true);
    m_close->setAutoRaise(true);
    m_buttonRow->setContentsMargins(0, 0, 0, 0);
    m_buttonRow->setSpacing(space::kRelated);
    m_head->setSpacing(space::kRelated);
    m_head->addWidget(m_icon);
    m_head->addWidget(m_title, 1);
    m_head->addWidget(m_close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kInside, space::kRelated, space::kRelated);
    layout->setSpacing(0);
    layout->addLayout(m_head);
    // Beside the sentence, not below it: the page gives the room.
    m_body->setSpacing(space::kRelated);
    m_body->addWidget(m_text, 1);
    m_body->addWidget(m_buttons, 0, Qt::AlignVCenter);
    layout->addLayout(m_body);
    layout->addStretch(1);
    connect(m_close, &QToolButton::clicked, this, &NotificationCard::dismissed);
    connect(&theme, &Theme::changed, this, &NotificationCard::paintTone);
    retranslate();
}

void NotificationCard::setNotification(const ShownNotification &notification)
{
    m_severity = notification.severity;
    m_title->setText(notification.title);
    m_text->setText(notification.text);
    showText();
    setAccessibleName(notification.title);
    setAccessibleDescription(notification.text);
    if (m_actions != notification.actions) {
        m_actions = notification.actions;
        while (QLayoutItem *item = m_buttonRow->takeAt(0)) {
            if (QWidget *old = item->widget())
                old->deleteLater();
            delete item;
        }
        for (const NotificationAction &action : std::as_const(m_actions)) {
            auto *button = new QPushButton(action.label, m_buttons);
            button->setAutoDefault(false);
            // To go and look is the lesser thing; what acts is a button.
            if (action.id == QLatin1String("show"))
                button->setProperty("link", true);
            button->setAccessibleDescription(notification.title);
            connect(button, &QPushButton::clicked, this, [this, id = action.id] { emit actionPressed(id); });
            m_buttonRow->addWidget(button);
        }
        m_buttons->setVisible(!m_actions.isEmpty());
    }
    paintTone();
}

void NotificationCard::showText()
{
    m_text->setVisible(!m_dense && !m_text->text().isEmpty());
    m_title->setToolTip(m_dense ? format::toolTip(m_text->text()) : QString());
}

void NotificationCard::setDense(bool dense)
{
    if (dense == m_dense)
        return;
    m_dense = dense;
    (dense ? m_body : m_head)->removeWidget(m_buttons);
    if (dense)
        m_head->insertWidget(m_head->count() - 1, m_buttons, 0, Qt::AlignVCenter); // the cross stays last
    else
        m_body->addWidget(m_buttons, 0, Qt::AlignVCenter);
    showText();
}

void NotificationCard::paintTone()
{
    const QColor tone = m_theme.toneColor(toneOf(m_severity));
    m_icon->setPixmap(m_theme.pixmap(iconOf(m_severity), m_theme.grown(kIconSize), tone, devicePixelRatioF()));
    m_title->setFont(m_theme.font(TextStyle::Body, true));
    m_close->setIcon(m_theme.icon(QStringLiteral("dialog-close")));
    // Raised above the page, with an edge in the tone of the news: the mark and the words say the same without colour.
    setStyleSheet(QStringLiteral("#notificationCard { background: %1; border: 1px solid %2; border-left: 3px solid %3; border-radius: 6px; }")
                      .arg(m_theme.color(Token::Raised).name(), m_theme.color(Token::LineStrong).name(), tone.name()));
}

void NotificationCard::retranslate()
{
    m_close->setAccessibleName(tr("Dismiss notification"));
    m_close->setToolTip(tr("Dismiss"));
}

void NotificationCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
