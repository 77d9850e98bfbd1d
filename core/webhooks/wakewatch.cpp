// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/wakewatch.h"

#include <QHostAddress>
#include <QNetworkInterface>

#include <utility>

namespace novita {

QStringList WakeWatch::systemAddresses()
{
    QStringList out;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) || !flags.testFlag(QNetworkInterface::IsRunning) || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            // Temporary IPv6 addresses come and go by themselves, and so do the cables of containers, which have link-local ones alone.
            if (!entry.isTemporary() && !entry.ip().isLinkLocal())
                out.append(interface.name() + QLatin1Char(' ') + entry.ip().toString());
        }
    }
    out.sort();
    return out;
}

WakeWatch::WakeWatch(const Clock &clock, Addresses addresses, QObject *parent) : QObject(parent), m_clock(clock), m_addresses(std::move(addresses))
{
    m_timer.setInterval(kEvery);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &WakeWatch::look);
}

void WakeWatch::start()
{
    if (m_timer.isActive())
        return;
    m_wall = m_clock.now();
    m_steady = m_clock.steadyNow();
    m_known = m_addresses();
    m_timer.start();
}

void WakeWatch::look()
{
    const TimePoint wall = m_clock.now();
    const SteadyPoint steady = m_clock.steadyNow();
    const Milliseconds drift = (wall - std::exchange(m_wall, wall)) - (steady - std::exchange(m_steady, steady));
    const QStringList addresses = m_addresses();
    const bool changed = std::exchange(m_known, addresses) != addresses;
    if (std::chrono::abs(drift) >= kJump)
        emit woke();
    else if (changed)
        emit networkChanged();
}

} // namespace novita
