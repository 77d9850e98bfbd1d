// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/notification.h"
#include "ui/theme.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace novita {

/// One notification as a card: mark, title, sentence, its buttons, a cross.
class NotificationCard final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NotificationCard)

public:
    NotificationCard(const Theme &theme, NotificationId id, QWidget *parent);

    NotificationId notificationId() const { return m_id; }
    bool isSerious() const { return m_severity == EventSeverity::Warning || m_severity == EventSeverity::Problem; }
    void setNotification(const ShownNotification &notification);
    /// One line, where the window has few: the title and the buttons; the sentence is in the tooltip.
    void setDense(bool dense);

signals:
    void actionPressed(const QString &actionId);
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void paintTone();
    void retranslate();
    void showText();

    const Theme &m_theme;
    const NotificationId m_id;
    bool m_dense = false;
    EventSeverity m_severity = EventSeverity::Info;
    QList<NotificationAction> m_actions;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QToolButton *m_close;
    QHBoxLayout *m_head;
    QHBoxLayout *m_body;
    QWidget *m_buttons;
    QHBoxLayout *m_buttonRow;
};

} // namespace novita
