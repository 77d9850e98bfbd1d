// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plaintextview.h"

#include <QEvent>
#include <QTextDocument>

#include <cmath>

namespace novita {

PlainTextView::PlainTextView(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
}

void PlainTextView::fitLines()
{
    const int line = fontMetrics().lineSpacing();
    const int above = static_cast<int>(std::ceil(document()->documentMargin()));
    const int room = viewport()->height() + viewportMargins().bottom() - above;
    const int rest = room > line ? room % line : 0;
    if (rest != viewportMargins().bottom())
        setViewportMargins(0, 0, 0, rest);
}

void PlainTextView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitLines();
}

void PlainTextView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitLines();
}

} // namespace novita
