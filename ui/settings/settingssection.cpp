// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingssection.h"

#include "ui/settings/settingeditor.h"
#include "ui/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace novita {

SettingsSection::SettingsSection(const Theme &, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout)
    , m_lead(new QLabel(this))
    , m_reset(new QPushButton(this))
{
    m_lead->setTextFormat(Qt::PlainText);
    m_lead->setWordWrap(true);
    m_lead->setProperty("tone", QStringLiteral("text2"));
    m_lead->hide();
    m_reset->setAutoDefault(false);
    m_layout->setSpacing(space::kGroup);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, space::kGroup, space::kGroup);
    layout->setSpacing(space::kGroup);
    layout->addWidget(m_lead);
    layout->addLayout(m_layout);
    layout->addWidget(m_reset, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_reset, &QPushButton::clicked, this, &SettingsSection::resetAll);
    retranslate();
}

void SettingsSection::add(SettingEditor *editor)
{
    m_editors.append(editor);
    m_layout->addWidget(editor);
}

void SettingsSection::addWidget(QWidget *widget)
{
    m_layout->addWidget(widget);
}

void SettingsSection::setLead(const QString &text)
{
    m_lead->setText(text);
    m_lead->setVisible(!text.isEmpty());
}

void SettingsSection::setTitle(const QString &title)
{
    m_title = title;
    retranslate();
}

void SettingsSection::resetAll()
{
    for (SettingEditor *editor : std::as_const(m_editors))
        editor->resetValue();
}

void SettingsSection::retranslate()
{
    m_reset->setText(tr("Reset this section"));
    m_reset->setAccessibleName(tr("Reset section %1").arg(m_title));
    for (SettingEditor *editor : std::as_const(m_editors))
        editor->retranslate();
}

} // namespace novita
