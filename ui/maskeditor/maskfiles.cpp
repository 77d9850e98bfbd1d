// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maskeditor/maskfiles.h"

#include "core/base/plainfile.h"
#include "core/imagefile/imagedecoder.h"

#include <QCoreApplication>

#include <cstdlib>

namespace novita {

namespace {

struct MaskFilesWords
{
    Q_DECLARE_TR_FUNCTIONS(MaskFiles)
};

/// Fits the decoded `mask` to `size` and says so.
ImportedMask fitted(const QImage &mask, QSize size, MaskEdges edges)
{
    ImportedMask out{maskFromPicture(mask, size, edges), {}};
    if (mask.size() == size)
        return out;
    const qint64 crossed = qint64(mask.width()) * size.height() - qint64(mask.height()) * size.width();
    // A pixel more or less on either side is a matter of rounding.
    const bool sameShape = std::abs(crossed) <= qint64(size.width()) + size.height() + mask.width() + mask.height();
    out.notice = (sameShape ? MaskFilesWords::tr("The mask had %1 × %2 pixels and was scaled to the picture's %3 × %4.")
                            : MaskFilesWords::tr("The mask had %1 × %2 pixels, another shape than the picture's, and was stretched to %3 × %4."))
                     .arg(mask.width()).arg(mask.height()).arg(size.width()).arg(size.height());
    return out;
}

} // namespace

Result<OpenedPicture> openPicture(const QByteArray &picture, const QByteArray &mask)
{
    const Result<QImage> decoded = decodeImage(picture);
    if (!decoded)
        return decoded.error();
    OpenedPicture out;
    out.picture = PictureLevels(*decoded);
    if (mask.isEmpty())
        return out;
    const Result<QImage> earlier = decodeImage(mask);
    if (!earlier) {
        out.maskNotice = MaskFilesWords::tr("The earlier mask cannot be read, so this one is empty. %1").arg(earlier.error().message);
        return out;
    }
    const ImportedMask fit = fitted(*earlier, out.picture.size(), MaskEdges::Soft);
    out.mask = fit.mask;
    out.maskNotice = fit.notice;
    return out;
}

Result<ImportedMask> importMask(const QString &path, QSize size, MaskEdges edges)
{
    const DecodeLimits limits;
    // One byte more than is taken: decoding refuses it with its own words.
    const Result<QByteArray> bytes = plainfile::startOf(path, limits.maxBytes + 1);
    if (!bytes)
        return bytes.error().kind == ErrorKind::NotFound ? Error::make(ErrorKind::Storage, MaskFilesWords::tr("There is no such file."))
                                                         : bytes.error();
    const Result<QImage> decoded = decodeImage(*bytes, limits);
    if (!decoded)
        return decoded.error();
    return fitted(*decoded, size, edges);
}

Result<Done> exportMask(const QString &path, const QImage &mask, MaskEdges edges)
{
    const QByteArray bytes = maskPng(mask, edges);
    if (bytes.isEmpty())
        return Error::make(ErrorKind::Storage, MaskFilesWords::tr("There is not enough memory."));
    return plainfile::write(path, bytes);
}

} // namespace novita
