// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/wildcardsource.h"

#include "core/base/clock.h"
#include "core/workflows/background.h"

#include <QFileInfo>

#include <memory>

namespace novita {

namespace {

constexpr Milliseconds kRest{300};
constexpr qsizetype kMostWatched = 200;

} // namespace

WildcardSource::WildcardSource(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, &WildcardSource::reload);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] { m_rest.start(); });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] { m_rest.start(); });
}

void WildcardSource::reload()
{
    using Found = std::shared_ptr<const WildcardFolder>;
    const auto work = [folder = m_folder] {
        // Nobody has made one yet: that is no problem, there are just no lists.
        const Result<WildcardFolder> found =
            QFileInfo::exists(folder) ? wildcardfolder::read(folder) : Result<WildcardFolder>(WildcardFolder());
        return std::make_shared<const WildcardFolder>(found ? *found : WildcardFolder{{}, {found.error().message}});
    };
    m_reading.reset(inBackground<Found>(work, this))->onFinished(this, [this](const Result<Found> &found) {
        if (found)
            take(**found);
    });
}

void WildcardSource::take(const WildcardFolder &found)
{
    const bool isSame = found.lists == m_found.lists && found.problems == m_found.problems;
    m_found = found;
    watch();
    if (!isSame)
        emit changed();
}

/// The folders of the lists, and their files: a change within a file is none of its folder.
void WildcardSource::watch()
{
    QStringList wanted{m_folder};
    for (const QString &name : m_found.lists.names()) {
        const QString file = m_folder + u'/' + name + QStringLiteral(".txt");
        wanted.append(file);
        if (const QString folder = QFileInfo(file).path(); !wanted.contains(folder))
            wanted.append(folder);
        if (wanted.size() > kMostWatched)
            break;
    }
    QStringList gone = m_watcher.files() + m_watcher.directories();
    for (const QString &path : std::as_const(wanted))
        gone.removeAll(path);
    if (!gone.isEmpty())
        m_watcher.removePaths(gone);
    const QStringList now = m_watcher.files() + m_watcher.directories();
    wanted.removeIf([&now](const QString &path) { return now.contains(path) || !QFileInfo::exists(path); });
    if (!wanted.isEmpty())
        m_watcher.addPaths(wanted);
}

} // namespace novita
