// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/gallery/picturefiles.h"

#include <QImage>
#include <QObject>
#include <QSet>
#include <QStringList>
#include <QThread>

namespace novita {

/// Makes the thumbnails of films from their first pictures, one after the other, in a thread of its own, and keeps them
/// as those of pictures are kept. The thread is there once one was wanted.
///
/// Thread: the one that made it. The destructor waits for a film that is being opened.
class FilmPosters final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilmPosters)

public:
    explicit FilmPosters(const PictureFiles &files, QObject *parent = nullptr);
    ~FilmPosters() override;

    /// Films as PictureFiles names them, the most urgent ones first. Those of before that were not begun are wanted no
    /// more; each is tried once.
    void want(const QStringList &names);
    /// What was tried before is tried again when it is wanted.
    void clear() { m_tried.clear(); }

    /// Of the film of such a thumbnail, as it was read; 0 = unknown.
    static Milliseconds lengthIn(const QImage &thumbnail);

signals:
    void made(const QString &name); ///< PictureFiles::thumbnail() has it

private:
    void next();
    void end(const QString &name, bool isMade);

    const PictureFiles m_files;
    QThread m_thread;
    QObject *m_maker; ///< stands for the thread, which ends it
    QStringList m_waiting;
    QString m_busy; ///< being made; empty = none
    QSet<QString> m_tried;
};

} // namespace novita
