// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/secrets/sessionbus.h"
#include "core/workflows/notification.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>

class QDBusMessage;

namespace novita {

class NotificationCenter;
class Settings;

/// The notifications of the desktop: org.freedesktop.Notifications on the session bus. Every call is asynchronous; without a bus or a
/// service nothing is shown here, and a later notification tries again. Signals count only from the program that answered.
///
/// A presenter of `center`, which it gives the answers to. Thread: UI.
class DesktopNotifier final : public QObject, public NotificationPresenter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DesktopNotifier)

public:
    /// After an attempt that found no service, the next one is made this much later.
    static constexpr Milliseconds kBetweenAttempts{60000};
    /// On their way to a service that does not answer; more are not shown on the desktop.
    static constexpr int kMostPending = 16;

    DesktopNotifier(NotificationCenter &center, const Settings &settings, const Clock &clock, QObject *parent = nullptr);
    ~DesktopNotifier() override;

    void present(const ShownNotification &notification) override;
    void withdraw(NotificationId id, NotificationEnd why) override;

    /// A service has answered.
    bool isReady() const { return m_state == State::Ready; }

signals:
    void readyChanged();

private slots:
    void onActionInvoked(uint serverId, const QString &action);
    void onClosed(uint serverId, uint reason);

private:
    enum class State { Idle, Connecting, Ready };
    struct Entry
    {
        uint serverId = 0;                        ///< 0: the service has not taken it yet
        bool sending = false;
        bool withdrawn = false;                   ///< to be closed as soon as it has an id
        std::optional<ShownNotification> next;    ///< newer than what is on its way
    };

    void connectToService();
    void onCapabilities(const QDBusMessage &reply);
    void adoptOwner(const QString &owner);
    void giveUp();
    void sendWaiting();
    void send(NotificationId id);
    void onNotifyReply(NotificationId id, const QDBusMessage &reply);
    void close(uint serverId);
    void call(const QDBusMessage &message, std::function<void(const QDBusMessage &)> onReply);
    NotificationId idOf(uint serverId) const;

    NotificationCenter &m_center;
    const Settings &m_settings;
    const Clock &m_clock;
    SessionBus m_bus;
    CallGuard m_opening;
    std::optional<QDBusConnection> m_connection;
    State m_state = State::Idle;
    std::optional<SteadyPoint> m_failedAt;
    QString m_owner;              ///< unique name of the service
    QStringList m_capabilities;
    QHash<NotificationId, Entry> m_entries;
    int m_pending = 0;
};

} // namespace novita
