// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/gallery/imagejob.h"
#include "core/gallery/picture.h"

#include <QObject>

#include <functional>

namespace novita {

class ImageJobLog;
class PictureStore;

/// Writes down how the job of a run stands. Where the file has counted on by a write whose answer nobody waited for,
/// that is made good once; not for a job that is to be sent (ImageJobState::Submitting): there it may be somebody else
/// who sends it.
///
/// What is asked for last counts: of an earlier write that is under way nobody is told. Thread: the one that made it.
class JobWriter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobWriter)

public:
    /// The version that is on the disk now, or why it is not.
    using Then = std::function<void(const Result<qint64> &version)>;

    /// Both must outlive it.
    JobWriter(ImageJobLog &jobs, PictureStore &pictures, QObject *parent = nullptr);

    void save(const ImageJob &job, Then then);
    /// The end of a job and its pictures, all at once.
    void finish(const ImageJob &job, const QList<Picture> &pictures, Then then);

private:
    using Write = std::function<Call<qint64> *(const ImageJob &)>;
    void attempt(const ImageJob &job, const Write &write, const Then &then, bool isAgain);

    ImageJobLog &m_jobs;
    PictureStore &m_pictures;
    CallGuard m_writing;
};

} // namespace novita
