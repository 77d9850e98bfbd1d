// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/messagetext.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <cmath>

namespace novita {

namespace {

// A paragraph is laid out as a whole each time it grows: one without an end would cost more and more.
constexpr qsizetype kBreakAtBlank = 2000;
constexpr qsizetype kBreak = 4000;
constexpr int kGoesOn = 1; // state of a paragraph that belongs to the one before

} // namespace

MessageText::MessageText(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setProperty("bare", true);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setFocusPolicy(Qt::ClickFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setUndoRedoEnabled(false);
    document()->setDocumentMargin(0);
    viewport()->setAutoFillBackground(false);
    viewport()->setCursor(Qt::IBeamCursor);
    fit(true);
}

void MessageText::setWraps(bool wraps)
{
    setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    setHorizontalScrollBarPolicy(wraps ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    fit(true);
}

/// Pieces of it, of which all but the first begin a paragraph that is none.
QStringList MessageText::broken(const QString &text)
{
    QStringList out;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\n') {
            m_lineLength = 0;
            continue;
        }
        const bool isLong = ++m_lineLength >= kBreak || (m_lineLength >= kBreakAtBlank && c == u' ');
        if (!isLong || c.isHighSurrogate())
            continue;
        out.append(text.mid(begin, i + 1 - begin));
        begin = i + 1;
        m_lineLength = 0;
    }
    out.append(text.mid(begin));
    return out;
}

void MessageText::append(const QString &text)
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    const QStringList pieces = broken(text);
    cursor.insertText(pieces.constFirst());
    for (qsizetype i = 1; i < pieces.size(); ++i) {
        cursor.insertBlock();
        cursor.block().setUserState(kGoesOn);
        cursor.insertText(pieces.at(i));
    }
    fit(false);
}

void MessageText::setText(const QString &text)
{
    clear();
    m_lineLength = 0;
    append(text);
    fit(true);
}

QMimeData *MessageText::createMimeDataFromSelection() const
{
    const int begin = textCursor().selectionStart();
    const int end = textCursor().selectionEnd();
    QString text;
    for (QTextBlock block = document()->findBlock(begin); block.isValid() && block.position() <= end; block = block.next()) {
        if (block.position() > begin && block.userState() != kGoesOn)
            text += u'\n';
        const int from = std::max(begin - block.position(), 0);
        text += block.text().mid(from, end - block.position() - from);
    }
    auto *copied = new QMimeData;
    copied->setText(text);
    return copied;
}

void MessageText::fit(bool anew)
{
    if (anew) {
        m_above = 0;
        m_measured = 0;
    }
    const QAbstractTextDocumentLayout *layout = document()->documentLayout();
    QTextBlock block = document()->findBlockByNumber(m_measured);
    for (; block.isValid() && block != document()->lastBlock(); block = block.next()) {
        m_above += layout->blockBoundingRect(block).height();
        ++m_measured;
    }
    const qreal last = layout->blockBoundingRect(document()->lastBlock()).height();
    const bool hasBar = horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff && horizontalScrollBar()->maximum() > 0;
    const int height = static_cast<int>(std::ceil(m_above + last)) + 2 + (hasBar ? horizontalScrollBar()->sizeHint().height() : 0);
    if (height != maximumHeight() || height != minimumHeight())
        setFixedHeight(height);
}

void MessageText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (viewport()->width() == m_fitWidth)
        return;
    m_fitWidth = viewport()->width();
    fit(true);
}

void MessageText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit(true);
}

} // namespace novita
