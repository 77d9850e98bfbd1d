// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/cloud/endpoints/recipe.h"
#include "core/gallery/picturefile.h"
#include "core/gallery/picturefiles.h"
#include "core/imagefile/imageheader.h"
#include "core/imagefile/imagemetadata.h"

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <optional>
#include <stop_token>

namespace novita {

/// What the gallery of a profile has already.
struct KnownPictures
{
    PictureFiles files;
    QList<PictureFile> pictures; ///< PictureStore::files()
};

/// A picture that a person brings in, as it was found. All of it comes from outside.
struct FoundPicture
{
    /// Where the same bytes are already. Pictures of other profiles do not count.
    enum class Place {
        Nowhere,
        AmongThese, ///< further up in what was found
        Gallery,
        Trash,
    };

    QString name;     ///< without its folder, for people; empty for one of the clipboard
    QString path;     ///< absolute; empty for one of the clipboard
    QByteArray bytes; ///< of the clipboard alone: files are read again when they are kept
    qint64 size = 0;  ///< of the file, bytes
    QByteArray hash;  ///< SHA-256
    ImageHeader header;
    ImageTool tool = ImageTool::None; ///< whose settings these are
    std::optional<Recipe> recipe;     ///< what it was made from, where it says so
    QString promptTemplate;           ///< with its wildcards, where ours wrote it
    QString sidecar;                  ///< the file beside it, or the server, that the settings are from; empty: its own
    bool hasCredential = false;
    Place place = Place::Nowhere;
    PictureId known = 0; ///< with Place::Gallery and Place::Trash
    QImage preview;      ///< at most pictureimport::kPreviewSide; null for a film
    QString own;         ///< its name among the gallery's originals, when it lies there: it is taken where it is
    bool isFilm = false; ///< MP4 or WebM; one of the gallery's own, for others are not taken

    bool saysHow() const { return recipe.has_value(); }
    /// It would be there twice.
    bool isThereAlready() const { return place == Place::AmongThese || place == Place::Gallery; }
};

/// What was found under the paths that were given.
struct PictureFinds
{
    QList<FoundPicture> pictures;
    QStringList problems; ///< "name: why it is not taken"; the first pictureimport::kMostProblems
    int left = 0;         ///< files that were not looked at: there were too many
};

/// Bringing pictures in from files and from the clipboard. Told by their content, never by their names. All of it reads
/// or writes the disk and decodes: for worker threads; nothing is shared.
namespace pictureimport {

inline constexpr qsizetype kMostPictures = 500;                 ///< of one turn
inline constexpr qint64 kMostBytes = 64 * 1024 * 1024;          ///< of one file
inline constexpr qint64 kMostBytesInAll = 2048ll * 1024 * 1024; ///< that one turn reads
inline constexpr qint64 kMostSidecar = 1024 * 1024;
inline constexpr qsizetype kMostEntries = 10'000; ///< of folders that are looked at
inline constexpr int kMostDepth = 8;              ///< of folders in a folder
inline constexpr qsizetype kMostProblems = 50;
inline constexpr int kPreviewSide = 160; ///< pixels

/// Reads files, and folders with the folders in them. What is no picture is a problem when it was named itself, and
/// passed over in a folder. Links and hidden files in folders are not followed. Where a picture says nothing of how it
/// was made, "name.txt", "name.png.txt", "name.json" and "name.png.json" beside it are read. In the gallery's own folder
/// its originals alone are taken, its films too, and of them in folders those that the profile does not have. `stop` ends it early with
/// what there is.
PictureFinds find(const QStringList &paths, const KnownPictures &gallery, std::stop_token stop = {});
/// A picture of the clipboard.
PictureFinds find(const QByteArray &bytes, const KnownPictures &gallery);

/// Of the bytes and the profile that they are brought into: the same picture has the same, however often it is brought.
QUuid idOf(const FoundPicture &found, const ProfileId &profile);
/// The name that keep() will give to the file, or that it has.
QString nameOf(const FoundPicture &found, TimePoint at, const QUuid &id);
/// Puts one into the gallery's folder, byte for byte, with a thumbnail; one of its own stays what it is, and as old as its
/// file. Result: the picture for PictureStore::add().
/// ErrorKind::Conflict when the file is not what was found any more.
Result<Picture> keep(const FoundPicture &found, const PictureFiles &gallery, TimePoint at, const QUuid &id);

/// Takes the settings out of `text`, the form that A1111 writes or another that readSettingsBeside() knows, as `from` has told it. False: there are none, and
/// nothing has changed.
bool takeText(FoundPicture &found, const QString &text, const QString &from);

/// The bytes of what was found, for a form that starts from it; as keep().
Result<QByteArray> bytesOf(const FoundPicture &found);

} // namespace pictureimport

} // namespace novita
