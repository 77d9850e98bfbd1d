// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/traywatch.h"
#include "ui/tray/trayarea.h"

#include <QIcon>
#include <QPointer>
#include <QString>

#include <memory>

class QMenu;
class QSystemTrayIcon;

namespace novita {

/// The tray of the desktop by QSystemTrayIcon. Owner: composition root. Thread: UI.
class DesktopTray final : public TrayArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DesktopTray)

public:
    explicit DesktopTray(QObject *parent = nullptr);
    ~DesktopTray() override;

    bool isAvailable() const override { return m_available; }
    void setWanted(bool wanted) override;
    void setIcon(const QIcon &icon) override;
    void setToolTip(const QString &text) override;
    void setMenu(QMenu *menu) override;
    void showMessage(const QString &title, const QString &text) override;

private:
    void follow();
    void applyIcon();

    TrayWatch m_watch;
    std::unique_ptr<QSystemTrayIcon> m_shown; ///< only while it is wanted and there is a place
    QIcon m_icon;
    QString m_toolTip;
    QPointer<QMenu> m_menu;
    bool m_wanted = false;
    bool m_available = false;
};

} // namespace novita
