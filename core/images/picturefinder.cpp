// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/picturefinder.h"

#include "core/base/displaytext.h"
#include "core/base/plainfile.h"
#include "core/imagefile/filmheader.h"
#include "core/imagefile/imagedecoder.h"
#include "core/images/recipetext.h"
#include "core/images/settingsbeside.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QFileInfo>

#include <utility>

namespace novita {

using namespace pictureimport;

namespace {

struct PictureImport
{
    Q_DECLARE_TR_FUNCTIONS(PictureImport)
};

constexpr qint64 kSniffed = 512;
constexpr qsizetype kMostTemplate = 65'536; ///< as the prompt language takes them

} // namespace

void pictureimport::takeSettings(FoundPicture &found, const ImageMetadata &metadata)
{
    found.recipe = recipetext::recipeOf(metadata);
    found.tool = metadata.tool;
    found.promptTemplate = metadata.json.value(QLatin1String("template")).toString().left(kMostTemplate);
}

QByteArray pictureimport::hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

PictureFinder::PictureFinder(const KnownPictures &gallery, std::stop_token stop)
    : m_files(gallery.files)
    , m_stop(std::move(stop))
{
    for (const PictureFile &one : gallery.pictures) {
        m_known.insert(one.bytes, one);
        m_knownNames.insert(one.file);
    }
}

void PictureFinder::takePath(const QString &path)
{
    const QFileInfo info(path);
    if (info.isDir())
        takeFolder(info.absoluteFilePath(), 0);
    else
        takeFile(info.absoluteFilePath(), true);
}

void PictureFinder::takeClipboard(const QByteArray &bytes)
{
    FoundPicture found;
    found.bytes = bytes;
    if (bytes.size() > kMostBytes)
        return say(PictureImport::tr("Clipboard"), PictureImport::tr("The picture is too large."));
    look(found, bytes, PictureImport::tr("Clipboard"));
}

void PictureFinder::say(const QString &name, const QString &why)
{
    if (m_out.problems.size() < kMostProblems)
        m_out.problems.append(QStringLiteral("%1: %2").arg(displayLine(name, 100), why));
}

/// Of the gallery: what is made from its originals, or what they were made from, is not in it.
bool PictureFinder::isOthersFolder(const QString &path) const
{
    const QString there = QFileInfo(path).canonicalFilePath();
    const QString gallery = QFileInfo(m_files.folder()).canonicalFilePath();
    return there == gallery + QLatin1String("/thumbnails") || there == gallery + QLatin1String("/inputs");
}

void PictureFinder::takeFolder(const QString &path, int depth)
{
    if (isOthersFolder(path))
        return;
    if (depth > kMostDepth)
        return say(QFileInfo(path).fileName(), PictureImport::tr("The folder lies too deep and was not read."));
    QStringList files;
    QStringList folders;
    for (QDirIterator it(path, QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks);
         it.hasNext() && !m_stop.stop_requested();) {
        it.next();
        if (++m_entries > kMostEntries) {
            if (m_entries == kMostEntries + 1)
                say(QFileInfo(path).fileName(),
                    PictureImport::tr("There are too many files; the rest was not looked at."));
            break;
        }
        (it.fileInfo().isDir() ? folders : files).append(it.filePath());
    }
    files.sort();
    folders.sort();
    for (const QString &file : std::as_const(files))
        takeFile(file, false);
    for (const QString &folder : std::as_const(folders))
        takeFolder(folder, depth + 1);
}

void PictureFinder::takeFile(const QString &path, bool named)
{
    const QString own = m_files.originalAt(path);
    if (m_stop.stop_requested() || (!named && m_knownNames.contains(own)))
        return;
    if (m_out.pictures.size() >= kMostPictures || m_read >= kMostBytesInAll) {
        ++m_out.left;
        return;
    }
    const QString name = QFileInfo(path).fileName();
    const QByteArray head = plainfile::startOf(path, kSniffed, plainfile::Links::Refuse).valueOr({});
    if (!own.isEmpty() && sniffFilmFormat(head) != FilmFormat::None)
        return takeOwnFilm(path, own);
    if (!named && sniffImageFormat(head) == ImageFormat::Unknown)
        return;
    const Result<QByteArray> bytes =
        plainfile::read(path, kMostBytes, named ? plainfile::Links::Follow : plainfile::Links::Refuse);
    if (!bytes)
        return say(name, bytes.error().kind == ErrorKind::Validation
                             ? PictureImport::tr("The file is larger than a picture may be.")
                             : PictureImport::tr("The file cannot be read."));
    m_read += bytes->size();
    FoundPicture found;
    found.path = path;
    found.name = name;
    found.own = own;
    look(found, *bytes, name);
}

/// Told by its name: films are large, and nobody else's are taken.
void PictureFinder::takeOwnFilm(const QString &path, const QString &own)
{
    FoundPicture found;
    found.path = path;
    found.name = QFileInfo(path).fileName();
    found.own = own;
    found.isFilm = true;
    found.size = QFileInfo(path).size();
    found.hash = hashOf(own.toUtf8());
    if (m_knownNames.contains(own))
        found.place = FoundPicture::Place::Gallery;
    takeSidecar(found);
    m_out.pictures.append(found);
}

void PictureFinder::look(FoundPicture &found, const QByteArray &bytes, const QString &name)
{
    const Result<ImageMetadata> metadata = readMetadata(bytes);
    if (!metadata)
        return say(name, metadata.error().message);
    if (!metadata->header.complete)
        return say(name, PictureImport::tr("The picture is cut short."));
    const Result<QImage> preview = decodeThumbnail(bytes, {kPreviewSide, kPreviewSide});
    if (!preview)
        return say(name, preview.error().message);
    found.header = metadata->header;
    found.size = bytes.size();
    found.hash = hashOf(bytes);
    found.preview = *preview;
    found.hasCredential = metadata->signedContent;
    takeSettings(found, *metadata);
    if (!found.recipe && !found.path.isEmpty())
        takeSidecar(found);
    findPlace(found);
    m_out.pictures.append(found);
}

void PictureFinder::takeSidecar(FoundPicture &found)
{
    const QFileInfo info(found.path);
    const QString stem = info.absolutePath() + u'/' + info.completeBaseName();
    for (const QString &path : {found.path + QLatin1String(".json"), stem + QLatin1String(".json"),
                                found.path + QLatin1String(".txt"), stem + QLatin1String(".txt")}) {
        if (!QFileInfo(path).isFile())
            continue;
        const Result<QByteArray> bytes = plainfile::read(path, kMostSidecar, plainfile::Links::Refuse);
        const std::optional<ImageMetadata> metadata = bytes ? readSettingsBeside(*bytes, found.header) : std::nullopt;
        if (!metadata)
            continue;
        takeSettings(found, *metadata);
        if (!found.recipe)
            continue;
        found.sidecar = QFileInfo(path).fileName();
        return;
    }
}

void PictureFinder::findPlace(FoundPicture &found)
{
    if (m_seen.contains(found.hash)) {
        found.place = FoundPicture::Place::AmongThese;
        return;
    }
    m_seen.insert(found.hash);
    const QList<PictureFile> sameLength = m_known.values(found.size);
    for (const PictureFile &one : sameLength) {
        const Result<QByteArray> bytes = m_files.read(one.file, kMostBytes);
        if (!bytes || hashOf(*bytes) != found.hash)
            continue;
        found.place = one.isTrashed ? FoundPicture::Place::Trash : FoundPicture::Place::Gallery;
        found.known = one.id;
        if (!one.isTrashed)
            return;
    }
}

} // namespace novita
