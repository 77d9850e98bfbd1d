// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/pictureimport.h"

#include "core/base/plainfile.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/gallery/originalname.h"
#include "core/imagefile/imagedecoder.h"
#include "core/images/picturefinder.h"
#include "core/images/recipetext.h"
#include "core/images/settingsbeside.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include <utility>

namespace novita::pictureimport {

namespace {

struct PictureImport
{
    Q_DECLARE_TR_FUNCTIONS(PictureImport)
};

} // namespace

PictureFinds find(const QStringList &paths, const KnownPictures &gallery, std::stop_token stop)
{
    PictureFinder finder(gallery, std::move(stop));
    for (const QString &path : paths)
        finder.takePath(path);
    return finder.result();
}

PictureFinds find(const QByteArray &bytes, const KnownPictures &gallery)
{
    PictureFinder finder(gallery, {});
    finder.takeClipboard(bytes);
    return finder.result();
}

bool takeText(FoundPicture &found, const QString &text, const QString &from)
{
    const std::optional<ImageMetadata> metadata = readSettingsBeside(text.toUtf8().left(kMostSidecar), found.header);
    if (!metadata || !recipetext::recipeOf(*metadata))
        return false;
    takeSettings(found, *metadata);
    found.sidecar = from;
    return true;
}

Result<QByteArray> bytesOf(const FoundPicture &found)
{
    const Result<QByteArray> bytes =
        found.path.isEmpty() ? Result<QByteArray>(found.bytes) : plainfile::read(found.path, kMostBytes);
    if (!bytes)
        return Error::make(ErrorKind::Storage, PictureImport::tr("The file cannot be read."), bytes.error().message);
    if (hashOf(*bytes) != found.hash)
        return Error::make(ErrorKind::Conflict, PictureImport::tr("The file has changed since it was looked at."));
    return bytes;
}

QUuid idOf(const FoundPicture &found, const ProfileId &profile)
{
    constexpr QUuid kOurs(0x2d2b5c1e, 0x93a4, 0x4c0f, 0x8b, 0x61, 0x55, 0x4e, 0xd0, 0x7f, 0x19, 0xa2);
    return QUuid::createUuidV5(
        kOurs, QStringLiteral("%1/%2").arg(profile.toString(), QString::fromLatin1(found.hash.toHex())));
}

QString nameOf(const FoundPicture &found, TimePoint at, const QUuid &id)
{
    if (!found.own.isEmpty())
        return found.own;
    return originalName(imageFormatSuffix(found.header.format), at, id);
}

namespace {

void takeRecipe(Picture &picture, const FoundPicture &found)
{
    if (!found.recipe)
        return;
    const QJsonObject &values = found.recipe->values;
    picture.endpoint = found.recipe->endpoint;
    picture.model = values.value(fields::kModel).toString();
    picture.prompt = values.value(fields::kPrompt).toString();
    picture.promptTemplate = found.promptTemplate;
    picture.negativePrompt = values.value(fields::kNegativePrompt).toString();
    // A number that is whole and fits: 1e300 is written by whoever likes to.
    if (const qint64 seed = values.value(fields::kSeed).toInteger(-1); seed >= 0)
        picture.seed = seed;
    picture.recipe = values;
}

/// As the gallery has kept it.
Picture ownPicture(const FoundPicture &found)
{
    const QFileInfo file(found.path);
    Picture picture;
    picture.file = found.own;
    picture.createdAt = TimePoint(Milliseconds(file.lastModified().toMSecsSinceEpoch()));
    picture.bytes = found.size;
    const bool isAnimation = found.header.format == ImageFormat::Gif && found.header.animated;
    picture.kind = found.isFilm || isAnimation ? MediaKind::Video : MediaKind::Image;
    picture.format = found.isFilm ? file.suffix() : imageFormatSuffix(found.header.format);
    picture.size = found.header.size;
    picture.hasCredential = found.hasCredential;
    takeRecipe(picture, found);
    return picture;
}

} // namespace

Result<Picture> keep(const FoundPicture &found, const PictureFiles &gallery, TimePoint at, const QUuid &id)
{
    if (found.isFilm)
        return ownPicture(found);
    const Result<QByteArray> bytes = bytesOf(found);
    if (!bytes)
        return bytes.error();
    const Result<QImage> small = decodeThumbnail(*bytes, {PictureFiles::kThumbnailSide, PictureFiles::kThumbnailSide});
    if (!small)
        return small.error();
    if (!found.own.isEmpty()) {
        (void)gallery.saveThumbnail(found.own, *small);
        return ownPicture(found);
    }
    Picture picture;
    picture.createdAt = at;
    picture.size = found.header.size;
    picture.format = imageFormatSuffix(found.header.format);
    picture.bytes = bytes->size();
    picture.hasCredential = found.hasCredential;
    takeRecipe(picture, found);
    const Result<QString> name = gallery.saveOriginal(*bytes, picture.format, at, id);
    if (!name)
        return name.error();
    picture.file = *name;
    (void)gallery.saveThumbnail(picture.file, *small); // made again when it is missed
    return picture;
}

} // namespace novita::pictureimport
