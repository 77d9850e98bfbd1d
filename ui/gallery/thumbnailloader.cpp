// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/thumbnailloader.h"

#include "core/imagefile/imagedecoder.h"
#include "ui/gallery/pictureload.h"

#include <QFileInfo>
#include <QMutex>
#include <QThread>

#include <algorithm>
#include <vector>

namespace novita {

namespace {

constexpr int kMostThreads = 4;
constexpr qsizetype kLeastCost = 256; ///< bytes: what an entry without a picture counts

QString cacheName(const ThumbnailKey &key)
{
    return key.blurred ? key.file + QLatin1Char('*') : key.file;
}

/// From the original, once: it is kept for the next time.
QImage make(const PictureFiles &files, const QString &name)
{
    const Result<QByteArray> bytes = files.read(name, DecodeLimits().maxBytes);
    if (!bytes)
        return {};
    const Result<QImage> small =
        decodeThumbnail(*bytes, QSize(PictureFiles::kThumbnailSide, PictureFiles::kThumbnailSide));
    if (!small)
        return {};
    (void)files.saveThumbnail(name, *small); // without it the next start makes it again
    return *small;
}

Thumbnail load(const PictureFiles &files, const ThumbnailKey &key)
{
    Thumbnail out;
    out.side = key.side;
    out.isFileMissing = !QFileInfo::exists(files.path(key.file));
    const bool isFilm = key.file.endsWith(QLatin1String(".mp4")) || key.file.endsWith(QLatin1String(".webm"));
    QImage image = files.thumbnail(key.file);
    out.length = FilmPosters::lengthIn(image);
    if (image.isNull() && !isFilm && !out.isFileMissing)
        image = make(files, key.file);
    if (image.isNull()) {
        out.state = isFilm ? Thumbnail::State::NoPreview : Thumbnail::State::Broken;
        return out;
    }
    if (key.blurred)
        image = pictureload::blurredImage(image);
    if (image.width() > key.side || image.height() > key.side)
        image = image.scaled(key.side, key.side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    // In the form in which it is painted: converted here, not there.
    out.image =
        image.convertToFormat(image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    return out;
}

} // namespace

struct ThumbnailLoader::Shared
{
    struct Task
    {
        ThumbnailKey key;
        int generation = 0; ///< it was begun in
        bool operator==(const Task &) const = default;
    };

    QMutex mutex;
    std::vector<ThumbnailKey> waiting; ///< the last one is next
    std::vector<Task> underWay;
    int threads = 0; ///< that look for work
    int generation = 0;
};

ThumbnailLoader::ThumbnailLoader(const PictureFiles &files, QObject *parent)
    : QObject(parent)
    , m_files(files)
    , m_shared(std::make_shared<Shared>())
    , m_cache(kMostBytes)
    , m_posters(files)
{
    connect(&m_posters, &FilmPosters::made, this, &ThumbnailLoader::takePoster);
    m_pool.setMaxThreadCount(std::clamp(QThread::idealThreadCount(), 1, kMostThreads));
}

ThumbnailLoader::~ThumbnailLoader()
{
    {
        const QMutexLocker lock(&m_shared->mutex);
        m_shared->waiting.clear();
    }
    m_pool.waitForDone();
}

void ThumbnailLoader::setMostBytes(qint64 bytes)
{
    m_cache.setMaxCost(bytes);
}

qint64 ThumbnailLoader::bytes() const
{
    return m_cache.totalCost();
}

int ThumbnailLoader::waiting() const
{
    const QMutexLocker lock(&m_shared->mutex);
    return static_cast<int>(m_shared->waiting.size());
}

const Thumbnail *ThumbnailLoader::find(const ThumbnailKey &key) const
{
    return m_cache.object(cacheName(key));
}

void ThumbnailLoader::want(const QList<ThumbnailKey> &keys)
{
    m_wanted = keys;
    std::vector<ThumbnailKey> missing;
    for (auto key = keys.crbegin(); key != keys.crend(); ++key) {
        const Thumbnail *there = find(*key);
        if (!there || there->side != key->side)
            missing.push_back(*key);
    }
    {
        const QMutexLocker lock(&m_shared->mutex);
        const std::vector<Shared::Task> &busy = m_shared->underWay;
        std::erase_if(missing, [&busy, generation = m_generation](const ThumbnailKey &key) {
            return std::find(busy.begin(), busy.end(), Shared::Task{key, generation}) != busy.end();
        });
        m_shared->waiting = std::move(missing);
    }
    startThreads();
    askForPosters();
}

/// For the films in sight that have none.
void ThumbnailLoader::askForPosters()
{
    QStringList films;
    for (const ThumbnailKey &key : std::as_const(m_wanted)) {
        const Thumbnail *there = find(key);
        if (there && there->state == Thumbnail::State::NoPreview && !there->isFileMissing)
            films.append(key.file);
    }
    m_posters.want(films);
}

/// What stood in for it is read anew, and stays until then.
void ThumbnailLoader::takePoster(const QString &file)
{
    for (const bool blurred : {false, true}) {
        if (Thumbnail *there = m_cache.object(cacheName({file, 0, blurred})))
            there->side = 0;
    }
    want(QList<ThumbnailKey>(m_wanted));
}

void ThumbnailLoader::startThreads()
{
    const QMutexLocker lock(&m_shared->mutex);
    const int wanted = std::min(static_cast<int>(m_shared->waiting.size()), m_pool.maxThreadCount());
    for (; m_shared->threads < wanted; ++m_shared->threads) {
        m_pool.start([this, shared = m_shared, files = m_files] {
            for (;;) {
                Shared::Task task;
                {
                    const QMutexLocker guard(&shared->mutex);
                    if (shared->waiting.empty()) {
                        --shared->threads;
                        return;
                    }
                    task = {shared->waiting.back(), shared->generation};
                    shared->waiting.pop_back();
                    shared->underWay.push_back(task);
                }
                const Thumbnail made = load(files, task.key);
                // The loader outlives its pool: posting to it is safe here.
                QMetaObject::invokeMethod(
                    this, [this, task, made] { take(task.key, made, task.generation); }, Qt::QueuedConnection);
            }
        });
    }
}

void ThumbnailLoader::take(const ThumbnailKey &key, const Thumbnail &made, int generation)
{
    {
        const QMutexLocker lock(&m_shared->mutex);
        std::vector<Shared::Task> &busy = m_shared->underWay;
        busy.erase(std::find(busy.begin(), busy.end(), Shared::Task{key, generation}));
    }
    if (generation != m_generation)
        return;
    // Two threads may bring the same picture for two sides: the last one wanted is put right by the next want().
    m_cache.insert(cacheName(key), new Thumbnail(made), std::max<qsizetype>(kLeastCost, made.image.sizeInBytes()));
    emit loaded(key.file);
    if (made.state == Thumbnail::State::NoPreview)
        askForPosters();
}

void ThumbnailLoader::clear()
{
    {
        const QMutexLocker lock(&m_shared->mutex);
        m_shared->waiting.clear();
        m_shared->generation = ++m_generation;
    }
    m_cache.clear();
    m_posters.clear();
}

} // namespace novita
