// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>

namespace novita {

/// Notices that the computer has slept (the wall clock went on while the steady one stood still) and that it got other addresses.
/// Looks every kEvery; QNetworkInformation is not asked, since its backend waits for D-Bus in the caller's thread.
class WakeWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WakeWatch)

public:
    static constexpr Milliseconds kEvery{10000};
    static constexpr Milliseconds kJump{5000}; ///< smaller differences are corrections of the clock

    /// The addresses of this computer; sorted texts.
    using Addresses = std::function<QStringList()>;
    static QStringList systemAddresses(); ///< of interfaces that are up, without loopback

    explicit WakeWatch(const Clock &clock, Addresses addresses = &systemAddresses, QObject *parent = nullptr);

    void start();
    void stop() { m_timer.stop(); }
    /// Looks now; the timer does it by itself.
    void look();

signals:
    void woke();
    void networkChanged();

private:
    const Clock &m_clock;
    Addresses m_addresses;
    QTimer m_timer;
    TimePoint m_wall{};
    SteadyPoint m_steady{};
    QStringList m_known;
};

} // namespace novita
