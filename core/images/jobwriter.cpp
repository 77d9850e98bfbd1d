// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/jobwriter.h"

#include "core/cloud/services/mappedcall.h"
#include "core/gallery/imagejoblog.h"
#include "core/gallery/picturestore.h"

#include <utility>

namespace novita {

JobWriter::JobWriter(ImageJobLog &jobs, PictureStore &pictures, QObject *parent)
    : QObject(parent)
    , m_jobs(jobs)
    , m_pictures(pictures)
{
}

void JobWriter::save(const ImageJob &job, Then then)
{
    attempt(
        job, [this](const ImageJob &one) { return m_jobs.save(one); }, then, false);
}

void JobWriter::finish(const ImageJob &job, const QList<Picture> &pictures, Then then)
{
    const auto add = [this, pictures](const ImageJob &one) {
        return mappedCall<qint64, QList<PictureId>>(this, m_pictures.add(one.profile, pictures, one),
                                                    [version = one.version](const Result<QList<PictureId>> &ids) {
                                                        return ids ? Result<qint64>(version + 1)
                                                                   : Result<qint64>(ids.error());
                                                    });
    };
    attempt(job, add, then, false);
}

void JobWriter::attempt(const ImageJob &job, const Write &write, const Then &then, bool isAgain)
{
    m_writing.reset(write(job))->onFinished(this, [this, job, write, then, isAgain](const Result<qint64> &version) {
        const bool isStale =
            !version && version.error().kind == ErrorKind::Conflict && job.state != ImageJobState::Submitting;
        if (!isStale || isAgain) {
            then(version);
            return;
        }
        m_writing.reset(m_jobs.read(job.id))->onFinished(this, [this, job, write, then](const Result<ImageJob> &kept) {
            ImageJob renewed = job;
            if (kept)
                renewed.version = kept->version;
            attempt(renewed, write, then, true);
        });
    });
}

} // namespace novita
