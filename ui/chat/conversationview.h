// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/language/conversation.h"
#include "ui/errortext.h"

#include <QScrollArea>
#include <QTimer>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace novita {

class EmptyState;
class Theme;
class TurnCard;

/// The messages of a conversation, one below the other. What arrives is shown some thirty times a second at most; the view stays at the end as long as it is
/// there. It shows the latest messages, earlier ones on demand, and kMostShown characters at most.
class ConversationView final : public QScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationView)

public:
    static constexpr qsizetype kMostShown = 200000;
    static constexpr int kMostCards = 200;
    static constexpr int kStep = 24; ///< messages at first, and more with each demand
    static constexpr int kRestMs = 33;

    explicit ConversationView(const Theme &theme, QWidget *parent = nullptr);

    void showTurns(const QList<ChatTurn> &turns);
    /// Some before the first one that is shown.
    void showEarlier(const QList<ChatTurn> &turns);
    void addTurn(int turn, const ChatTurn &content);
    /// The last turn has grown by these.
    void grow(const QString &text, const QString &reasoning);
    /// What the last turn showed as its text was something else: shows it anew.
    void recastTurn(const ChatTurn &content);
    /// What is known of the last turn by now.
    void endTurn(const ChatTurn &content);
    /// Why messages cannot be changed or sent again now; empty when they can.
    void setObstacle(const QString &whyNot);
    /// What stands there before the first message.
    void setNothing(const QString &sentence);
    /// Shows now what waits to be shown.
    void flush();
    const QList<TurnCard *> &cards() const { return m_cards; }
    bool isAtEnd() const { return m_sticks; }

signals:
    void copyRequested(int turn);
    void editRequested(int turn);
    void retryRequested();
    void earlierRequested();
    void remedyRequested(novita::ErrorRemedy remedy);

protected:
    void changeEvent(QEvent *event) override;

private:
    TurnCard *makeCard(int turn, const ChatTurn &content);
    void append(int turn, const ChatTurn &content);
    qsizetype shownChars() const;
    bool canShowEarlier() const;
    void dropEarliest();
    void presentCards();
    void presentEarlier();

    const Theme &m_theme;
    QVBoxLayout *m_layout;
    QLabel *m_earlier;
    QPushButton *m_showEarlier;
    EmptyState *m_empty;
    QList<TurnCard *> m_cards;
    int m_hidden = 0;       ///< turns before the first card
    QString m_obstacle;
    QString m_text;         ///< waits to be shown
    QString m_reasoning;
    QTimer m_rest;
    bool m_sticks = true;
};

} // namespace novita
