// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/workflows/fakenotifications.h"

namespace novita {

FakeNotifications::FakeNotifications(const QString &connection)
    : m_name(connection), m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, connection))
{
    const bool ready = m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                                            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals)
        && m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    if (!ready)
        qFatal("No bus to play the notification service on");
}

FakeNotifications::~FakeNotifications()
{
    QDBusConnection::disconnectFromBus(m_name);
}

uint FakeNotifications::Notify(const QString &, uint replaces, const QString &, const QString &summary, const QString &body,
                               const QStringList &actions, const QVariantMap &hints, int timeout)
{
    const uint id = replaces != 0 ? replaces : m_next++;
    shown.append({id, replaces, summary, body, actions, hints, timeout});
    return id;
}

} // namespace novita
