// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/systemprompt.h"

#include "core/language/conversation.h"
#include "ui/chat/chatwords.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace novita {

SystemPrompt::SystemPrompt(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_label(makeLabel("text2", this)), m_edit(new QPlainTextEdit(this)), m_counter(makeWords("text3", this))
{
    m_label->setBuddy(m_edit);
    m_edit->setTabChangesFocus(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kInside);
    layout->addWidget(m_label);
    layout->addWidget(m_edit);
    layout->addWidget(m_counter);
    const auto look = [this, &theme] {
        constexpr int kLines = 5;
        constexpr int kFrame = 18;
        m_counter->setFont(theme.font(TextStyle::Small));
        m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * kLines + kFrame);
    };
    look();
    connect(&theme, &Theme::changed, this, look);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        present();
        emit changed();
    });
    retranslate();
}

void SystemPrompt::setText(const QString &prompt)
{
    if (prompt == text())
        return; // the cursor stays where it is
    {
        const QSignalBlocker blocker(m_edit);
        m_edit->setPlainText(prompt);
    }
    present();
}

QString SystemPrompt::text() const
{
    return m_edit->toPlainText();
}

QString SystemPrompt::counter() const
{
    return m_counter->text();
}

void SystemPrompt::present()
{
    const qsizetype size = m_edit->document()->characterCount() - 1; // without the end that a document always has
    const bool isTooLong = size > Conversation::kMostSystem;
    m_counter->setText(size == 0 ? QString()
                                 : tr("%1 of %2 characters, some %3 tokens")
                                       .arg(format::number(size), format::number(Conversation::kMostSystem), format::number(chatwords::tokensAbout(size))));
    m_counter->setVisible(size > 0);
    setTone(m_counter, isTooLong ? "bad" : "text3");
    setInvalid(m_edit, isTooLong);
}

void SystemPrompt::retranslate()
{
    m_label->setText(tr("System prompt"));
    m_edit->setAccessibleName(tr("System prompt"));
    m_edit->setToolTip(tr("What the model is told before the first message. It goes with every message, and its tokens are charged each time."));
    present();
}

void SystemPrompt::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
