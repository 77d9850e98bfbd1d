// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/gallery/picture.h"
#include "core/gallery/picturefiles.h"
#include "core/imagefile/imagedecoder.h"
#include "ui/maskeditor/picturelevels.h"

#include <atomic>
#include <memory>
#include <optional>

namespace novita {

/// Tells work that waits for its turn that nobody wants it any more. Any thread.
using WorkFlag = std::shared_ptr<std::atomic<bool>>;

/// A picture of the gallery, ready to be shown.
struct LoadedPicture
{
    PictureLevels levels;
    QSize size;                   ///< pixels of the picture itself
    bool animated = false;        ///< only the first frame is here
    bool isReduced = false;       ///< `levels` has fewer pixels than the picture
    std::optional<Error> problem; ///< a sentence for people; then there is no picture
};

/// Pictures are shared between threads, never changed.
using LoadedPicturePtr = std::shared_ptr<const LoadedPicture>;

namespace pictureload {

inline constexpr qint64 kMostFileBytes = DecodeLimits().maxBytes;

/// Reads and decodes the whole of `file` within `limits`. Blocks: for worker threads. `blurred`: so that nothing can be
/// made out.
LoadedPicturePtr whole(const PictureFiles &files, const QString &file, bool blurred = false,
                       const WorkFlag &unwanted = {}, const DecodeLimits &limits = {});
/// The same, scaled down while decoding where it has more than `mostPixels`.
LoadedPicturePtr fitted(const PictureFiles &files, const QString &file, qint64 mostPixels, bool blurred = false,
                        const WorkFlag &unwanted = {});
/// Its thumbnail, where there is one; stands for a picture of `size`.
LoadedPicturePtr thumbnail(const PictureFiles &files, const PictureEntry &entry, bool blurred = false);

/// `image` in a few soft patches. Any thread.
QImage blurredImage(const QImage &image);

} // namespace pictureload

} // namespace novita
