// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/notification.h"
#include "ui/uicontext.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace novita {

class NotificationCard;

/// The notifications inside the window: cards with their buttons in the lower right corner, newest at the bottom, over the page and
/// never in the way of the keyboard. At most kMostCards; the others wait behind "and n more".
///
/// A presenter of `UiContext::notifications`.
class NotificationCards final : public QWidget, public NotificationPresenter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NotificationCards)

public:
    static constexpr int kMostCards = 3;

    /// Stays over the lower right corner of `anchor`, which is a widget of the same window.
    NotificationCards(UiContext context, QWidget *anchor, QWidget *parent);
    ~NotificationCards() override;

    void present(const ShownNotification &notification) override;
    void withdraw(NotificationId id, NotificationEnd why) override;

    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    /// "and n more" was pressed.
    void allRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    NotificationCard *cardOf(NotificationId id) const;

    UiContext m_context;
    QWidget *m_anchor;
    QVBoxLayout *m_layout;
    QPushButton *m_more;
    QList<NotificationCard *> m_cards; ///< oldest first
};

} // namespace novita
