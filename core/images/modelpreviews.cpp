// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/modelpreviews.h"

#include "core/imagefile/imagedecoder.h"
#include "core/images/previewfiles.h"

#include <QCryptographicHash>

#include <algorithm>

namespace novita {

namespace {

constexpr int kThreads = 2;
constexpr qsizetype kMostWaiting = 200;
constexpr qsizetype kMostFailures = 5000;
constexpr Milliseconds kPatience{20'000};

/// Without what is signed anew for each answer: the same cover is fetched once.
QString keyOf(const QUrl &cover)
{
    return QString::fromLatin1(QCryptographicHash::hash(cover.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::RemoveUserInfo), QCryptographicHash::Sha256).toHex());
}

DecodeLimits coverLimits()
{
    DecodeLimits limits;
    limits.maxBytes = ModelPreviews::kMostBytes;
    limits.maxSide = 8192;
    limits.maxPixels = 16'000'000;
    limits.maxAllocation = 64ll * 1024 * 1024;
    return limits;
}

} // namespace

ModelPreviews::ModelPreviews(QNetworkAccessManager &links, const QString &folder, qint64 diskBytes, QObject *parent)
    : QObject(parent), m_downloader(links), m_files(std::make_unique<PreviewFiles>(folder, diskBytes)), m_images(kMemoryBytes)
{
    m_pool.setMaxThreadCount(kThreads);
}

ModelPreviews::~ModelPreviews()
{
    m_pool.waitForDone();
}

void ModelPreviews::setReach(Reach reach)
{
    m_downloader.setReach(reach);
    m_failed.clear();
}

QImage ModelPreviews::image(const QUrl &cover) const
{
    const QImage *image = cover.isEmpty() ? nullptr : m_images.object(keyOf(cover));
    return image ? *image : QImage();
}

bool ModelPreviews::hasFailed(const QUrl &cover) const
{
    return cover.isEmpty() || m_failed.value(keyOf(cover)) == cover;
}

void ModelPreviews::want(const QList<QUrl> &covers)
{
    m_wanted.clear();
    m_waiting.clear();
    for (const QUrl &cover : covers) {
        if (cover.isEmpty() || m_waiting.size() == kMostWaiting)
            continue;
        const QString key = keyOf(cover);
        if (m_wanted.contains(key))
            continue;
        m_wanted.insert(key);
        if (!m_loads.contains(key) && m_failed.value(key) != cover && !m_images.contains(key))
            m_waiting.append(cover);
    }
    // What is being decoded is nearly there; what is still being fetched is given up.
    m_loads.removeIf([this](const auto &load) { return !m_wanted.contains(load.key()) && load.value()->download.isBusy(); });
    next();
}

void ModelPreviews::next()
{
    while (m_loads.size() < kAtOnce && !m_waiting.isEmpty())
        begin(m_waiting.takeFirst());
}

void ModelPreviews::begin(const QUrl &cover)
{
    const QString key = keyOf(cover);
    const auto load = std::make_shared<Load>();
    load->cover = cover;
    m_loads.insert(key, load);
    work(key, [files = m_files.get(), key] { return files->load(key); }, [this, key](const QImage &image) {
        if (!image.isNull()) {
            end(key, image);
        } else if (m_wanted.contains(key)) {
            fetch(key);
        } else { // nobody looks any more
            m_loads.remove(key);
            next();
        }
    });
}

void ModelPreviews::fetch(const QString &key)
{
    const std::shared_ptr<Load> load = m_loads.value(key);
    Downloader::Limits limits;
    limits.bytes = kMostBytes;
    limits.time = kPatience;
    load->download.reset(m_downloader.fetch(load->cover, limits))->onFinished(this, [this, key](const Result<Download> &got) {
        if (!got)
            return end(key, {});
        const auto paint = [files = m_files.get(), key, bytes = got->bytes] {
            const Result<QImage> image = decodeThumbnail(bytes, QSize(kSide, kSide), coverLimits());
            if (image)
                files->save(key, *image);
            return image ? *image : QImage();
        };
        work(key, paint, [this, key](const QImage &image) { end(key, image); });
    });
}

/// Carries out `task` in a thread of the pool, then `then` here, unless the load was given up.
void ModelPreviews::work(const QString &key, std::function<QImage()> task, std::function<void(const QImage &)> then)
{
    m_pool.start([this, load = std::weak_ptr<Load>(m_loads.value(key)), task = std::move(task), then = std::move(then)] {
        // The pool does not outlive this object: posting to it is safe here.
        QMetaObject::invokeMethod(this, [load, image = task(), then] {
            if (!load.expired())
                then(image);
        }, Qt::QueuedConnection);
    });
}

void ModelPreviews::end(const QString &key, const QImage &image)
{
    const QUrl cover = m_loads.value(key)->cover;
    m_loads.remove(key);
    m_failed.remove(key);
    if (!image.isNull())
        m_images.insert(key, new QImage(image), static_cast<int>(std::min<qint64>(image.sizeInBytes(), kMemoryBytes)));
    else if (m_failed.size() < kMostFailures)
        m_failed.insert(key, cover);
    next();
    emit arrived(cover);
}

} // namespace novita
