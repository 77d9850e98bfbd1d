// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/desktopnotifier.h"

#include "core/base/logging.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/notificationcenter.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
/// What the specification calls a click on the notification itself.
const QString kDefaultAction = QStringLiteral("default");
/// Whose answers are still waited for.
constexpr qsizetype kMostKept = 200;
/// "The notification was dismissed by the user."
constexpr uint kDismissed = 2;

QDBusMessage method(const QString &name)
{
    return QDBusMessage::createMethodCall(kService, kPath, kService, name);
}

uchar urgencyByte(NotificationUrgency urgency)
{
    return static_cast<uchar>(urgency); // low 0, normal 1, critical 2: as the specification has them
}

} // namespace

DesktopNotifier::DesktopNotifier(NotificationCenter &center, const Settings &settings, const Clock &clock, QObject *parent)
    : QObject(parent), m_center(center), m_settings(settings), m_clock(clock)
{
    m_center.addPresenter(*this);
}

DesktopNotifier::~DesktopNotifier()
{
    m_center.removePresenter(*this);
}

void DesktopNotifier::present(const ShownNotification &notification)
{
    if (!m_settings.value(keys::kNotifyDesktop))
        return;
    if (m_entries.size() >= kMostKept && !m_entries.contains(notification.id)) {
        const QList<NotificationId> ids = m_entries.keys();
        m_entries.remove(*std::min_element(ids.begin(), ids.end()));
    }
    Entry &entry = m_entries[notification.id];
    entry.next = notification;
    if (m_state == State::Ready)
        send(notification.id);
    else
        connectToService();
}

void DesktopNotifier::withdraw(NotificationId id, NotificationEnd why)
{
    const auto found = m_entries.find(id);
    // What has merely had its time in the window may still be read in the history of the desktop.
    if (found == m_entries.end() || why == NotificationEnd::Faded)
        return;
    if (found->sending) {
        found->withdrawn = true;
        found->next.reset();
        return;
    }
    const uint serverId = found->serverId;
    m_entries.erase(found);
    if (serverId != 0)
        close(serverId);
}

void DesktopNotifier::connectToService()
{
    if (m_state == State::Connecting)
        return;
    if (m_failedAt && m_clock.steadyNow() - *m_failedAt < kBetweenAttempts) {
        m_entries.clear();
        return;
    }
    m_state = State::Connecting;
    m_opening.reset(m_bus.open())->onFinished(this, [this](const Result<QDBusConnection> &bus) {
        if (!bus) {
            giveUp();
            return;
        }
        m_connection = *bus;
        call(method(QStringLiteral("GetCapabilities")), [this](const QDBusMessage &reply) { onCapabilities(reply); });
    });
}

void DesktopNotifier::onCapabilities(const QDBusMessage &reply)
{
    if (reply.type() != QDBusMessage::ReplyMessage) {
        giveUp();
        return;
    }
    m_capabilities = reply.arguments().value(0).toStringList();
    m_state = State::Ready;
    m_failedAt.reset();
    adoptOwner(reply.service());
    emit readyChanged();
    sendWaiting();
}

void DesktopNotifier::adoptOwner(const QString &owner)
{
    if (owner == m_owner)
        return;
    // By the unique name: connecting to a well-known one asks the bus who that is, and waits for the answer.
    const auto wire = [this](const QString &who, bool on) {
        if (who.isEmpty())
            return;
        const QString action = QStringLiteral("ActionInvoked");
        const QString closed = QStringLiteral("NotificationClosed");
        if (on) {
            m_connection->connect(who, kPath, kService, action, this, SLOT(onActionInvoked(uint,QString)));
            m_connection->connect(who, kPath, kService, closed, this, SLOT(onClosed(uint,uint)));
        } else {
            m_connection->disconnect(who, kPath, kService, action, this, SLOT(onActionInvoked(uint,QString)));
            m_connection->disconnect(who, kPath, kService, closed, this, SLOT(onClosed(uint,uint)));
        }
    };
    wire(m_owner, false);
    wire(owner, true);
    m_owner = owner;
    // Another program counts anew: the ids of the one before mean something else to it.
    for (Entry &entry : m_entries)
        entry.serverId = 0;
}

