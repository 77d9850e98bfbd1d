// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <utility>

class QLabel;
class QPushButton;

namespace novita {

class MessageEdit;

/// Where a message is written: the field, *Send* or *Stop*, and a line about both. An earlier message can be changed in it; what was being typed is put aside until then.
class ChatComposer final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatComposer)

public:
    explicit ChatComposer(QWidget *parent = nullptr);

    MessageEdit *message() const { return m_message; }
    QPushButton *sendButton() const { return m_send; }
    QString text() const;
    /// Turn that is being changed; -1 when a new message is written.
    int editedTurn() const { return m_editedTurn; }

    /// Puts aside what is typed, to change message `turn`.
    void edit(int turn, const QString &text);
    /// What was put aside is there again.
    void endEditing();
    /// What was put aside; empty while a new message is written.
    const QString &aside() const { return m_aside; }
    /// The message was sent: `next` stands there now.
    void finishSending(const QString &next);
    /// The conversation is another one, or anew: `draft` is what was being typed in it.
    void showDraft(const QString &draft);

    /// Tells the message that was sent `back` messages ago, from 1; empty: there is none.
    void setSaid(std::function<QString(int back)> said) { m_said = std::move(said); }
    /// `whyNot` is the sentence why nothing can be sent; empty when it can.
    void setState(bool isBusy, const QString &whyNot);
    void setStatus(const QString &sentence);

signals:
    void typed(const QString &text);
    void sendRequested();
    void stopRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void recall(int step);
    void present();
    void retranslate();

    QWidget *m_editing;
    QLabel *m_editingWords;
    QPushButton *m_editingEnd;
    MessageEdit *m_message;
    QPushButton *m_send;
    QLabel *m_status;
    std::function<QString(int)> m_said;
    int m_back = 0; ///< how many messages ago the one was sent that was recalled
    int m_editedTurn = -1;
    QString m_aside;
    bool m_isBusy = false;
    QString m_whyNot;
};

} // namespace novita
