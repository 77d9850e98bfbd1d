// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"

#include <QDBusConnection>
#include <QList>

namespace novita {

/// An own connection to the D-Bus session bus, made without blocking the caller: libdbus waits up to 25 s for a bus that
/// accepts but does not answer, so the connecting is done in a thread that nobody waits for. Thread: that of its owner.
class SessionBus final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionBus)

public:
    explicit SessionBus(QObject *parent = nullptr);
    ~SessionBus() override;

    /// The connection, made on first use and again after the bus went away. Keychain error when there is no bus.
    /// No time limit of its own: the caller has one.
    Call<QDBusConnection> *open();

private:
    void startConnecting();
    void finishConnecting();

    QString m_name; ///< of the connection within this process; empty = none
    bool m_connecting = false;
    QList<QPointer<Call<QDBusConnection>>> m_waiting;
};

} // namespace novita