void DesktopNotifier::giveUp()
{
    if (!m_failedAt)
        qCInfo(lcWorkflow) << "The desktop shows no notifications; they are seen in the window only";
    const bool wasReady = m_state == State::Ready;
    m_state = State::Idle;
    m_failedAt = m_clock.steadyNow();
    m_entries.clear();
    if (wasReady)
        emit readyChanged();
}

void DesktopNotifier::sendWaiting()
{
    const QList<NotificationId> ids = m_entries.keys();
    for (const NotificationId id : ids)
        send(id);
}

void DesktopNotifier::send(NotificationId id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->sending || !found->next || m_pending >= kMostPending)
        return;
    const ShownNotification shown = *std::exchange(found->next, std::nullopt);
    QStringList actions;
    if (m_capabilities.contains(QLatin1String("actions"))) {
        for (const NotificationAction &action : shown.actions) {
            if (action.id == QLatin1String("show"))
                actions << kDefaultAction << action.label;
            actions << action.id << action.label;
        }
    }
    const bool markup = m_capabilities.contains(QLatin1String("body-markup"));
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(urgencyByte(shown.urgency))},
                            {QStringLiteral("desktop-entry"), QStringLiteral("novita-console")}};
    constexpr int kAsTheServerThinks = -1;
    constexpr int kNever = 0;
    QDBusMessage message = method(QStringLiteral("Notify"));
    message << QStringLiteral("Novita Console") << found->serverId << QStringLiteral("novita-console") << shown.title
            << (markup ? shown.text.toHtmlEscaped() : shown.text) << actions << hints
            << (shown.urgency == NotificationUrgency::Critical ? kNever : kAsTheServerThinks);
    found->sending = true;
    ++m_pending;
    call(message, [this, id](const QDBusMessage &reply) {
        --m_pending;
        onNotifyReply(id, reply);
    });
}

void DesktopNotifier::onNotifyReply(NotificationId id, const QDBusMessage &reply)
{
    if (reply.type() != QDBusMessage::ReplyMessage) {
        giveUp();
        return;
    }
    adoptOwner(reply.service());
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return;
    found->serverId = reply.arguments().value(0).toUInt();
    found->sending = false;
    if (found->withdrawn) {
        const uint serverId = found->serverId;
        m_entries.erase(found);
        close(serverId);
    }
    sendWaiting();
}

void DesktopNotifier::close(uint serverId)
{
    if (m_state != State::Ready)
        return;
    QDBusMessage message = method(QStringLiteral("CloseNotification"));
    message << serverId;
    // One that the desktop has closed by itself is an error to some services and none to us.
    call(message, [](const QDBusMessage &) {});
}

void DesktopNotifier::call(const QDBusMessage &message, std::function<void(const QDBusMessage &)> onReply)
{
    auto *watcher = new QDBusPendingCallWatcher(m_connection->asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, onReply = std::move(onReply)] {
        watcher->deleteLater();
        onReply(watcher->reply());
    });
}

NotificationId DesktopNotifier::idOf(uint serverId) const
{
    for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
        if (serverId != 0 && it->serverId == serverId)
            return it.key();
    }
    return 0;
}

void DesktopNotifier::onActionInvoked(uint serverId, const QString &action)
{
    if (const NotificationId id = idOf(serverId); id != 0)
        m_center.trigger(id, action == kDefaultAction ? QStringLiteral("show") : action);
}

void DesktopNotifier::onClosed(uint serverId, uint reason)
{
    const NotificationId id = idOf(serverId);
    if (id == 0)
        return;
    m_entries.remove(id);
    if (reason == kDismissed)
        m_center.dismiss(id);
}

} // namespace novita
