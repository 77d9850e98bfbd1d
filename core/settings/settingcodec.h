// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settingkey.h"

#include <QJsonValue>

#include <optional>

/// Between a setting's value and its forms in the file and the environment. Pure functions.
namespace novita::settingcodec {

/// Inside the key's range, choices and rule, and within the size limits (256 KiB of text, 1000 list entries)?
template<typename T>
bool accepts(const SettingKey<T> &key, const T &value);

/// nullopt: wrong type or not accepted.
template<typename T>
std::optional<T> fromJson(const SettingKey<T> &key, const QJsonValue &json);
template<typename T>
QJsonValue toJson(const T &value);

/// From the text of an environment variable: booleans as 1/0/true/false/yes/no/on/off, lists separated by commas, choices
/// without regard to case. nullopt: not accepted.
template<typename T>
std::optional<T> fromEnvironment(const SettingKey<T> &key, const QString &text);

/// The allowed values as the end of "… is not …": "a number from 5000 to 120000 (ms)".
template<typename T>
QString allowed(const SettingKey<T> &key);

/// The value in a sentence, at most 40 characters, no control characters, no secrets.
template<typename T>
QString shown(const T &value);

} // namespace novita::settingcodec
