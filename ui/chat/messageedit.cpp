// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/messageedit.h"

#include <QEvent>
#include <QKeyEvent>
#include <QTextCursor>

namespace novita {

MessageEdit::MessageEdit(QWidget *parent) : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    applyHeight();
}

void MessageEdit::applyHeight()
{
    constexpr int kLines = 4;
    constexpr int kFrame = 18;
    setFixedHeight(fontMetrics().lineSpacing() * kLines + kFrame);
}

void MessageEdit::replaceText(const QString &text)
{
    QTextCursor cursor = textCursor();
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    setTextCursor(cursor);
}

void MessageEdit::recall(const QString &text)
{
    m_recalled = text;
    replaceText(text);
}

/// At the ends of the text alone: within it the keys move the cursor.
bool MessageEdit::isRecalling(const QKeyEvent &event) const
{
    const bool isUp = event.key() == Qt::Key_Up;
    if ((!isUp && event.key() != Qt::Key_Down) || (event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    QTextCursor next = textCursor();
    const bool isAtEnd = !next.movePosition(isUp ? QTextCursor::Up : QTextCursor::Down);
    return isAtEnd && (document()->isEmpty() || toPlainText() == m_recalled);
}

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && (event->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier) {
        event->accept();
        emit sendRequested();
    } else if (event->key() == Qt::Key_Escape && m_takesEscape) {
        event->accept();
        emit escapePressed();
    } else if (isRecalling(*event)) {
        event->accept();
        emit recallRequested(event->key() == Qt::Key_Up ? 1 : -1);
    } else {
        QPlainTextEdit::keyPressEvent(event);
    }
}

void MessageEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applyHeight();
}

} // namespace novita
