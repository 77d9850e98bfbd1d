// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingssections.h"

#include <QCoreApplication>

namespace novita {

QList<SettingsSectionInfo> settingsSections()
{
    const auto text = [](const char *source) { return QCoreApplication::translate("SettingsPage", source); };
    return {{QStringLiteral("general"), text(QT_TRANSLATE_NOOP("SettingsPage", "General"))},
            {QStringLiteral("profiles"), text(QT_TRANSLATE_NOOP("SettingsPage", "Profiles"))},
            {QStringLiteral("network"), text(QT_TRANSLATE_NOOP("SettingsPage", "Network"))},
            {QStringLiteral("monitoring"), text(QT_TRANSLATE_NOOP("SettingsPage", "Monitoring"))},
            {QStringLiteral("notifications"), text(QT_TRANSLATE_NOOP("SettingsPage", "Notifications"))},
            {QStringLiteral("webhooks"), text(QT_TRANSLATE_NOOP("SettingsPage", "Webhooks"))},
            {QStringLiteral("localapi"), text(QT_TRANSLATE_NOOP("SettingsPage", "Local API"))},
            {QStringLiteral("images"), text(QT_TRANSLATE_NOOP("SettingsPage", "Images"))},
            {QStringLiteral("appearance"), text(QT_TRANSLATE_NOOP("SettingsPage", "Appearance"))}};
}

} // namespace novita
