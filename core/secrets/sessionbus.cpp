// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/sessionbus.h"

#include <QDBusError>
#include <QThread>
#include <QUuid>

namespace novita {

SessionBus::SessionBus(QObject *parent) : QObject(parent) {}

SessionBus::~SessionBus()
{
    // While connecting, the name is the thread's: taking the connection away under it would race.
    if (!m_name.isEmpty() && !m_connecting)
        QDBusConnection::disconnectFromBus(m_name);
}

Call<QDBusConnection> *SessionBus::open()
{
    if (!m_connecting && !m_name.isEmpty()) {
        const QDBusConnection connection(m_name);
        if (connection.isConnected())
            return Call<QDBusConnection>::settledWith(connection, this);
        QDBusConnection::disconnectFromBus(m_name);
        m_name.clear();
    }
    auto *call = Call<QDBusConnection>::create(this);
    m_waiting.append(call);
    if (!m_connecting)
        startConnecting();
    return call;
}

void SessionBus::startConnecting()
{
    m_connecting = true;
    m_name = QStringLiteral("novita-secrets-") + QUuid::createUuid().toString(QUuid::WithoutBraces);
    // No parent and no wait(): against a bus that hangs, the thread may outlive this object.
    QThread *thread = QThread::create([name = m_name] { QDBusConnection::connectToBus(QDBusConnection::SessionBus, name); });
    connect(thread, &QThread::finished, this, &SessionBus::finishConnecting);
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

void SessionBus::finishConnecting()
{
    m_connecting = false;
    const QDBusConnection connection(m_name);
    const bool connected = connection.isConnected();
    const QString detail = connection.lastError().message();
    if (!connected) {
        QDBusConnection::disconnectFromBus(m_name);
        m_name.clear();
    }
    const auto waiting = std::exchange(m_waiting, {});
    for (const QPointer<Call<QDBusConnection>> &call : waiting) {
        if (!call)
            continue;
        if (connected)
            call->resolve(connection);
        else
            call->resolve(Error::make(ErrorKind::Keychain, tr("There is no desktop session bus to reach a keychain by."), detail));
    }
}

} // namespace novita
