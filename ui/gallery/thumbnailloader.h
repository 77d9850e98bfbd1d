// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/gallery/picturefiles.h"
#include "ui/gallery/filmposters.h"

#include <QCache>
#include <QImage>
#include <QList>
#include <QObject>
#include <QThreadPool>

#include <memory>

namespace novita {

/// Which thumbnail.
struct ThumbnailKey
{
    QString file;         ///< as PictureFiles names it
    int side = 0;         ///< device pixels of the square it fits into
    bool blurred = false; ///< in a few soft patches, so that nothing can be made out

    bool operator==(const ThumbnailKey &) const = default;
};

struct Thumbnail
{
    enum class State {
        Ready,
        NoPreview, ///< a film: there is no picture of it, or not yet
        Broken,    ///< the file is no picture
    };
    State state = State::Ready;
    bool isFileMissing = false; ///< the original is not there; its thumbnail may be
    QImage image; ///< device-pixel-ratio 1
    int side = 0; ///< it was made for
    Milliseconds length{0}; ///< of a film, once it is known
};

/// Thumbnails of the gallery: read, or made from the original within DecodeLimits and kept when one is missed, in
/// threads of its own; films get theirs by FilmPosters. Those that have been read stay in memory, up to a cap, the ones that were looked at last.
///
/// Thread: the one that made it. The destructor waits for the pictures that are being decoded, one in each thread.
class ThumbnailLoader final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ThumbnailLoader)

public:
    static constexpr qint64 kMostBytes = 64 * 1024 * 1024;

    explicit ThumbnailLoader(const PictureFiles &files, QObject *parent = nullptr);
    ~ThumbnailLoader() override;

    void setMostBytes(qint64 bytes);
    qint64 bytes() const; ///< of what is in memory
    int waiting() const;  ///< that no thread has begun with

    /// What is there of it, be it of another side; nullptr when nothing is. Valid until the next event.
    const Thumbnail *find(const ThumbnailKey &key) const;
    /// These are wanted now, the most urgent ones first. What was wanted before, and has not been begun, is so no more.
    void want(const QList<ThumbnailKey> &keys);
    /// Everything is read anew when it is wanted.
    void clear();

signals:
    /// find() has it, or has it of its right side.
    void loaded(const QString &file);

private:
    struct Shared;

    void startThreads();
    void take(const ThumbnailKey &key, const Thumbnail &made, int generation);
    void askForPosters();
    void takePoster(const QString &file);

    const PictureFiles m_files;
    const std::shared_ptr<Shared> m_shared;
    QCache<QString, Thumbnail> m_cache;
    QThreadPool m_pool;
    FilmPosters m_posters;
    QList<ThumbnailKey> m_wanted; ///< by the last want()
    int m_generation = 0; ///< what was asked for before the last clear() is not kept
};

} // namespace novita
