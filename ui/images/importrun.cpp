// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/importrun.h"

#include "core/gallery/loosefiles.h"
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
    m_now = m_clock.now();
    m_batch.clear();
    const QList<FoundPicture> some = m_pictures.mid(m_at, kAtATime);
    m_at += some.size();
    for (const FoundPicture &found : some)
        m_batch.append({found, pictureimport::idOf(found, m_profile)});
    restoreTrashed();
}

void ImportRun::restoreTrashed()
{
    QList<PictureId> trashed;
    for (const Incoming &one : std::as_const(m_batch)) {
        if (one.found.place == FoundPicture::Place::Trash)
            trashed.append(one.found.known);
    }
    if (trashed.isEmpty())
        return claim();
    m_writing.reset(m_images.pictures().restore(trashed))
        ->onFinished(this, [this](const Result<QList<PictureId>> &there) {
            if (!there)
                return fail(there.error());
            for (const PictureId id : *there)
                m_added.insert(id);
            // What has left the trash for good meanwhile is brought in like any other.
            m_batch.removeIf([this](const Incoming &one) {
                return one.found.place == FoundPicture::Place::Trash && m_added.contains(one.found.known);
            });
            claim();
        });
}

/// An original that somebody has is copied like any other file: each picture has one of its own.
void ImportRun::claim()
{
    QStringList own;
    for (const Incoming &one : std::as_const(m_batch)) {
        if (!one.found.own.isEmpty())
            own.append(one.found.own);
    }
    if (own.isEmpty())
        return announce();
    m_writing.reset(m_images.looseFiles().claimed(own))->onFinished(this, [this](const Result<QStringList> &claimed) {
        if (!claimed)
            return fail(claimed.error());
        m_batch.removeIf([&](const Incoming &one) { return one.found.isFilm && claimed->contains(one.found.own); });
        for (Incoming &one : m_batch) {
            if (claimed->contains(one.found.own))
                one.found.own.clear();
        }
        announce();
    });
}

/// The names are written down before there are files.
void ImportRun::announce()
{
    m_names.clear();
    for (const Incoming &one : std::as_const(m_batch)) {
        if (one.found.own.isEmpty())
            m_names.append(pictureimport::nameOf(one.found, m_now, one.id));
    }
    if (m_names.isEmpty())
        return keep();
    m_writing.reset(m_images.looseFiles().announce(m_names))
        ->onFinished(this, [this](const Result<QStringList> &leaving) {
            if (!leaving)
                return fail(leaving.error());
            for (Incoming &one : m_batch) {
                if (leaving->contains(pictureimport::nameOf(one.found, m_now, one.id)))
                    one.id = QUuid::createUuid(); // its earlier file is being deleted
            }
            if (leaving->isEmpty())
                keep();
            else
                announce();
        });
}

void ImportRun::keep()
{
    using Result = std::shared_ptr<const Kept>;
    const auto work = [batch = m_batch, files = m_images.files(), at = m_now]() -> Result {
        auto kept = std::make_shared<Kept>();
        for (const Incoming &one : batch) {
            const novita::Result<Picture> picture = pictureimport::keep(one.found, files, at, one.id);
            if (picture)
                kept->pictures.append(*picture);
            else
                kept->problems.append(one.found.name.isEmpty()
                                          ? picture.error().message
                                          : QStringLiteral("%1: %2").arg(one.found.name, picture.error().message));
        }
        return kept;
    };
    m_keeping.reset(inBackground<Result>(work, this))->onFinished(this, [this](const novita::Result<Result> &kept) {
        if (kept)
            take(**kept);
        else
            fail(kept.error());
    });
}

void ImportRun::take(const Kept &kept)
{
    m_problems += kept.problems;
    if (m_images.profile() != m_profile) {
        withdraw();
        return end();
    }
    m_writing.reset(m_images.pictures().add(m_profile, kept.pictures))
        ->onFinished(this, [this](const Result<QList<PictureId>> &added) {
            if (!added)
                return fail(added.error());
            for (const PictureId id : *added)
                m_added.insert(id);
            emit progressed(static_cast<int>(m_at));
            next();
        });
}

/// Files that nobody knows of are of no use to anybody.
void ImportRun::withdraw()
{
    (void)m_images.looseFiles().withdraw(m_names);
}

/// Nothing more is begun.
void ImportRun::stop()
{
    m_at = m_pictures.size();
}

void ImportRun::fail(const Error &error)
{
    m_problems.append(error.message);
    withdraw();
    end();
}

void ImportRun::end()
{
    disconnect(&m_images, nullptr, this, nullptr);
    if (!m_added.isEmpty())
        emit m_images.galleryChanged();
    emit finished(static_cast<int>(m_added.size()), m_problems);
}

} // namespace novita
