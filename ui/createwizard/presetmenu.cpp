// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/createwizard/presetmenu.h"

#include "core/base/displaytext.h"
#include "ui/createwizard/wizardstate.h"
#include "ui/prompts.h"

#include <QPointer>

namespace novita {

namespace {

/// A name as a menu shows it: an ampersand is one, not a mnemonic.
QString entry(const QString &name)
{
    return displayLine(name, 60).replace(QLatin1Char('&'), QLatin1String("&&"));
}

} // namespace

PresetMenu::PresetMenu(const UiContext &context, WizardState &state, QWidget *dialog)
    : QMenu(dialog), m_context(context), m_state(state), m_dialog(dialog), m_presets(context.settings)
{
    connect(this, &QMenu::aboutToShow, this, &PresetMenu::fill);
}

void PresetMenu::fill()
{
    clear();
    const QStringList names = m_presets.names();
    for (const QString &name : names)
        connect(addAction(entry(name)), &QAction::triggered, this, [this, name] { emit chosen(m_presets.load(name)); });
    if (names.isEmpty())
        addAction(tr("No presets yet"))->setEnabled(false);
    addSeparator();
    const QString current = m_state.draft().name;
    QAction *save = addAction(names.contains(current) ? tr("Replace preset “%1”").arg(entry(current)) : tr("Save as preset “%1”").arg(entry(current)));
    save->setEnabled(!current.isEmpty());
    connect(save, &QAction::triggered, this, &PresetMenu::save);
    QMenu *remove = addMenu(tr("Delete preset"));
    remove->setEnabled(!names.isEmpty());
    for (const QString &name : names)
        connect(remove->addAction(entry(name)), &QAction::triggered, this, [this, name] { askToDelete(name); });
}

void PresetMenu::save()
{
    const QString name = m_state.draft().name;
    const Result<QStringList> saved = m_presets.save(name, m_state.draft());
    if (!saved)
        emit reported(StateTone::Bad, tr("The preset was not saved. %1").arg(saved.error().message));
    else if (saved->isEmpty())
        emit reported(StateTone::Good, tr("The preset “%1” was saved.").arg(name));
    else
        emit reported(StateTone::Wait, tr("The preset “%1” was saved without what may be secret: %2.").arg(name, displayLine(saved->join(QStringLiteral(", ")))));
}

void PresetMenu::askToDelete(const QString &name)
{
    ConfirmRequest request;
    request.title = tr("Delete the preset “%1”?").arg(name);
    request.confirmLabel = tr("Delete preset");
    m_context.prompts.confirm(m_dialog, request, [self = QPointer(this), name](bool yes) {
        if (!yes || !self)
            return;
        if (const Result<Done> removed = self->m_presets.remove(name); !removed)
            emit self->reported(StateTone::Bad, removed.error().message);
    });
}

} // namespace novita
