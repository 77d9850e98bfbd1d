// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/instances/logview.h"

#include "core/workflows/logtext.h"

#include <QScrollBar>
#include <QTextCursor>

#include <algorithm>

namespace novita {

namespace {

/// 500 lines each 40 ms are 12,500 lines a second.
constexpr std::chrono::milliseconds kSliceEvery{40};
constexpr qint64 kSliceLines = 500;
constexpr qsizetype kSliceChars = 64 * 1024;

} // namespace

LogView::LogView(QWidget *parent) : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setMaximumBlockCount(static_cast<int>(LogText::kMaxLines));
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_slices.setSingleShot(true);
    connect(&m_slices, &QTimer::timeout, this, &LogView::appendSlice);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        const bool atEnd = value >= verticalScrollBar()->maximum();
        if (m_appending || atEnd == m_following)
            return;
        m_following = atEnd;
        emit followingChanged(m_following);
    });
}

void LogView::setText(const LogText *text)
{
    m_text = text;
    m_next = text ? text->firstNumber() : 0;
    m_appending = true;
    clear();
    m_appending = false;
    noteGrowth();
}

void LogView::noteGrowth()
{
    if (m_text && m_text->isEmpty() && blockCount() > 1)
        clear();
    if (isVisible() && !m_slices.isActive() && !isUpToDate())
        m_slices.start(kSliceEvery);
}

bool LogView::isUpToDate() const
{
    return !m_text || m_next >= m_text->endNumber();
}

void LogView::appendSlice()
{
    if (!m_text || isUpToDate())
        return;
    // What has been dropped meanwhile would be dropped here, too.
    const qint64 from = std::max(m_next, m_text->firstNumber());
    QStringList lines = m_text->lines(from, from + kSliceLines);
    qsizetype chars = 0;
    qsizetype count = 0;
    while (count < lines.size() && chars < kSliceChars)
        chars += lines.at(count++).size();
    lines.resize(count);
    m_next = from + count;
    m_appending = true;
    const int before = verticalScrollBar()->value();
    // The text is bounded in characters as well: long lines are gone from it long before they are too many.
    setMaximumBlockCount(static_cast<int>(std::clamp<qint64>(m_next - m_text->firstNumber(), 1, LogText::kMaxLines)));
    appendPlainText(lines.join(QLatin1Char('\n')));
    if (m_following)
        toEnd();
    else
        verticalScrollBar()->setValue(before);
    m_appending = false;
    if (!isUpToDate())
        m_slices.start(kSliceEvery);
}

void LogView::toEnd()
{
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::setFollowing(bool following)
{
    m_following = following;
    if (following) {
        m_appending = true;
        toEnd();
        m_appending = false;
    }
}

void LogView::setWrapping(bool wrap)
{
    setLineWrapMode(wrap ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    setFollowing(m_following);
}

bool LogView::findText(const QString &text, bool backward)
{
    if (text.isEmpty())
        return false;
    const QTextDocument::FindFlags flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (find(text, flags))
        return true;
    const QTextCursor here = textCursor();
    moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
    if (find(text, flags))
        return true;
    setTextCursor(here);
    return false;
}

void LogView::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    noteGrowth();
}

} // namespace novita
