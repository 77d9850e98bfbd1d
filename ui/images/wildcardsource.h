// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/prompts/wildcardfolder.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace novita {

/// The wildcard lists of the folder, read off the UI thread: when asked to, and from then on when something in the
/// folder changes.
class WildcardSource final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WildcardSource)

public:
    /// The folder need not be there.
    explicit WildcardSource(const QString &folder, QObject *parent = nullptr);

    const QString &folder() const { return m_folder; }
    const WildcardLists &lists() const { return m_found.lists; }
    const QStringList &problems() const { return m_found.problems; }
    void reload();

signals:
    void changed();

private:
    void take(const WildcardFolder &found);
    void watch();

    const QString m_folder;
    WildcardFolder m_found;
    QFileSystemWatcher m_watcher;
    QTimer m_rest; ///< an editor writes in several steps
    CallGuard m_reading;
};

} // namespace novita
