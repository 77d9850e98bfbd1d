// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings/settingkey.h"
#include "ui/settings/settingeditor.h"

namespace novita {

/// The part of a setting's editor that needs to know the key's type only.
template<typename T>
class KeyedSetting : public SettingEditor
{
protected:
    KeyedSetting(Settings &settings, const Theme &theme, const SettingKey<T> &key, QWidget *parent)
        : SettingEditor(settings, theme, key.name, parent), m_key(key)
    {}

    const SettingKey<T> &key() const { return m_key; }
    T value() const { return settings().value(m_key); }
    /// Stores `value`, or says why not.
    void take(const T &value) { show(settings().setValue(m_key, value)); }

private:
    void dropStored() final { settings().reset(m_key); }
    SettingOrigin origin() const final { return settings().origin(m_key); }
    QString environmentName() const final { return m_key.environment; }

    const SettingKey<T> &m_key;
};

} // namespace novita
