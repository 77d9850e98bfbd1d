// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktoptray.h"

#include "app/x11tray.h"
#include "core/base/logging.h"

#include <QMenu>
#include <QSystemTrayIcon>

#include <utility>

namespace novita {

DesktopTray::DesktopTray(QObject *parent)
    : TrayArea(parent)
    , m_watch(isOnX11() ? std::function<bool()>(&x11TrayExists) : std::function<bool()>())
{
    connect(&m_watch, &TrayWatch::changed, this, &DesktopTray::follow);
}

DesktopTray::~DesktopTray() = default;

void DesktopTray::follow()
{
    const bool available = m_watch.isThere() && QSystemTrayIcon::isSystemTrayAvailable();
    if (std::exchange(m_available, available) == available)
        return;
    qCInfo(lcApp) << (available ? "The desktop has a tray" : "The tray of the desktop is gone");
    applyIcon();
    emit availabilityChanged();
}

void DesktopTray::applyIcon()
{
    if (!m_wanted || !m_available) {
        m_shown.reset();
        return;
    }
    if (!m_shown) {
        m_shown = std::make_unique<QSystemTrayIcon>();
        connect(m_shown.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger)
                emit activated();
        });
    }
    m_shown->setIcon(m_icon);
    m_shown->setToolTip(m_toolTip);
    m_shown->setContextMenu(m_menu);
    // Without a picture Qt refuses to show it; the picture comes next.
    m_shown->setVisible(!m_icon.isNull());
}

void DesktopTray::setWanted(bool wanted)
{
    if (std::exchange(m_wanted, wanted) != wanted)
        applyIcon();
}

void DesktopTray::setIcon(const QIcon &icon)
{
    m_icon = icon;
    if (m_shown) {
        m_shown->setIcon(icon);
        m_shown->setVisible(!icon.isNull());
    }
}

void DesktopTray::setToolTip(const QString &text)
{
    if (std::exchange(m_toolTip, text) != text && m_shown)
        m_shown->setToolTip(text);
}

void DesktopTray::setMenu(QMenu *menu)
{
    m_menu = menu;
    if (m_shown)
        m_shown->setContextMenu(menu);
}

void DesktopTray::showMessage(const QString &title, const QString &text)
{
    if (m_shown)
        m_shown->showMessage(title, text, m_icon);
}

} // namespace novita
