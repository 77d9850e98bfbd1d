// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/videoplayer.h"

#include "core/base/logging.h"
#include "ui/gallery/filmbackend.h"
#include "ui/gallery/videoframe.h"

#include <QAudioDevice>
#include <QAudioOutput>
#include <QMediaDevices>
#include <QMediaMetaData>
#include <QUrl>
#include <QVideoFrame>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

constexpr int kMostSide = 4096; ///< pixels of a frame that is shown here
constexpr double kUsualRate = 25;

} // namespace

FilmPlayer *makeVideoPlayer(const QString &path, QObject *parent)
{
    loadFilmBackend();
    return new VideoPlayer(path, parent);
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
        if (playback != QMediaPlayer::PlayingState && m_still == Still::Wanted)
            stopLooking(); // there is none: the end
        else if (playback == QMediaPlayer::StoppedState && state() == State::Playing && isLooping())
            QMetaObject::invokeMethod(this, &VideoPlayer::goRound, Qt::QueuedConnection); // what it stopped for is said after this
        else if (state() != State::Loading && m_still != Still::Wanted)
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
    const bool isStill = state() != State::Playing;
    if (isStill && (m_still == Still::None || (m_still == Still::Wanted && frame.startTime() >= 0 && frame.startTime() < m_wanted)))
        return;
    if (isMisread(frame)) {
        m_player.stop();
        return fail(tr("This film is damaged, or of a kind that is not played here."));
    }
    const QImage image = frame.toImage();
    if (image.isNull())
        return;
    m_isRoundSeen = m_isRoundSeen || !isStill;
    m_begins = std::max<qint64>(0, frame.startTime());
    m_ends = frame.endTime();
    if (isStill)
        stopLooking();
    showFrame(image.hasAlphaChannel() ? image.convertToFormat(QImage::Format_RGB32) : image);
    if (isStill)
        emit positionChanged();
}

/// A film that stands still shows nothing new when its position is set, unless each of its frames stands for itself (Qt
/// 6.4): it is let run, without a sound, until the frame is there.
void VideoPlayer::lookFor(Milliseconds from)
{
    m_wanted = std::chrono::duration_cast<std::chrono::microseconds>(from).count();
    m_still = Still::Wanted;
    silence();
    m_player.setPosition(from.count());
    m_player.play();
}

void VideoPlayer::stopLooking()
{
    const bool wasLooking = m_still == Still::Wanted;
    m_still = Still::None;
    if (wasLooking && m_player.playbackState() == QMediaPlayer::PlayingState)
        m_player.pause();
    silence();
}

void VideoPlayer::silence()
{
    if (m_sound)
        m_sound->setMuted(isMuted() || m_still == Still::Wanted);
}

Milliseconds VideoPlayer::position() const
{
    // Of a still film, the frame's: the player's own is where it stopped.
    const bool isStill = state() == State::Paused && m_player.playbackState() != QMediaPlayer::StoppedState;
    return isStill ? std::chrono::duration_cast<Milliseconds>(std::chrono::microseconds(m_begins)) : Milliseconds(m_player.position());
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
    if (state() != State::Paused)
        return;
    m_still = Still::None;
    silence();
    if (m_player.playbackState() == QMediaPlayer::PlayingState)
        setState(State::Playing);
    else
        m_player.play();
}

/// QMediaPlayer::setLoops() does nothing in FFmpeg's part of Qt 6.4; elsewhere it keeps those busy that look for a frame
/// behind the last one.
void VideoPlayer::goRound()
{
    if (state() != State::Playing || m_player.playbackState() != QMediaPlayer::StoppedState)
        return;
    if (isLooping() && m_player.mediaStatus() == QMediaPlayer::EndOfMedia && std::exchange(m_isRoundSeen, false))
        m_player.play();
    else
        setState(State::Paused);
}

void VideoPlayer::pause()
{
    if (state() == State::Playing) {
        m_still = Still::None;
        m_player.pause();
    }
}

void VideoPlayer::seek(Milliseconds position)
{
    const Milliseconds last = std::max(Milliseconds(0), duration() - frameTime());
    const Milliseconds wanted = std::clamp(position, Milliseconds(0), last);
    if (state() == State::Playing)
        m_player.setPosition(wanted.count());
    else if (state() == State::Paused && canSeek())
        lookFor(wanted);
}

/// Qt 6.4 does not know how long a WebM is, and then takes it to its beginning alone.
bool VideoPlayer::canSeek() const
{
    return m_player.isSeekable() && m_player.duration() > 0;
}

Milliseconds VideoPlayer::frameTime() const
{
    const double rate = m_player.metaData().value(QMediaMetaData::VideoFrameRate).toDouble();
    return Milliseconds(qRound(1000 / (rate > 0.1 && rate < 1000 ? rate : kUsualRate)));
}

void VideoPlayer::step(int frames)
{
    pause();
    if (state() != State::Paused)
        return;
    const qint64 length = m_ends > m_begins ? m_ends - m_begins : std::chrono::duration_cast<std::chrono::microseconds>(frameTime()).count();
    const qint64 wanted = m_begins + frames * length;
    if (canSeek()) { // rounded down: a frame that begins within the millisecond is still to come
        seek(std::chrono::floor<Milliseconds>(std::chrono::microseconds(std::max<qint64>(0, wanted))));
    } else if (frames > 0) {
        m_wanted = wanted;
        m_still = Still::Wanted;
        silence();
        m_player.play();
    }
}

void VideoPlayer::setMuted(bool muted)
{
    FilmPlayer::setMuted(muted);
    silence();
    emit stateChanged();
}

} // namespace novita
