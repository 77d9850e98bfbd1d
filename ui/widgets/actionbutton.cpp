// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/actionbutton.h"

#include <QAction>
#include <QMenu>
#include <QStyle>

namespace novita {

ActionButton::ActionButton(QAction *action, QWidget *parent)
    : QPushButton(parent)
    , m_action(action)
{
    setAutoDefault(false);
    connect(action, &QAction::changed, this, &ActionButton::follow);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    follow();
}

ActionButton::ActionButton(const QString &text, QMenu *menu, QWidget *parent)
    : QPushButton(text, parent)
{
    setAutoDefault(false);
    setMenu(menu);
    setProperty("hasMenu", true);
}

void ActionButton::setPrimary(bool primary)
{
    setProperty("primary", primary);
    // Being shown has polished the button already, before it was primary.
    style()->unpolish(this);
    style()->polish(this);
}

void ActionButton::setFolded(bool folded)
{
    if (folded == m_folded)
        return;
    m_folded = folded;
    follow();
}

void ActionButton::follow()
{
    const QString name = m_action->iconText();
    setText(name);
    setAccessibleName(name);
    if (m_heir && !m_action->isEnabled() && window()->focusWidget() == this)
        m_heir->setFocus();
    setEnabled(m_action->isEnabled());
    setVisible(m_action->isVisible() && !m_folded);
    setCheckable(m_action->isCheckable());
    setChecked(m_action->isChecked());
    QString tip = m_action->toolTip();
    if (!m_action->shortcut().isEmpty())
        tip += QStringLiteral(" (%1)").arg(m_action->shortcut().toString(QKeySequence::NativeText));
    setToolTip(tip);
    setAccessibleDescription(m_action->isEnabled() || m_action->toolTip() == name ? QString() : m_action->toolTip());
}

} // namespace novita
