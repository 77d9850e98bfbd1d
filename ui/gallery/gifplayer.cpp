// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gifplayer.h"

#include "core/imagefile/imageheader.h"
#include "core/workflows/background.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>

namespace novita {

namespace {

constexpr int kUsualDelay = 100; ///< ms; what browsers take for a delay that is none
constexpr int kLeastDelay = 20;

Milliseconds delayOf(int told)
{
    return Milliseconds(told < kLeastDelay ? kUsualDelay : told);
}

/// Empty when there are no more.
QImage nextFrame(QImageReader *reader)
{
    QImage frame = reader->read();
    if (!frame.isNull())
        frame.convertTo(frame.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    return frame;
}

} // namespace

std::shared_ptr<const GifFrames> gifframes::decode(const QByteArray &bytes, const WorkFlag &unwanted, qint64 mostBytes)
{
    auto out = std::make_shared<GifFrames>();
    // The first frame goes through the limits of all pictures.
    if (const Result<QImage> first = decodeImage(bytes); !first) {
        out->problem = first.error();
        return out;
    }
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, QByteArrayLiteral("gif"));
    reader.setAutoDetectImageFormat(false);
    qint64 held = 0;
    while (reader.canRead() && !(unwanted && unwanted->load())) {
        const QImage frame = nextFrame(&reader);
        if (frame.isNull())
            break;
        held += frame.sizeInBytes();
        if (!out->frames.isEmpty() && (out->frames.size() >= kMostFrames || held > mostBytes)) {
            out->isCut = true;
            break;
        }
        out->frames.append(frame);
        out->starts.append(out->duration);
        out->duration += delayOf(reader.nextImageDelay());
    }
    if (out->frames.isEmpty())
        out->problem = Error::protocol(ProtocolFault::Unreadable,
                                       GifPlayer::tr("The animation is damaged and cannot be decoded."));
    return out;
}

GifPlayer::GifPlayer(const PictureFiles &files, const QString &file, QObject *parent)
    : FilmPlayer(parent)
    , m_unwanted(std::make_shared<std::atomic<bool>>(false))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &GifPlayer::advance);
    using Frames = std::shared_ptr<const GifFrames>;
    const auto work = [files, file, unwanted = m_unwanted]() -> Frames {
        const Result<QByteArray> bytes = files.read(file, pictureload::kMostFileBytes);
        if (bytes)
            return gifframes::decode(*bytes, unwanted);
        auto out = std::make_shared<GifFrames>();
        out->problem = bytes.error();
        return out;
    };
    m_call.reset(inBackground<Frames>(work, this))->onFinished(this, [this](const Result<Frames> &done) {
        if (done)
            take(*done);
    });
}

GifPlayer::~GifPlayer()
{
    m_unwanted->store(true);
}

void GifPlayer::take(const std::shared_ptr<const GifFrames> &frames)
{
    if (frames->problem)
        return fail(frames->problem->message);
    m_frames = frames;
    if (frames->isCut)
        setNote(tr("Only the first %n frames are played: more would take too much memory.", nullptr,
                   static_cast<int>(frames->frames.size())));
    setLooping(true);
    setState(State::Paused);
    go(0);
}

Milliseconds GifPlayer::position() const
{
    return m_frames ? m_frames->starts.at(m_at) : Milliseconds(0);
}

Milliseconds GifPlayer::duration() const
{
    return m_frames ? m_frames->duration : Milliseconds(0);
}

void GifPlayer::go(qsizetype frame)
{
    m_at = frame;
    showFrame(m_frames->frames.at(frame));
    emit positionChanged();
    if (state() == State::Playing)
        wait();
}

void GifPlayer::wait()
{
    const Milliseconds end = m_at + 1 < m_frames->starts.size() ? m_frames->starts.at(m_at + 1) : m_frames->duration;
    m_timer.start(end - m_frames->starts.at(m_at));
}

void GifPlayer::advance()
{
    if (m_at + 1 < m_frames->frames.size())
        go(m_at + 1);
    else if (isLooping())
        go(0);
    else
        pause();
}

void GifPlayer::play()
{
    if (state() != State::Paused)
        return;
    const bool hasEnded = m_at + 1 == m_frames->frames.size();
    setState(State::Playing);
    go(hasEnded ? 0 : m_at);
}

void GifPlayer::pause()
{
    m_timer.stop();
    if (state() == State::Playing)
        setState(State::Paused);
}

void GifPlayer::seek(Milliseconds position)
{
    if (!m_frames)
        return;
    const auto after = std::upper_bound(m_frames->starts.begin(), m_frames->starts.end(), position);
    go(std::max<qsizetype>(0, after - m_frames->starts.begin() - 1));
}

void GifPlayer::step(int frames)
{
    pause();
    if (m_frames)
        go(std::clamp<qsizetype>(m_at + frames, 0, m_frames->frames.size() - 1));
}

} // namespace novita
