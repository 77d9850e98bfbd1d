// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filmbackend.h"

#include <QDir>
#include <QLibraryInfo>
#include <QMediaPlayer>

#include <mutex>

namespace novita {

namespace {

constexpr char kBackend[] = "QT_MEDIA_BACKEND";

/// Qt 6.4 takes GStreamer by default, whose decoders are packages of their own; the library of the other one comes with
/// Qt Multimedia.
bool isFfmpegWanted()
{
    const QDir plugins(QLibraryInfo::path(QLibraryInfo::PluginsPath) + QStringLiteral("/multimedia"));
    return !qEnvironmentVariableIsSet(kBackend) &&
           !plugins.entryList({QStringLiteral("*ffmpegmediaplugin*")}, QDir::Files).isEmpty();
}

} // namespace

void loadFilmBackend()
{
    static std::once_flag once;
    std::call_once(once, [] {
        const bool isWanted = isFfmpegWanted();
        if (isWanted)
            qputenv(kBackend, "ffmpeg");
        const QMediaPlayer first;
        // Read once, by the first player; programs that are started from here are to find their own way.
        if (isWanted)
            qunsetenv(kBackend);
    });
}

} // namespace novita
