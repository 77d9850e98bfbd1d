// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/chatcomposer.h"

#include "ui/chat/messageedit.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <utility>

namespace novita {

ChatComposer::ChatComposer(QWidget *parent)
    : QWidget(parent)
    , m_editing(new QWidget(this))
    , m_editingWords(makeWords("text2", m_editing))
    , m_editingEnd(makeLink(m_editing))
    , m_message(new MessageEdit(this))
    , m_send(new QPushButton(this))
    , m_status(makeWords("text2", this))
{
    m_send->setProperty("primary", true);
    m_send->setAutoDefault(false);
    m_editing->setVisible(false);
    auto *editing = new QHBoxLayout(m_editing);
    editing->setContentsMargins(0, 0, 0, 0);
    editing->addWidget(m_editingWords, 1);
    editing->addWidget(m_editingEnd);
    auto *entry = new QHBoxLayout;
    entry->setSpacing(space::kRelated);
    entry->addWidget(m_message, 1);
    entry->addWidget(m_send, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_editing);
    layout->addLayout(entry);
    layout->addWidget(m_status);
    connect(m_message, &QPlainTextEdit::textChanged, this, [this] { emit typed(text()); });
    connect(m_message, &MessageEdit::sendRequested, this, &ChatComposer::sendRequested);
    connect(m_message, &MessageEdit::escapePressed, this, [this] {
        if (m_isBusy)
            emit stopRequested();
        else
            endEditing();
    });
    connect(m_message, &MessageEdit::recallRequested, this, &ChatComposer::recall);
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_isBusy)
            emit stopRequested();
        else
            emit sendRequested();
    });
    connect(m_editingEnd, &QPushButton::clicked, this, &ChatComposer::endEditing);
    retranslate();
}

QString ChatComposer::text() const
{
    return m_message->toPlainText();
}

void ChatComposer::recall(int step)
{
    if (m_editedTurn >= 0 || !m_said)
        return;
    const int from = text().isEmpty() ? 0 : m_back;
    const int back = from + step;
    const QString said = back > 0 ? m_said(back) : QString();
    if (back < 0 || (back > 0 && said.isEmpty()))
        return;
    m_back = back;
    m_message->recall(said);
}

void ChatComposer::edit(int turn, const QString &text)
{
    if (m_editedTurn < 0)
        m_aside = this->text();
    m_editedTurn = turn;
    m_editing->show();
    m_message->replaceText(text);
    m_message->setFocus(Qt::OtherFocusReason);
    present();
}

void ChatComposer::endEditing()
{
    if (m_editedTurn < 0)
        return;
    m_editedTurn = -1;
    m_editing->hide();
    m_message->replaceText(std::exchange(m_aside, QString()));
    present();
}

void ChatComposer::finishSending(const QString &next)
{
    m_editedTurn = -1;
    m_aside.clear();
    m_editing->hide();
    m_message->replaceText(next);
    m_message->setFocus();
    present();
}

void ChatComposer::showDraft(const QString &draft)
{
    // What is being changed is a message of the list that was.
    const bool wasEditing = std::exchange(m_editedTurn, -1) >= 0;
    const QString aside = std::exchange(m_aside, QString());
    m_editing->hide();
    if (wasEditing && !draft.isEmpty() && text() == draft) {
        m_message->replaceText(aside); // of the same conversation still
    } else if (text() != draft) {
        const QSignalBlocker blocker(m_message);
        m_message->replaceText(draft);
    }
    present();
}

void ChatComposer::setState(bool isBusy, const QString &whyNot)
{
    m_isBusy = isBusy;
    m_whyNot = whyNot;
    present();
}

void ChatComposer::setStatus(const QString &sentence)
{
    m_status->setText(sentence);
}

void ChatComposer::present()
{
    m_send->setText(m_isBusy ? tr("Stop") : tr("Send"));
    m_send->setEnabled(m_isBusy || m_whyNot.isEmpty());
    m_send->setToolTip(m_isBusy ? tr("Ends the answer; what has come stays (Esc)") : m_whyNot.isEmpty() ? tr("Asks the model (Ctrl+Return)") : m_whyNot);
    m_send->setAccessibleName(m_isBusy ? tr("Stop the answer") : tr("Send message"));
    m_message->setTakesEscape(m_isBusy || m_editedTurn >= 0);
}

void ChatComposer::retranslate()
{
    m_editingWords->setText(tr("Sending replaces the earlier message and what follows it."));
    m_editingEnd->setText(tr("Leave it"));
    m_editingEnd->setToolTip(tr("Leaves the earlier message as it is (Esc)"));
    m_message->setAccessibleName(tr("Message"));
    m_message->setPlaceholderText(tr("Message to the model. Ctrl+Return sends, Esc stops, Up brings back what you said before."));
    present();
}

void ChatComposer::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
