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

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && (event->modifiers() & ~Qt::KeypadModifier) == Qt::ControlModifier) {
        event->accept();
        emit sendRequested();
    } else if (event->key() == Qt::Key_Escape && m_takesEscape) {
        event->accept();
        emit escapePressed();
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
