// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pageheader.h"

#include "ui/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/elidedlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>

namespace novita {

PageHeader::PageHeader(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_subtitle(new ElidedLabel(this))
    , m_extras(new QHBoxLayout)
    , m_buttons(new QHBoxLayout)
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_subtitle->setObjectName(QStringLiteral("pageSubtitle"));
    m_subtitle->setProperty("tone", QStringLiteral("text2"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::kRelated + space::kInside);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle, 1, Qt::AlignVCenter);
    layout->addLayout(m_extras);
    layout->addLayout(m_buttons);
    m_extras->setSpacing(space::kRelated);
    m_buttons->setSpacing(space::kRelated);
    applyFonts();
    connect(&theme, &Theme::changed, this, &PageHeader::applyFonts);
}

void PageHeader::applyFonts()
{
    m_title->setFont(m_theme.font(TextStyle::Title, true));
    m_subtitle->setFont(m_theme.font(TextStyle::Body));
    setMinimumHeight(m_theme.controlHeight());
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setText(title);
}

void PageHeader::setSubtitle(const QString &subtitle)
{
    m_subtitle->setFullText(subtitle);
}

void PageHeader::addWidget(QWidget *widget)
{
    m_extras->addWidget(widget);
}

ActionButton *PageHeader::addSecondary(QAction *action)
{
    auto *button = new ActionButton(action, this);
    m_buttons->insertWidget(m_buttons->count() - (m_primary ? 1 : 0), button);
    return button;
}

ActionButton *PageHeader::addMenuButton(const QString &text, QMenu *menu)
{
    auto *button = new ActionButton(text, menu, this);
    m_buttons->insertWidget(m_buttons->count() - (m_primary ? 1 : 0), button);
    return button;
}

ActionButton *PageHeader::setPrimary(QAction *action)
{
    delete m_primary;
    m_primary = new ActionButton(action, this);
    m_primary->setPrimary(true);
    m_buttons->addWidget(m_primary);
    return m_primary;
}

} // namespace novita
