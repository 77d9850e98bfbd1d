// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/templates/resourcedetails.h"

#include "ui/theme.h"
#include "ui/widgets/copyfield.h"
#include "ui/widgets/detailshead.h"
#include "ui/widgets/factlist.h"
#include "ui/widgets/makers.h"

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

namespace {

constexpr int kLeastWidth = 320;

} // namespace

ResourceDetails::ResourceDetails(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_head(new DetailsHead(theme, this))
    , m_copyLabel(new QLabel)
    , m_copy(new CopyField(CopyField::Kind::Plain))
    , m_facts(new FactList)
    , m_note(new QLabel)
{
    setProperty("card", true);
    setMinimumWidth(kLeastWidth);
    m_copyLabel->setTextFormat(Qt::PlainText);
    m_copyLabel->setProperty("tone", QStringLiteral("text2"));
    m_copyLabel->setBuddy(m_copy->field());
    m_note->setTextFormat(Qt::PlainText);
    m_note->setProperty("tone", QStringLiteral("text3"));
    m_note->setWordWrap(true);
    connect(m_head, &DetailsHead::closeRequested, this, &ResourceDetails::closeRequested);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, space::kRelated, 0);
    column->setSpacing(space::kRelated);
    column->addWidget(m_copyLabel);
    column->addWidget(m_copy);
    column->addWidget(m_facts);
    column->addWidget(m_note);
    column->addStretch();
    auto *scroll = makeScrolling(content, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(space::kGroup, space::kRelated, space::kRelated, space::kGroup);
    layout->setSpacing(space::kRelated);
    layout->addWidget(m_head);
    layout->addWidget(scroll, 1);
}

void ResourceDetails::setContent(const Content &content)
{
    m_head->setTitle(content.title, content.standIn);
    m_copyLabel->setText(content.copyLabel);
    m_copy->setName(content.copyName);
    m_copy->setText(content.copyText);
    m_facts->setFacts(content.facts);
    m_note->setText(content.note);
    m_note->setVisible(!content.note.isEmpty());
}

} // namespace novita
