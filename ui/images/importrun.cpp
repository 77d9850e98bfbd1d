// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/importrun.h"

#include "core/gallery/picturestore.h"
#include "core/images/imageworkspace.h"
#include "core/workflows/background.h"

#include <QTimer>

namespace novita {

struct ImportRun::Kept
{
    QList<Picture> pictures;
    QStringList problems;
};

ImportRun::ImportRun(ImageWorkspace &images, const Clock &clock, const QList<FoundPicture> &pictures, QObject *parent)
    : QObject(parent)
    , m_images(images)
    , m_clock(clock)
    , m_profile(images.profile())
    , m_pictures(pictures)
{
    connect(&images, &ImageWorkspace::profileChanged, this, &ImportRun::stop);
    QTimer::singleShot(0, this, &ImportRun::next); // whoever made it connects first
}

ImportRun::~ImportRun() = default;

void ImportRun::next()
{
    if (m_at >= m_pictures.size() || m_profile.isEmpty())
        return end();
    const QList<FoundPicture> some = m_pictures.mid(m_at, kAtATime);
    m_at += some.size();
    using Result = std::shared_ptr<const Kept>;
    const auto work = [some, files = m_images.files(), at = m_clock.now()]() -> Result {
        auto kept = std::make_shared<Kept>();
        for (const FoundPicture &found : some) {
            const novita::Result<Picture> picture = pictureimport::keep(found, files, at);
            if (picture)
                kept->pictures.append(*picture);
            else
                kept->problems.append(found.name.isEmpty()
                                          ? picture.error().message
                                          : QStringLiteral("%1: %2").arg(found.name, picture.error().message));
        }
        return kept;
    };
    m_keeping.reset(inBackground<Result>(work, this))->onFinished(this, [this](const novita::Result<Result> &kept) {
        if (kept)
            take(**kept);
        else
            end();
    });
}

void ImportRun::take(const Kept &kept)
{
    m_problems += kept.problems;
    if (kept.pictures.isEmpty()) {
        emit progressed(static_cast<int>(m_at));
        return next();
    }
    QStringList files;
    for (const Picture &picture : kept.pictures)
        files.append(picture.file);
    if (m_images.profile() != m_profile) {
        drop(files);
        return end();
    }
    m_writing.reset(m_images.pictures().add(m_profile, kept.pictures))
        ->onFinished(this, [this, files](const Result<QList<PictureId>> &added) {
            if (!added) {
                m_problems.append(added.error().message);
                drop(files);
                return end();
            }
            m_added += static_cast<int>(added->size());
            emit progressed(static_cast<int>(m_at));
            next();
        });
}

/// Files that nobody knows of are of no use to anybody.
void ImportRun::drop(const QStringList &files)
{
    (void)inBackground<QStringList>([files, gallery = m_images.files()] { return gallery.discard(files); }, &m_images);
}

/// Nothing more is begun.
void ImportRun::stop()
{
    m_at = m_pictures.size();
}

void ImportRun::end()
{
    disconnect(&m_images, nullptr, this, nullptr);
    if (m_added > 0)
        emit m_images.galleryChanged();
    emit finished(m_added, m_problems);
}

} // namespace novita
