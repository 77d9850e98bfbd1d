// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/messagetext.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QScrollBar>
#include <QTextBlock>

#include <cmath>

namespace novita {

namespace {

// A paragraph is laid out as a whole each time it grows: one without an end would cost more and more.
constexpr qsizetype kBreakAtBlank = 2000;
constexpr qsizetype kBreak = 4000;

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

QString MessageText::withBreaks(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        if (c == u'\n') {
            m_lineLength = 0;
        } else if (++m_lineLength >= kBreak || (m_lineLength >= kBreakAtBlank && c == u' ')) {
            out += c;
            if (!c.isHighSurrogate()) {
                out += u'\n';
                m_lineLength = 0;
            }
            continue;
        }
        out += c;
    }
    return out;
}

void MessageText::append(const QString &text)
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(withBreaks(text));
    fit(false);
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
