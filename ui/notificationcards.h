// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/notification.h"
#include "ui/uicontext.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace novita {

class NotificationCard;

/// The notifications inside the window: a shelf of cards with their buttons between the page and the status bar, newest at the right.
/// It takes its room from the page, so that nothing is ever covered, and none while there is nothing to tell. Never in the way of
/// the keyboard. At most kMostCards; the others wait behind "and n more".
///
/// A presenter of `UiContext::notifications`.
class NotificationCards final : public QWidget, public NotificationPresenter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NotificationCards)

public:
    static constexpr int kMostCards = 2;

    NotificationCards(UiContext context, QWidget *parent);
    ~NotificationCards() override;

    void present(const ShownNotification &notification) override;
    void withdraw(NotificationId id, NotificationEnd why) override;

signals:
    /// "and n more" was pressed.
    void allRequested();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    NotificationCard *cardOf(NotificationId id) const;

    UiContext m_context;
    QHBoxLayout *m_layout;
    QPushButton *m_more;
    QList<NotificationCard *> m_cards; ///< oldest first
};

} // namespace novita
