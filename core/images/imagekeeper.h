// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/cloud/backends/imagebackend.h"
#include "core/gallery/imagejob.h"

namespace novita {

/// Brings results into the gallery's folder, and gives jobs the images they start from. The seam between the queue and the disk.
class ImageKeeper
{
public:
    virtual ~ImageKeeper() = default;

    /// Fetches, checks and keeps one result of `job`, once; off the caller's thread. Result: the picture as PictureStore::add() wants it.
    /// ErrorKind::NotFound: its link has expired; Protocol: it is no picture that may be kept; transient ones as Error::isTransient();
    /// Storage: the disk does not take it now.
    virtual Call<Picture> *keep(const ImageJob &job, const ImageResult &result, int ordinal) = 0;
    /// Whether the disk would take the result that keep() could not put there (ErrorKind::Storage), without fetching it. Off the caller's thread.
    /// ErrorKind::Storage: not yet.
    virtual Call<Done> *room([[maybe_unused]] const ImageJob &job, [[maybe_unused]] int ordinal) { return Call<Done>::settledWith(Done()); }
    /// What keep() has put on the disk for `job` in an earlier run that was killed before it was told. What is not known of such a picture any more is left out.
    virtual Call<QList<Picture>> *keptBefore([[maybe_unused]] const ImageJob &job) { return Call<QList<Picture>>::settledWith(QList<Picture>()); }
    /// The files of `job.inputs`, by their keys.
    virtual Call<InputImages> *inputs(const ImageJob &job) = 0;
};

} // namespace novita
