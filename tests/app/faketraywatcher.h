// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QString>

namespace novita {

/// org.kde.StatusNotifierWatcher, as a panel plays it, on a bus connection of its own.
class FakeTrayWatcher final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)

public:
    explicit FakeTrayWatcher(const QString &connection)
        : m_name(connection), m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, connection))
    {
        const bool ready = m_bus.registerObject(QStringLiteral("/StatusNotifierWatcher"), this,
                                                QDBusConnection::ExportAllProperties | QDBusConnection::ExportAllSignals)
            && m_bus.registerService(QStringLiteral("org.kde.StatusNotifierWatcher"));
        if (!ready)
            qFatal("No bus to play the panel on");
    }
    ~FakeTrayWatcher() override { QDBusConnection::disconnectFromBus(m_name); }

    bool hasHost() const { return m_host; }
    void setHost(bool on)
    {
        m_host = on;
        if (on)
            emit StatusNotifierHostRegistered();
        else
            emit StatusNotifierHostUnregistered();
    }

signals:
    void StatusNotifierHostRegistered();
    void StatusNotifierHostUnregistered();

private:
    QString m_name;
    QDBusConnection m_bus;
    bool m_host = false;
};

} // namespace novita
