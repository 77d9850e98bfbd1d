// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/videoposter.h"

#include "ui/gallery/filmbackend.h"
#include "ui/gallery/videoframe.h"

#include <QMediaMetaData>
#include <QUrl>
#include <QVideoFrame>

#include <algorithm>
#include <utility>

namespace novita {

FilmPoster *makeFilmPoster(const QString &path, QObject *parent)
{
    loadFilmBackend();
    return new VideoPoster(path, parent);
}

VideoPoster::VideoPoster(const QString &path, QObject *parent)
    : FilmPoster(parent)
    , m_path(path)
{
    m_player.setVideoSink(&m_sink);
    m_patience.setSingleShot(true);
    connect(&m_sink, &QVideoSink::videoFrameChanged, this, &VideoPoster::take);
    connect(&m_player, &QMediaPlayer::mediaStatusChanged, this, &VideoPoster::follow);
    connect(&m_player, &QMediaPlayer::errorOccurred, this, [this] { end({}); });
    connect(&m_patience, &QTimer::timeout, this, [this] { end({}); });
}

VideoPoster::~VideoPoster()
{
    m_sink.disconnect(this);
    m_player.disconnect(this);
}

void VideoPoster::start()
{
    m_patience.start(kPatience);
    m_player.setSource(QUrl::fromLocalFile(m_path));
}

void VideoPoster::follow(QMediaPlayer::MediaStatus status)
{
    if (m_isOver || status == QMediaPlayer::LoadingMedia || status == QMediaPlayer::NoMedia)
        return;
    const QSize size = m_player.metaData().value(QMediaMetaData::Resolution).toSize();
    if (status == QMediaPlayer::InvalidMedia || !m_player.hasVideo() ||
        std::max(size.width(), size.height()) > kMostSide)
        end({});
    else if (m_player.playbackState() == QMediaPlayer::StoppedState)
        m_player.pause(); // brings the first frame
}

void VideoPoster::take(const QVideoFrame &frame)
{
    if (frame.isValid() && frame.width() <= kMostSide && frame.height() <= kMostSide)
        end(pictureOf(frame));
}

void VideoPoster::end(const QImage &picture)
{
    if (std::exchange(m_isOver, true))
        return;
    m_patience.stop();
    emit ended(picture, Milliseconds(std::max<qint64>(0, m_player.duration())));
}

} // namespace novita
