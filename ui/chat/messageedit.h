// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace novita {

/// The field for what is to be said. Ctrl+Return sends, Esc stops, Tab leaves it; Up and Down in an empty one go through what was said before.
class MessageEdit final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageEdit)

public:
    explicit MessageEdit(QWidget *parent = nullptr);

    /// In place of all of it, as one step to undo; the cursor goes to the end.
    void replaceText(const QString &text);
    /// The same with what was said before: the keys go on from there until it is changed.
    void recall(const QString &text);
    /// Whether Esc is wanted; else it is left to what the field stands in.
    void setTakesEscape(bool takes) { m_takesEscape = takes; }

signals:
    void sendRequested();
    void escapePressed();
    /// The message before (1) or after (-1) the one that is there. The field is empty, or holds what was recalled.
    void recallRequested(int step);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyHeight();

    bool isRecalling(const QKeyEvent &event) const;

    bool m_takesEscape = false;
    QString m_recalled;
};

} // namespace novita
