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
    void play() override;
    void pause() override;
    void seek(Milliseconds position) override;
    void step(int frames) override;
    void setLooping(bool looping) override;
    void setMuted(bool muted) override;

private:
    void takeFrame(const QVideoFrame &frame);
    void follow(QMediaPlayer::MediaStatus status);
    void makeSound();
    Milliseconds frameTime() const;

    std::unique_ptr<QAudioOutput> m_sound;
    QVideoSink m_sink;
    QMediaPlayer m_player;
};

} // namespace novita
