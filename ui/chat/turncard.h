// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/language/conversation.h"
#include "ui/chat/messagesegments.h"
#include "ui/errortext.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace novita {

class CodeBlock;
class MessageText;
class Theme;

/// One message: who, when, what, and for an answer its cost, its speed and what is missing. Grows while it arrives.
class TurnCard final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TurnCard)

public:
    static constexpr qsizetype kMostShown = 200000; ///< characters; of a longer one the rest is there to copy and to export

    TurnCard(const Theme &theme, int turn, const ChatTurn &content, QWidget *parent = nullptr);

    int turn() const { return m_turn; }
    /// Characters that it shows.
    qsizetype shown() const { return m_shown; }
    void grow(const QString &text, const QString &reasoning);
    /// What is known of the answer by now; its texts are grow()'s business.
    void setFacts(const ChatTurn &content);
    /// Whether it is the last answer, which can be asked for anew; `whyNot` is a sentence when that cannot be now.
    void setLast(bool last, const QString &whyNot);
    /// Why it cannot be changed now; empty when it can.
    void setEditable(const QString &whyNot);

signals:
    void copyRequested(int turn);
    void editRequested(int turn);
    void retryRequested();
    void remedyRequested(novita::ErrorRemedy remedy);
    /// The reasoning is shown now: it is higher.
    void unfolded();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void addPieces(const QList<MessageSegments::Addition> &pieces);
    void growText(const QString &text);
    void growReasoning(const QString &text);
    void showReasoning(bool shown);
    void presentFold();
    void nameText(MessageText &text) const;
    void present();
    void retranslate();
    bool isAnswer() const { return m_facts.role == ChatRole::Assistant; }

    const Theme &m_theme;
    int m_turn;
    ChatTurn m_facts;           ///< without its texts
    QString m_reasoning;        ///< as much of it as is shown
    qsizetype m_reasoningChars = 0;
    qsizetype m_shown = 0;
    bool m_isEmpty = true;
    bool m_isCutOff = false;    ///< kMostShown is used up
    bool m_isLast = false;
    MessageSegments m_segments;
    MessageText *m_text = nullptr; ///< the segment that grows, if it is text
    CodeBlock *m_code = nullptr;   ///< if it is code
    QLabel *m_who;
    QLabel *m_when;
    QPushButton *m_copy;
    QPushButton *m_edit;
    QPushButton *m_retry;
    QPushButton *m_reasoningLink;
    MessageText *m_reasoningText;
    QVBoxLayout *m_body;
    QLabel *m_rest;
    QLabel *m_problem;
    QPushButton *m_remedy;
    QLabel *m_numbers;
};

} // namespace novita
