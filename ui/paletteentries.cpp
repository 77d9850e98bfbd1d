// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paletteentries.h"

#include "core/workflows/stores.h"
#include "ui/actionregistry.h"
#include "ui/page.h"
#include "ui/settings/settingssections.h"
#include "ui/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>

namespace novita {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("CommandPalette", source);
}

void addActions(QList<PaletteEntry> &out, const QList<QAction *> &actions, const QString &kind)
{
    for (QAction *action : actions) {
        if (action->isSeparator() || action->menu() || !action->isEnabled() || !action->isVisible() || action->text().isEmpty())
            continue;
        out.append({action->iconText(), kind, action->shortcut().toString(QKeySequence::NativeText), action->icon(),
                    [action] { action->trigger(); }});
    }
}

} // namespace

QList<PaletteEntry> paletteEntries(const UiContext &context, const ActionRegistry &actions, const Page *current, const PaletteTargets &targets)
{
    QList<PaletteEntry> out;
    if (current)
        addActions(out, current->pageActions(), text(QT_TRANSLATE_NOOP("CommandPalette", "Action")));
    addActions(out, actions.all(), text(QT_TRANSLATE_NOOP("CommandPalette", "Action")));
    addActions(out, actions.pageActions(), text(QT_TRANSLATE_NOOP("CommandPalette", "Page")));
    out.append({text(QT_TRANSLATE_NOOP("CommandPalette", "Language models: chat with one")), text(QT_TRANSLATE_NOOP("CommandPalette", "Page")), {},
                context.theme.icon(QStringLiteral("dialog-messages")), [targets] { targets.openPage(QStringLiteral("images/models")); }});
    const QIcon settingsIcon = context.theme.icon(QStringLiteral("configure"));
    for (const SettingsSectionInfo &section : settingsSections()) {
        const QString target = QStringLiteral("settings/") + section.id;
        out.append({section.title, text(QT_TRANSLATE_NOOP("CommandPalette", "Settings")), {}, settingsIcon, [targets, target] { targets.openPage(target); }});
    }
    const QIcon instanceIcon = context.theme.icon(QStringLiteral("network-server"));
    const QList<InstanceId> &ids = context.stores.instances.ids();
    for (const InstanceId &id : ids) {
        const Instance *instance = context.stores.instances.find(id);
        const QString name = instance->displayName();
        out.append({name, text(QT_TRANSLATE_NOOP("CommandPalette", "Instance")), {}, instanceIcon, [targets, id = id.toString()] { targets.openInstance(id); }});
    }
    const QIcon templateIcon = context.theme.icon(QStringLiteral("document-new-from-template"));
    for (const TemplateId &id : context.stores.templates.ids()) {
        const InstanceTemplate *found = context.stores.templates.find(id);
        out.append({text(QT_TRANSLATE_NOOP("CommandPalette", "New instance from %1")).arg(found->name),
                    text(QT_TRANSLATE_NOOP("CommandPalette", "Template")), {}, templateIcon,
                    [targets, id = id.toString()] { targets.openCreateWizard(QString(), id); }});
    }
    return out;
}

} // namespace novita
