// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/secrets/sessionbus.h"

#include <QDBusServiceWatcher>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace novita {

/// Whether the desktop has a place for icons now: a StatusNotifierHost on the session bus, or on X11 a tray window. Every question to the
/// bus is asynchronous.
///
/// Qt 6.4 asks the bus once in the life of the program, at its first question, and keeps the answer: asked before the panel is
/// up, it never finds it; and it does not notice when the host goes. So Qt must not be asked before this says yes, and what Qt
/// then chose, bus or X11, is the one that counts from then on.
class TrayWatch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrayWatch)

public:
    /// X11 tells of a tray that comes or goes only those who listen below Qt; it is asked this often.
    static constexpr Milliseconds kBetweenLooks{5000};

    /// `x11Tray` is asked for a tray window; empty where there is no X11.
    explicit TrayWatch(std::function<bool()> x11Tray, QObject *parent = nullptr);

    bool isThere() const { return m_there; }

signals:
    void changed();

private slots:
    void askHost();

private:
    enum class Kind { None, Notifier, X11 };

    void watchBus();
    void adoptWatcher(const QString &owner);
    void setHost(bool registered);
    void look();

    std::function<bool()> m_x11Tray;
    SessionBus m_bus;
    CallGuard m_opening;
    std::optional<QDBusConnection> m_connection;
    QDBusServiceWatcher m_names;
    QString m_watcher; ///< unique name of the program that keeps the list of icons
    QTimer m_timer;
    Kind m_kind = Kind::None;
    bool m_busAnswered = false;
    bool m_host = false;
    bool m_there = false;
};

} // namespace novita
