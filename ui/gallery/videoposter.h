// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/gallery/filmposter.h"

#include <QMediaPlayer>
#include <QTimer>
#include <QVideoSink>

namespace novita {

/// By Qt Multimedia; built where that was found.
class VideoPoster final : public FilmPoster
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(VideoPoster)

public:
    VideoPoster(const QString &path, QObject *parent);
    ~VideoPoster() override;

    void start() override;

private:
    void follow(QMediaPlayer::MediaStatus status);
    void take(const QVideoFrame &frame);
    void end(const QImage &picture);

    const QString m_path;
    QMediaPlayer m_player;
    QVideoSink m_sink;
    QTimer m_patience;
    bool m_isOver = false;
};

} // namespace novita
