// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filmposters.h"

#include "ui/gallery/filmfile.h"
#include "ui/gallery/filmposter.h"

#include <algorithm>
#include <functional>

namespace novita {

namespace {

using Ended = std::function<void(bool isMade)>;

QString lengthKey()
{
    return QStringLiteral("Length");
}

/// With the length in it: nobody opens a film twice for that.
bool keep(const PictureFiles &files, const QString &name, const QImage &picture, Milliseconds length)
{
    if (picture.isNull())
        return false;
    constexpr int kSide = PictureFiles::kThumbnailSide;
    QImage small =
        picture.scaled(picture.size().boundedTo({kSide, kSide}), Qt::KeepAspectRatio, Qt::SmoothTransformation);
    if (length.count() > 0)
        small.setText(lengthKey(), QString::number(length.count()));
    return files.saveThumbnail(name, small).ok();
}

/// In the thread of `maker`.
void make(const PictureFiles &files, const QString &name, QObject *maker, const Ended &ended)
{
    const QString path = files.path(name);
    // Nothing else goes to a decoder.
    FilmPoster *poster = filmKindOf(path) == FilmKind::Video ? makeFilmPoster(path, maker) : nullptr;
    if (!poster)
        return ended(false);
    QObject::connect(poster, &FilmPoster::ended, maker, [=](const QImage &picture, Milliseconds length) {
        poster->deleteLater();
        ended(keep(files, name, picture, length));
    });
    poster->start();
}

} // namespace

FilmPosters::FilmPosters(const PictureFiles &files, QObject *parent)
    : QObject(parent)
    , m_files(files)
    , m_maker(new QObject)
{
    m_thread.setObjectName(QStringLiteral("film posters"));
    m_maker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_maker, &QObject::deleteLater);
}

FilmPosters::~FilmPosters()
{
    if (!m_thread.isRunning()) {
        delete m_maker;
        return;
    }
    m_thread.quit();
    m_thread.wait();
}

void FilmPosters::want(const QStringList &names)
{
    m_waiting = names;
    m_waiting.removeIf([this](const QString &name) { return m_tried.contains(name); });
    next();
}

void FilmPosters::next()
{
    if (!m_busy.isEmpty() || m_waiting.isEmpty())
        return;
    m_busy = m_waiting.takeFirst();
    m_tried.insert(m_busy);
    if (!m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    QMetaObject::invokeMethod(m_maker, [this, files = m_files, name = m_busy, maker = m_maker] {
        make(files, name, maker, [this, name](bool isMade) {
            // It outlives its thread: posting to it is safe here.
            QMetaObject::invokeMethod(
                this, [this, name, isMade] { end(name, isMade); }, Qt::QueuedConnection);
        });
    });
}

void FilmPosters::end(const QString &name, bool isMade)
{
    m_busy.clear();
    if (isMade)
        emit made(name);
    next();
}

Milliseconds FilmPosters::lengthIn(const QImage &thumbnail)
{
    return Milliseconds(std::max<qint64>(0, thumbnail.text(lengthKey()).toLongLong()));
}

} // namespace novita
