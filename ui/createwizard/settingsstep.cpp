// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/settingsstep.h"

#include "ui/createwizard/accesssection.h"
#include "ui/createwizard/basicssection.h"
#include "ui/createwizard/resourcesection.h"
#include "ui/theme.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace novita {

SettingsStep::SettingsStep(WizardState &state, const UiContext &context, QWidget *parent)
    : WizardStep(state, parent), m_scroll(new QScrollArea(this))
{
    m_sections = {new BasicsSection(state, context), new AccessSection(state, context), new ResourceSection(state, context)};
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, space::kGroup, 0);
    column->setSpacing(space::kPage);
    for (WizardStep *section : std::as_const(m_sections))
        column->addWidget(section);
    column->addStretch();
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(content);
    // Else the area would be a white slab on the window's colour.
    content->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    begin();
}

QString SettingsStep::title() const
{
    return tr("Configuration");
}

QSet<DraftField> SettingsStep::fields() const
{
    QSet<DraftField> out;
    for (const WizardStep *section : m_sections)
        out |= section->fields();
    return out;
}

bool SettingsStep::focusField(DraftField field)
{
    for (WizardStep *section : std::as_const(m_sections)) {
        if (!section->focusField(field))
            continue;
        if (QWidget *focused = window()->focusWidget(); focused && m_scroll->widget()->isAncestorOf(focused))
            m_scroll->ensureWidgetVisible(focused);
        return true;
    }
    return false;
}

void SettingsStep::enter()
{
    focusField(DraftField::Name);
}

} // namespace novita
