// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace novita {

/// What a setting is called and what it does, in the person's language.
struct SettingText
{
    QString label;
    QString help; ///< one sentence; may be empty
};

/// By key name ("network/maxRetries"); an unknown key is called by its name.
SettingText settingText(const QString &keyName);
/// The word for a choice of a key: "system" of appearance/colorScheme is "As the desktop".
QString choiceText(const QString &keyName, const QString &choice);
/// The word for a key's unit as the page shows it: milliseconds are shown in seconds. Empty for no unit.
QString unitText(const QString &unit);

} // namespace novita
