// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setProperty("tone", QStringLiteral("text2"));
    m_button->setAutoDefault(false);
    m_button->hide();
    setFocusProxy(m_button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kPage, space::kRelated, space::kPage, space::kRelated);
    layout->setSpacing(space::kGroup);
    layout->addStretch();
    layout->addWidget(m_text);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);
}

void EmptyState::setContent(const QString &sentence, const QString &buttonText)
{
    const bool isOffered = !buttonText.isEmpty();
    const QWidget *focus = window()->focusWidget();
    const bool hadFocus = focus && (focus == m_button || focus == m_text);
    m_text->setText(sentence);
    m_button->setText(buttonText);
    // Who has pressed the button goes on from here: else the keyboard would be at the first button of the window.
    if (hadFocus && !isOffered)
        m_text->setFocus();
    m_button->setVisible(isOffered);
    if (hadFocus && isOffered)
        m_button->setFocus();
}

QString EmptyState::sentence() const
{
    return m_text->text();
}

} // namespace novita
