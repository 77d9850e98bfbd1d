// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/videoplayer.h"

#include "core/base/logging.h"

#include <QAudioDevice>
#include <QAudioOutput>
#include <QDir>
#include <QLibraryInfo>
#include <QMediaDevices>
#include <QMediaMetaData>
#include <QUrl>
#include <QVideoFrame>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMostSide = 4096; ///< pixels of a frame that is shown here
constexpr double kUsualRate = 25;

constexpr char kBackend[] = "QT_MEDIA_BACKEND";

/// Qt 6.4 takes GStreamer by default, whose decoders are packages of their own; the library of the other one comes with
/// Qt Multimedia.
bool isFfmpegWanted()
{
    const QDir plugins(QLibraryInfo::path(QLibraryInfo::PluginsPath) + QStringLiteral("/multimedia"));
    return !qEnvironmentVariableIsSet(kBackend) &&
           !plugins.entryList({QStringLiteral("*ffmpegmediaplugin*")}, QDir::Files).isEmpty();
}

} // namespace

FilmPlayer *makeVideoPlayer(const QString &path, QObject *parent)
{
    const bool wanted = isFfmpegWanted();
    if (wanted)
        qputenv(kBackend, "ffmpeg");
    auto *player = new VideoPlayer(path, parent);
    // Read once, by the first player; programs that are started from here are to find their own way.
    if (wanted)
        qunsetenv(kBackend);
    return player;
}

VideoPlayer::VideoPlayer(const QString &path, QObject *parent)
    : FilmPlayer(parent)
{
    m_player.setVideoSink(&m_sink);
    connect(&m_sink, &QVideoSink::videoFrameChanged, this, &VideoPlayer::takeFrame);
    connect(&m_player, &QMediaPlayer::mediaStatusChanged, this, &VideoPlayer::follow);
    connect(&m_player, &QMediaPlayer::positionChanged, this, &FilmPlayer::positionChanged);
    connect(&m_player, &QMediaPlayer::durationChanged, this, &FilmPlayer::stateChanged);
    connect(&m_player, &QMediaPlayer::playbackStateChanged, this, [this](QMediaPlayer::PlaybackState playback) {
        if (state() != State::Loading)
            setState(playback == QMediaPlayer::PlayingState ? State::Playing : State::Paused);
    });
    connect(&m_player, &QMediaPlayer::errorOccurred, this, [this](QMediaPlayer::Error, const QString &text) {
        qCWarning(lcUi) << "a film cannot be played:" << text;
        fail(tr("This film cannot be played here. The system's player may know its format."));
    });
    m_player.setSource(QUrl::fromLocalFile(path));
}

VideoPlayer::~VideoPlayer()
{
    m_sink.disconnect(this);
    m_player.disconnect(this);
}

void VideoPlayer::follow(QMediaPlayer::MediaStatus status)
{
    switch (status) {
    case QMediaPlayer::LoadedMedia:
    case QMediaPlayer::BufferedMedia:
        if (state() != State::Loading)
            break;
        if (!m_player.hasVideo())
            return fail(tr("There is no picture in this film."));
        makeSound();
        setState(State::Paused);
        m_player.pause(); // brings the first frame
        break;
    case QMediaPlayer::InvalidMedia:
        fail(tr("This film is damaged, or of a kind that is not played here."));
        break;
    default:
        break;
    }
}

void VideoPlayer::makeSound()
{
    if (!m_player.hasAudio() || QMediaDevices::defaultAudioOutput().isNull())
        return;
    m_sound = std::make_unique<QAudioOutput>();
    m_sound->setMuted(isMuted());
    m_player.setAudioOutput(m_sound.get());
}

void VideoPlayer::takeFrame(const QVideoFrame &frame)
{
    if (!frame.isValid() || frame.width() > kMostSide || frame.height() > kMostSide)
        return;
    const QImage image = frame.toImage();
    if (!image.isNull())
        showFrame(image.hasAlphaChannel() ? image.convertToFormat(QImage::Format_RGB32) : image);
}

Milliseconds VideoPlayer::position() const
{
    return Milliseconds(m_player.position());
}

Milliseconds VideoPlayer::duration() const
{
    return Milliseconds(std::max<qint64>(0, m_player.duration()));
}

bool VideoPlayer::hasSound() const
{
    return m_sound != nullptr;
}

void VideoPlayer::play()
{
    if (state() == State::Paused)
        m_player.play();
}

void VideoPlayer::pause()
{
    if (state() == State::Playing)
        m_player.pause();
}

void VideoPlayer::seek(Milliseconds position)
{
    if (state() == State::Paused || state() == State::Playing)
        m_player.setPosition(std::clamp<qint64>(position.count(), 0, duration().count()));
}

Milliseconds VideoPlayer::frameTime() const
{
    const double rate = m_player.metaData().value(QMediaMetaData::VideoFrameRate).toDouble();
    return Milliseconds(qRound(1000 / (rate > 0.1 && rate < 1000 ? rate : kUsualRate)));
}

void VideoPlayer::step(int frames)
{
    pause();
    // Into the middle of the frame: times are rounded to milliseconds.
    seek(position() + frames * frameTime());
}

void VideoPlayer::setLooping(bool looping)
{
    FilmPlayer::setLooping(looping);
    m_player.setLoops(looping ? QMediaPlayer::Infinite : QMediaPlayer::Once);
}

void VideoPlayer::setMuted(bool muted)
{
    FilmPlayer::setMuted(muted);
    if (m_sound)
        m_sound->setMuted(muted);
    emit stateChanged();
}

} // namespace novita
