// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/picturefiles.h"
#include "ui/gallery/filmplayer.h"
#include "ui/gallery/pictureload.h"

#include <QTimer>

#include <memory>

namespace novita {

/// The frames of an animated picture, decoded once.
struct GifFrames
{
    QList<QImage> frames;
    QList<Milliseconds> starts; ///< of each frame
    Milliseconds duration{};
    bool isCut = false; ///< there are more than were decoded
    std::optional<Error> problem;
};

namespace gifframes {

inline constexpr qsizetype kMostFrames = 600;
inline constexpr qint64 kMostFrameBytes = 192ll * 1024 * 1024; ///< of all frames, decoded

/// Decodes an animated GIF within both limits and DecodeLimits. Blocks: for worker threads.
std::shared_ptr<const GifFrames> decode(const QByteArray &bytes, const WorkFlag &unwanted = {},
                                        qint64 mostBytes = kMostFrameBytes);

} // namespace gifframes

/// Plays an animated GIF of the gallery. All frames are decoded in a worker thread before the first is shown, as far as
/// the limits go.
class GifPlayer final : public FilmPlayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GifPlayer)

public:
    GifPlayer(const PictureFiles &files, const QString &file, QObject *parent = nullptr);
    ~GifPlayer() override;

    Milliseconds position() const override;
    Milliseconds duration() const override;
    void play() override;
    void pause() override;
    void seek(Milliseconds position) override;
    void step(int frames) override;

    qsizetype frameNumber() const { return m_at; } ///< from 0

private:
    void take(const std::shared_ptr<const GifFrames> &frames);
    void go(qsizetype frame);
    void advance();
    void wait();

    WorkFlag m_unwanted;
    CallGuard m_call;
    std::shared_ptr<const GifFrames> m_frames;
    qsizetype m_at = 0;
    QTimer m_timer;
};

} // namespace novita
