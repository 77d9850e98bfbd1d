// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/detailshead.h"

#include "ui/theme.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/makers.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>

namespace novita {

DetailsHead::DetailsHead(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_layout(new QHBoxLayout(this)), m_title(new ElidedLabel(this)), m_close(new QPushButton(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::kRelated);
    m_layout->addWidget(m_title, 1);
    m_layout->addWidget(m_close);
    m_close->setProperty("flat", true);
    m_close->setAutoDefault(false);
    connect(m_close, &QPushButton::clicked, this, &DetailsHead::closeRequested);
    connect(&theme, &Theme::changed, this, &DetailsHead::applyTheme);
    applyTheme();
    retranslate();
}

void DetailsHead::setTitle(const QString &title, bool standIn)
{
    m_title->setFullText(title);
    setTone(m_title, standIn ? "text3" : "");
}

void DetailsHead::addWidget(QWidget *widget)
{
    m_layout->insertWidget(m_layout->count() - 1, widget);
}

void DetailsHead::applyTheme()
{
    m_title->setFont(m_theme.font(TextStyle::Subtitle, true));
    m_close->setIcon(m_theme.icon(QStringLiteral("window-close")));
    m_close->setFixedSize(m_theme.controlHeight(), m_theme.controlHeight());
}

void DetailsHead::retranslate()
{
    m_close->setAccessibleName(tr("Close details"));
    m_close->setToolTip(tr("Close details (Esc)"));
}

void DetailsHead::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace novita
