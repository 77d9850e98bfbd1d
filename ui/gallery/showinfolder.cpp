// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/showinfolder.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

namespace novita {

namespace {

using Refused = std::function<void(const QString &)>;

void openFolder(const QString &path, const Refused &refused)
{
    QDir folder = QFileInfo(path).absoluteDir();
    while (!folder.exists() && !folder.isRoot())
        folder.setPath(QFileInfo(folder.absolutePath()).absolutePath());
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder.absolutePath())) && refused)
        refused(folder.absolutePath());
}

} // namespace

void showInFolder(const QString &path, QObject *context, const Refused &refused)
{
    if (path.isEmpty())
        return;
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected() || !QFileInfo::exists(path))
        return openFolder(path, refused);
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("/org/freedesktop/FileManager1"),
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    message << QStringList{QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath()).toString(QUrl::FullyEncoded)}
            << QString();
    constexpr int kTimeout = 3000; // ms; a file manager has to start first
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, kTimeout), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, path, refused] {
        watcher->deleteLater();
        if (watcher->isError())
            openFolder(path, refused);
    });
}

} // namespace novita
