// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

#include <optional>

namespace novita {

/// What the desktop prefers, from the portal (org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key
/// color-scheme: 0 no preference, 1 dark, 2 light). Asked asynchronously; without a session bus or a portal it just never knows.
class SystemScheme final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SystemScheme)

public:
    explicit SystemScheme(QObject *parent = nullptr);

    /// nullopt: the desktop did not say, or has no preference.
    std::optional<bool> prefersDark() const { return m_prefersDark; }

signals:
    void changed();

private slots:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QVariant &value);

    std::optional<bool> m_prefersDark;
};

} // namespace novita
