// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/types/instancestate.h"
#include "core/workflows/draftpresets.h"
#include "ui/uicontext.h"

#include <QMenu>

namespace novita {

class WizardState;

/// The drafts that were saved: one to begin from, the present one to be saved under its name, one to be deleted. Filled anew
/// whenever it opens.
class PresetMenu final : public QMenu
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PresetMenu)

public:
    PresetMenu(const UiContext &context, WizardState &state, QWidget *dialog);

signals:
    void chosen(const novita::InstanceDraft &draft);
    void reported(novita::StateTone tone, const QString &sentence);

private:
    void fill();
    void save();
    void askToDelete(const QString &name);

    UiContext m_context;
    WizardState &m_state;
    QWidget *m_dialog;
    DraftPresets m_presets;
};

} // namespace novita
