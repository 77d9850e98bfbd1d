// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/commandpalette.h"
#include "ui/uicontext.h"

#include <functional>

namespace novita {

class ActionRegistry;
class Page;

/// Where an entry of the palette leads.
struct PaletteTargets
{
    std::function<void(QString)> openPage;                    ///< "settings/network"
    std::function<void(QString)> openInstance;                ///< instance id
    std::function<void(QString, QString)> openCreateWizard;   ///< product id, template id
};

/// Everything Ctrl+K finds: enabled actions of window and page, pages, sections of the settings, instances, templates.
QList<PaletteEntry> paletteEntries(const UiContext &context, const ActionRegistry &actions, const Page *current, const PaletteTargets &targets);

} // namespace novita
