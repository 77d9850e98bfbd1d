// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/gallery/filmplayer.h"

#include <QMediaPlayer>
#include <QVideoSink>

#include <memory>

class QAudioOutput;

namespace novita {

/// Plays a video file by Qt Multimedia; built where that was found.
class VideoPlayer final : public FilmPlayer
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VideoPlayer)

public:
    VideoPlayer(const QString &path, QObject *parent);
    ~VideoPlayer() override;

    Milliseconds position() const override;
    Milliseconds duration() const override;
    bool hasSound() const override;
    bool canSeek() const override;
    void play() override;
    void pause() override;
    void seek(Milliseconds position) override;
    void step(int frames) override;
    void setMuted(bool muted) override;

private:
    /// What of the frames that come is shown while the film stands still.
    enum class Still {
        Any,   ///< none was shown yet
        None,  ///< what comes late
        Wanted ///< the first from m_wanted on
    };

    void takeFrame(const QVideoFrame &frame);
    void lookFor(Milliseconds from);
    void stopLooking();
    void silence();
    void goRound();
    void follow(QMediaPlayer::MediaStatus status);
    void makeSound();
    Milliseconds frameTime() const;

    Still m_still = Still::Any;
    qint64 m_wanted = 0; ///< microseconds, as the two below: where the frame that is shown begins and ends
    qint64 m_begins = 0;
    qint64 m_ends = 0;
    bool m_isRoundSeen = false; ///< a frame has come since it began to play, or began anew
    std::unique_ptr<QAudioOutput> m_sound;
    QVideoSink m_sink;
    QMediaPlayer m_player;
};

} // namespace novita
