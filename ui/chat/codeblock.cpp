// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/codeblock.h"

#include "ui/chat/messagetext.h"
#include "ui/theme.h"
#include "ui/widgets/makers.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

CodeBlock::CodeBlock(const Theme &theme, const QString &language, QWidget *parent)
    : QFrame(parent), m_language(language), m_name(makeLabel("text3", this)), m_copy(makeLink(this)), m_lines(new MessageText(this))
{
    setProperty("card", true);
    setFixedFont(m_lines, theme);
    m_lines->setWraps(false);
    auto *head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    head->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kRelated, space::kInside, space::kRelated, space::kRelated);
    layout->setSpacing(space::kInside);
    layout->addLayout(head);
    layout->addWidget(m_lines);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    retranslate();
}

void CodeBlock::append(const QString &text)
{
    m_text += text;
    m_lines->append(text);
}

void CodeBlock::retranslate()
{
    m_name->setText(m_language.isEmpty() ? tr("Code") : m_language);
    m_copy->setText(tr("Copy"));
    m_copy->setAccessibleName(tr("Copy code"));
    m_copy->setToolTip(tr("Copies this block of code"));
    m_lines->setAccessibleName(tr("Code"));
}

void CodeBlock::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
