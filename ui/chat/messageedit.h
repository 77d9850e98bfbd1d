// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace novita {

/// The field for what is to be said. Ctrl+Return sends, Esc stops, Tab leaves it.
class MessageEdit final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageEdit)

public:
    explicit MessageEdit(QWidget *parent = nullptr);

    /// In place of all of it, as one step to undo; the cursor goes to the end.
    void replaceText(const QString &text);
    /// Whether Esc is wanted; else it is left to what the field stands in.
    void setTakesEscape(bool takes) { m_takesEscape = takes; }

signals:
    void sendRequested();
    void escapePressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyHeight();

    bool m_takesEscape = false;
};

} // namespace novita
