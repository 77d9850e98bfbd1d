// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/promptedit.h"

#include "core/prompts/weightkeys.h"
#include "ui/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostOffered = 12;

} // namespace

PromptEdit::PromptEdit(const Theme &theme, QWidget *parent) : QPlainTextEdit(parent), m_theme(theme), m_completer(new QCompleter(this)), m_offered(new QStringListModel(this))
{
    setTabChangesFocus(true);
    m_completer->setModel(m_offered);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    m_completer->setFilterMode(Qt::MatchContains);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setMaxVisibleItems(kMostOffered);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &PromptEdit::complete);
}

void PromptEdit::setLines(int lines)
{
    constexpr int kFrame = 14;
    setMinimumHeight(fontMetrics().lineSpacing() * lines + kFrame);
}

void PromptEdit::put(const PromptSelection &selection)
{
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    if (selection.text != toPlainText()) {
        cursor.select(QTextCursor::Document);
        cursor.insertText(selection.text);
    }
    cursor.endEditBlock();
    cursor.setPosition(static_cast<int>(selection.start));
    cursor.setPosition(static_cast<int>(selection.end), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
}

void PromptEdit::replaceText(const QString &text)
{
    if (text != toPlainText())
        put({text, text.size(), text.size()});
}

void PromptEdit::weigh(int steps)
{
    const QTextCursor cursor = textCursor();
    put(weightkeys::changed({toPlainText(), cursor.selectionStart(), cursor.selectionEnd()}, steps));
}

bool PromptEdit::isOffering() const
{
    return m_completer->popup()->isVisible();
}

void PromptEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isUp = event->key() == Qt::Key_Up;
    const bool isArrow = isUp || event->key() == Qt::Key_Down;
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const Qt::KeyboardModifiers held = event->modifiers() & ~Qt::KeypadModifier;
    if (isOffering() && (isReturn || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)) {
        event->ignore(); // the list's business
        return;
    }
    if (isReturn && held == Qt::ControlModifier) {
        emit generateRequested();
        return;
    }
    if (isArrow && held == Qt::ControlModifier)
        return weigh(isUp ? 1 : -1);
    if (isArrow && held == Qt::AltModifier) {
        emit recallRequested(isUp ? -1 : 1);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (!event->text().isEmpty())
        offer();
}

void PromptEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        m_completer->popup()->hide();
}

void PromptEdit::offer()
{
    const PromptCompletion at = promptcompletion::at(toPlainText(), textCursor().position());
    const QStringList names = m_names.value(static_cast<int>(at.kind));
    if (at.kind == PromptCompletion::Kind::None || names.isEmpty() || names.contains(at.typed)) {
        m_completer->popup()->hide();
        return;
    }
    m_offered->setStringList(names);
    m_completer->setCompletionPrefix(at.typed);
    if (m_completer->completionCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + m_completer->popup()->verticalScrollBar()->sizeHint().width());
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void PromptEdit::complete(const QString &name)
{
    const QString text = toPlainText();
    put(promptcompletion::completed(text, promptcompletion::at(text, textCursor().position()), name));
}

void PromptEdit::markProblems(const QList<PromptProblem> &problems)
{
    QList<QTextEdit::ExtraSelection> marks;
    const int end = std::max(0, document()->characterCount() - 1);
    for (const PromptProblem &problem : problems) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = textCursor();
        mark.cursor.setPosition(std::min(static_cast<int>(problem.position), end));
        mark.cursor.setPosition(std::min(static_cast<int>(problem.position + std::max<qsizetype>(problem.length, 1)), end), QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(m_theme.color(Token::Bad));
        marks.append(mark);
    }
    setExtraSelections(marks);
}

} // namespace novita
