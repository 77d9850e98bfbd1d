// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace novita {

/// org.freedesktop.Notifications on a bus connection of its own, in this process: remembers what it was asked to show, and presses
/// buttons at the test's word.
class FakeNotifications final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    struct Shown
    {
        uint id = 0;
        uint replaces = 0;
        QString summary;
        QString body;
        QStringList actions;
        QVariantMap hints;
        int timeout = 0;
    };

    explicit FakeNotifications(const QString &connection = QStringLiteral("fake-notifications"));
    ~FakeNotifications() override;

    QStringList capabilities{QStringLiteral("actions"), QStringLiteral("body"), QStringLiteral("body-markup")};
    QList<Shown> shown;   ///< every Notify, oldest first
    QList<uint> closed;   ///< every CloseNotification

    void press(uint id, const QString &action) { emit ActionInvoked(id, action); }
    void close(uint id, uint reason) { emit NotificationClosed(id, reason); }

public slots:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString &app, uint replaces, const QString &icon, const QString &summary, const QString &body, const QStringList &actions,
                const QVariantMap &hints, int timeout);
    void CloseNotification(uint id) { closed.append(id); }

signals:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    QString m_name;
    QDBusConnection m_bus;
    uint m_next = 1;
};

} // namespace novita
