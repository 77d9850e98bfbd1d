// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/traywatch.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

#include <array>
#include <utility>

namespace novita {

namespace {

const QString kService = QStringLiteral("org.kde.StatusNotifierWatcher");
const QString kPath = QStringLiteral("/StatusNotifierWatcher");
const std::array kHostSignals{"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"};

} // namespace

TrayWatch::TrayWatch(std::function<bool()> x11Tray, QObject *parent)
    : QObject(parent)
    , m_x11Tray(std::move(x11Tray))
{
    m_timer.setInterval(kBetweenLooks);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &TrayWatch::look);
    m_opening.reset(m_bus.open())->onFinished(this, [this](const Result<QDBusConnection> &bus) {
        if (bus) {
            m_connection = *bus;
            watchBus();
        } else {
            setHost(false);
        }
    });
}

void TrayWatch::watchBus()
{
    m_names.setConnection(*m_connection);
    m_names.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
    m_names.addWatchedService(kService);
    connect(&m_names, &QDBusServiceWatcher::serviceOwnerChanged, this, [this](const QString &, const QString &, const QString &owner) {
        if (owner.isEmpty())
            setHost(false);
        else
            askHost();
    });
    askHost();
}

void TrayWatch::askHost()
{
    QDBusMessage message = QDBusMessage::createMethodCall(kService, kPath, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    message << kService << QStringLiteral("IsStatusNotifierHostRegistered");
    message.setAutoStartService(false); // a panel that nobody started is not wanted now
    auto *call = new QDBusPendingCallWatcher(m_connection->asyncCall(message), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call] {
        call->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *call;
        if (!reply.isError())
            adoptWatcher(reply.reply().service());
        setHost(!reply.isError() && reply.value().variant().toBool());
    });
}

void TrayWatch::adoptWatcher(const QString &owner)
{
    if (owner == m_watcher)
        return;
    // By the unique name: connecting to a well-known one asks the bus who that is, and waits for the answer.
    for (const char *name : kHostSignals) {
        if (!m_watcher.isEmpty())
            m_connection->disconnect(m_watcher, kPath, kService, QLatin1String(name), this, SLOT(askHost()));
        if (!owner.isEmpty())
            m_connection->connect(owner, kPath, kService, QLatin1String(name), this, SLOT(askHost()));
    }
    m_watcher = owner;
}

void TrayWatch::setHost(bool registered)
{
    m_busAnswered = true;
    m_host = registered;
    look();
}

void TrayWatch::look()
{
    if (m_kind == Kind::None && m_busAnswered)
        m_kind = m_host ? Kind::Notifier : m_x11Tray && m_x11Tray() ? Kind::X11 : Kind::None;
    const bool there = m_kind == Kind::Notifier ? m_host : m_kind == Kind::X11 && m_x11Tray();
    const bool needsLooking = m_x11Tray && m_kind != Kind::Notifier;
    if (needsLooking && !m_timer.isActive())
        m_timer.start();
    else if (!needsLooking)
        m_timer.stop();
    if (std::exchange(m_there, there) != there)
        emit changed();
}

} // namespace novita
