// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QPushButton>

class QAction;
class QMenu;

namespace novita {

/// A push button that shows and triggers an action: text (without mnemonics), enabled, visible, checked and tooltip follow it. The
/// tooltip names the shortcut. The action must outlive the button or take it along.
class ActionButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionButton)

public:
    explicit ActionButton(QAction *action, QWidget *parent = nullptr);
    /// A button that opens `menu`; the caller sets the text.
    explicit ActionButton(const QString &text, QMenu *menu, QWidget *parent = nullptr);

    QAction *action() const { return m_action; }
    void setPrimary(bool primary);
    /// Hidden for want of room, whatever the action says.
    void setFolded(bool folded);
    /// Who has the keyboard once the button is disabled: without one it is the next button, and a key that is pressed twice does what that one does.
    void setFocusHeir(QWidget *heir) { m_heir = heir; }

private:
    void follow();
    QPointer<QWidget> m_heir;
    QAction *m_action = nullptr;
    bool m_folded = false;
};

} // namespace novita
