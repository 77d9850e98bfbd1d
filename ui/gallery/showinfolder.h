// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace novita {

/// Shows the folder of `path` in the file manager, with the file marked where that can do so and the file is there; the
/// next folder up that is there where its own is gone. `refused` gets the folder when no program takes it, and is called
/// as long as `context` lives. Returns at once.
void showInFolder(const QString &path, QObject *context, const std::function<void(const QString &folder)> &refused = {});

} // namespace novita
