// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>

class QWidget;

namespace novita {

class Settings;

/// What the window remembers over a restart, as JSON in the machine's settings: place and size, page, what each page tells.
struct SessionState
{
    QJsonObject window;            ///< {"version":1,"x":…,"y":…,"width":…,"height":…,"maximized":…,"railCollapsed":…}
    QString page;
    QHash<QString, QJsonObject> pages;

    static SessionState load(const Settings &settings);
    void store(Settings &settings) const;

    /// Position (when it is still on a screen) and size, bounded by the screen; nothing of it when `window` is of another version.
    void applyGeometry(QWidget &widget) const;
    void takeGeometry(const QWidget &widget);
};

} // namespace novita
