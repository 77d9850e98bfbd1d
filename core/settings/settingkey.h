// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QString>
#include <QStringList>

#include <optional>
#include <type_traits>

namespace novita {

/// Where a value is kept. Machine: this computer (window geometry, data kept apart from roaming); User: every profile;
/// Profile: the active profile only.
enum class SettingScope { Machine, User, Profile };

/// How the text of an environment variable becomes the value.
enum class EnvironmentForm {
    Plain,                 ///< in the key's own unit
    SecondsOrMilliseconds, ///< for keys in ms: up to 300 means seconds, from 1000 on milliseconds, between is a bad value
};

/// Which texts a text setting takes.
enum class TextRule {
    Any,    ///< anything within the size limit
    NoPassword, ///< a URL that carries no password: settings are a plain file
    Region, ///< empty, or up to 64 characters of [A-Za-z0-9-]
};

/// One setting: name, type, default, range and where it lives. All instances stand in settingskeys.h; nothing else knows
/// key names. T is bool, int, QString or QStringList.
template<typename T>
struct SettingKey
{
    static_assert(std::is_same_v<T, bool> || std::is_same_v<T, int> || std::is_same_v<T, QString> || std::is_same_v<T, QStringList>);
    using Value = T;

    QLatin1String name;          ///< "monitoring/pollSeconds"
    T fallback;                  ///< used when unset or out of range
    SettingScope scope = SettingScope::User;
    std::optional<T> least{};    ///< int only
    std::optional<T> most{};     ///< int only
    QStringList choices{};       ///< QString only: the allowed values; empty = any text
    QLatin1String environment{}; ///< variable that overrides it for this run, or empty
    QLatin1String unit{};        ///< "ms", "s", "requests": for the Settings page
    EnvironmentForm environmentForm = EnvironmentForm::Plain;
    TextRule textRule = TextRule::Any; ///< QString only
};

} // namespace novita
