// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QImage>
#include <QObject>

namespace novita {

/// Looks for the first picture of one film, and how long it is. Thread: the one that made it, which must have an event
/// loop, and which start() may hold up for as long as opening the file takes.
class FilmPoster : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FilmPoster)

public:
    static constexpr Milliseconds kPatience{4000}; ///< after which there is none
    static constexpr int kMostSide = 4096;         ///< pixels

    virtual void start() = 0;

signals:
    /// Once, perhaps from within start(). Null: there is none. `length`: 0 = unknown.
    void ended(const QImage &picture, novita::Milliseconds length);

protected:
    explicit FilmPoster(QObject *parent)
        : QObject(parent)
    {
    }
};

/// For the video file at `path`, owned by `parent`; nullptr when this program was built without a player for films.
FilmPoster *makeFilmPoster(const QString &path, QObject *parent);

} // namespace novita
