// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QIcon;
class QMenu;
class QString;

namespace novita {

/// The place in a panel of the desktop where a program may put an icon: the seam between the Tray and the desktop, so that tests play the
/// desktop. Whether there is such a place changes while the program runs: panels start late, crash, and some desktops have none.
class TrayArea : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TrayArea)

public:
    using QObject::QObject;

    /// False until it is known to be there.
    virtual bool isAvailable() const = 0;
    /// Whether an icon is wanted; it stands there as long as there is a place for it.
    virtual void setWanted(bool wanted) = 0;
    virtual void setIcon(const QIcon &icon) = 0;
    virtual void setToolTip(const QString &text) = 0;
    /// What a right click opens. `menu` must outlive the area or be taken away by nullptr.
    virtual void setMenu(QMenu *menu) = 0;
    /// A message that points at the icon. Nothing happens while there is none.
    virtual void showMessage(const QString &title, const QString &text) = 0;

signals:
    void availabilityChanged();
    /// The icon was clicked.
    void activated();
};

} // namespace novita
