// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QMutex>
#include <QString>

namespace novita {

/// Small pictures in one folder, each under a key, that may go at any time: beyond `mostBytes` the ones not looked at for the longest time do.
/// Only what this class has painted itself is written, never bytes from outside. Blocks on the disk; any thread.
class PreviewFiles final
{
    Q_DISABLE_COPY_MOVE(PreviewFiles)

public:
    PreviewFiles(const QString &folder, qint64 mostBytes) : m_folder(folder), m_mostBytes(mostBytes) {}

    /// Null when there is none, or it cannot be read. `key`: 64 hex digits; null for anything else.
    QImage load(const QString &key);
    /// A disk that takes nothing is no error: it is fetched again.
    void save(const QString &key, const QImage &image);

private:
    QString path(const QString &key) const;
    void makeRoom(qint64 bytes);

    const QString m_folder;
    const qint64 m_mostBytes;
    QMutex m_writing;
    qint64 m_total = -1; ///< bytes in the folder; -1: not counted yet
};

} // namespace novita
