// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/readonlytextaccess.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPlainTextEdit>

#include <algorithm>

namespace novita {

namespace {

/// As Qt's own, which is not to be had, but for what writes.
class ReadOnlyText final : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit ReadOnlyText(QPlainTextEdit *edit)
        : QAccessibleWidget(edit, QAccessible::EditableText)
        , m_edit(edit)
    {
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this)
                                                  : QAccessibleWidget::interface_cast(type);
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }
    QString text(QAccessible::Text type) const override
    {
        return type == QAccessible::Value ? m_edit->toPlainText() : QAccessibleWidget::text(type);
    }

    int characterCount() const override { return m_edit->document()->characterCount() - 1; }
    QString text(int begin, int end) const override
    {
        QString text = range(begin, end).selectedText();
        text.replace(QChar::ParagraphSeparator, u'\n');
        text.replace(QChar::LineSeparator, u'\n');
        return text;
    }
    QString attributes(int, int *begin, int *end) const override
    {
        *begin = 0;
        *end = characterCount();
        return {};
    }

    int cursorPosition() const override { return m_edit->textCursor().position(); }
    void setCursorPosition(int position) override { m_edit->setTextCursor(range(position, position)); }
    int selectionCount() const override { return m_edit->textCursor().hasSelection() ? 1 : 0; }
    void selection(int index, int *begin, int *end) const override
    {
        const QTextCursor cursor = m_edit->textCursor();
        const bool isThere = index == 0 && cursor.hasSelection();
        *begin = isThere ? cursor.selectionStart() : 0;
        *end = isThere ? cursor.selectionEnd() : 0;
    }
    void addSelection(int begin, int end) override { setSelection(0, begin, end); }
    void removeSelection(int index) override
    {
        if (index == 0)
            setCursorPosition(cursorPosition());
    }
    void setSelection(int index, int begin, int end) override
    {
        if (index == 0)
            m_edit->setTextCursor(range(begin, end));
    }
    void scrollToSubstring(int begin, int end) override
    {
        m_edit->setTextCursor(range(end, begin));
        m_edit->ensureCursorVisible();
    }

    QRect characterRect(int offset) const override
    {
        const QTextCursor cursor = range(offset, offset);
        QRect rect = m_edit->cursorRect(cursor);
        QTextCursor next = cursor;
        if (!cursor.atBlockEnd() && next.movePosition(QTextCursor::NextCharacter))
            rect.setWidth(std::max(1, m_edit->cursorRect(next).left() - rect.left()));
        return {m_edit->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
    }
    int offsetAtPoint(const QPoint &point) const override
    {
        const QPoint within = m_edit->viewport()->mapFromGlobal(point);
        return m_edit->viewport()->rect().contains(within) ? m_edit->cursorForPosition(within).position() : -1;
    }

private:
    QTextCursor range(int begin, int end) const
    {
        QTextCursor cursor(m_edit->document());
        cursor.setPosition(std::clamp(begin, 0, characterCount()));
        cursor.setPosition(end < 0 ? characterCount() : std::clamp(end, 0, characterCount()), QTextCursor::KeepAnchor);
        return cursor;
    }

    QPlainTextEdit *m_edit;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *edit = qobject_cast<QPlainTextEdit *>(object);
    return edit && edit->isReadOnly() ? new ReadOnlyText(edit) : nullptr;
}

} // namespace

void installReadOnlyTextAccess()
{
    // Qt keeps one entry for the same function.
    QAccessible::installFactory(&makeInterface);
}

} // namespace novita
