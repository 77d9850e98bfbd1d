// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/pictureimport.h"

#include "core/base/displaytext.h"
#include "core/base/plainfile.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/imagefile/imagedecoder.h"
#include "core/imagefile/parameterstext.h"
#include "core/imagefile/toolforms.h"
#include "core/images/recipetext.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonDocument>
#include <QMultiHash>
#include <QSet>
#include <QStringDecoder>

#include <utility>

namespace novita::pictureimport {

namespace {

struct PictureImport
{
    Q_DECLARE_TR_FUNCTIONS(PictureImport)
};

constexpr qint64 kSniffed = 512;
constexpr qsizetype kMostTemplate = 65'536; ///< as the prompt language takes them

Error refused(ErrorKind kind, const QString &why, const QString &detail = {})
{
    return Error::make(kind, why, detail);
}

Result<QByteArray> contentOf(const QString &path, qint64 most, plainfile::Links links)
{
    Result<QByteArray> bytes = plainfile::read(path, most, links);
    if (bytes)
        return bytes;
    if (bytes.error().kind == ErrorKind::Validation)
        return refused(ErrorKind::Validation, PictureImport::tr("The file is larger than a picture may be."));
    return refused(ErrorKind::Storage, PictureImport::tr("The file cannot be read."), bytes.error().message);
}

QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// Settings that stand in a text beside a picture: our JSON, InvokeAI's, SwarmUI's, or the WebUI's text.
std::optional<ImageMetadata> readSidecar(const QByteArray &bytes, const ImageHeader &header)
{
    ImageMetadata out{.header = header};
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes);
    if (decode.hasError() || text.contains(QChar(0)) || text.trimmed().isEmpty())
        return std::nullopt;
    if (!text.trimmed().startsWith(u'{')) {
        out.tool = ImageTool::WebUi;
        out.parameters = fromParametersText(text);
        return out;
    }
    const QJsonObject json = QJsonDocument::fromJson(text.toUtf8()).object();
    out.json =
        json.value(QLatin1String(kOwnJsonKey)).isObject() ? json.value(QLatin1String(kOwnJsonKey)).toObject() : json;
    if (recipetext::recipeOf(out)) {
        out.tool = ImageTool::Ours;
        return out;
    }
    out.json = {};
    for (const auto &[tool, read] :
         {std::pair(ImageTool::SwarmUi, &fromSwarmUi), std::pair(ImageTool::InvokeAi, &fromInvokeAi),
          std::pair(ImageTool::ComfyUi, &fromComfyPrompt)}) {
        if (std::optional<ImageParameters> parameters = read(json)) {
            out.tool = tool;
            out.parameters = *std::move(parameters);
            return out;
        }
    }
    return std::nullopt;
}

void takeSettings(FoundPicture &found, const ImageMetadata &metadata)
{
    found.recipe = recipetext::recipeOf(metadata);
    found.tool = metadata.tool;
    found.promptTemplate = metadata.json.value(QLatin1String("template")).toString().left(kMostTemplate);
}

/// One turn: what the gallery has is listed once, and hashed only where the length is the same.
class Finder
{
public:
    Finder(const PictureFiles &gallery, std::stop_token stop)
        : m_gallery(gallery)
        , m_stop(std::move(stop))
    {
    }

    void takePath(const QString &path)
    {
        const QFileInfo info(path);
        if (info.isDir())
            takeFolder(info.absoluteFilePath(), 0);
        else
            takeFile(info.absoluteFilePath(), true);
    }
    void takeClipboard(const QByteArray &bytes)
    {
        FoundPicture found;
        found.bytes = bytes;
        if (bytes.size() > kMostBytes)
            return say(PictureImport::tr("Clipboard"), PictureImport::tr("The picture is too large."));
        look(found, bytes, PictureImport::tr("Clipboard"));
    }
    PictureFinds result() { return std::move(m_out); }

private:
    void say(const QString &name, const QString &why)
    {
        if (m_out.problems.size() < kMostProblems)
            m_out.problems.append(QStringLiteral("%1: %2").arg(displayLine(name, 100), why));
    }

    void takeFolder(const QString &path, int depth)
    {
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

    void takeFile(const QString &path, bool named)
    {
        if (m_stop.stop_requested())
            return;
        if (m_out.pictures.size() >= kMostPictures || m_read >= kMostBytesInAll) {
            ++m_out.left;
            return;
        }
        const QString name = QFileInfo(path).fileName();
        if (!named && sniffImageFormat(plainfile::startOf(path, kSniffed, plainfile::Links::Refuse).valueOr({})) == ImageFormat::Unknown)
            return;
        const Result<QByteArray> bytes = contentOf(path, kMostBytes, named ? plainfile::Links::Follow : plainfile::Links::Refuse);
        if (!bytes)
            return say(name, bytes.error().message);
        m_read += bytes->size();
        FoundPicture found;
        found.path = path;
        found.name = name;
        look(found, *bytes, name);
    }

    void look(FoundPicture &found, const QByteArray &bytes, const QString &name)
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
        found.isInGallery = isKnown(found);
        m_out.pictures.append(found);
    }

    void takeSidecar(FoundPicture &found)
    {
        const QFileInfo info(found.path);
        const QString stem = info.absolutePath() + u'/' + info.completeBaseName();
        for (const QString &path : {found.path + QLatin1String(".json"), stem + QLatin1String(".json"),
                                    found.path + QLatin1String(".txt"), stem + QLatin1String(".txt")}) {
            if (!QFileInfo(path).isFile())
                continue;
            const Result<QByteArray> bytes = plainfile::read(path, kMostSidecar, plainfile::Links::Refuse);
            const std::optional<ImageMetadata> metadata = bytes ? readSidecar(*bytes, found.header) : std::nullopt;
            if (!metadata)
                continue;
            takeSettings(found, *metadata);
            if (!found.recipe)
                continue;
            found.sidecar = QFileInfo(path).fileName();
            return;
        }
    }

    bool isKnown(const FoundPicture &found)
    {
        if (m_seen.contains(found.hash))
            return true;
        m_seen.insert(found.hash);
        if (!m_listed) {
            m_listed = true;
            for (QDirIterator it(m_gallery.folder() + QStringLiteral("/originals"), QDir::Files | QDir::NoSymLinks,
                                 QDirIterator::Subdirectories);
                 it.hasNext();) {
                it.next();
                m_originals.insert(it.fileInfo().size(), it.filePath());
            }
        }
        const QList<QString> sameLength = m_originals.values(found.size);
        for (const QString &path : sameLength) {
            const Result<QByteArray> bytes = plainfile::read(path, kMostBytes, plainfile::Links::Refuse);
            if (bytes && hashOf(*bytes) == found.hash)
                return true;
        }
        return false;
    }

    const PictureFiles m_gallery;
    std::stop_token m_stop;
    PictureFinds m_out;
    qsizetype m_entries = 0;
    qint64 m_read = 0;
    QSet<QByteArray> m_seen;
    QMultiHash<qint64, QString> m_originals; ///< of the gallery, by length
    bool m_listed = false;
};

} // namespace

PictureFinds find(const QStringList &paths, const PictureFiles &gallery, std::stop_token stop)
{
    Finder finder(gallery, std::move(stop));
    for (const QString &path : paths)
        finder.takePath(path);
    return finder.result();
}

PictureFinds find(const QByteArray &bytes, const PictureFiles &gallery)
{
    Finder finder(gallery, {});
    finder.takeClipboard(bytes);
    return finder.result();
}

bool takeText(FoundPicture &found, const QString &text, const QString &from)
{
    const std::optional<ImageMetadata> metadata = readSidecar(text.toUtf8().left(kMostSidecar), found.header);
    if (!metadata || !recipetext::recipeOf(*metadata))
        return false;
    takeSettings(found, *metadata);
    found.sidecar = from;
    return true;
}

Result<QByteArray> bytesOf(const FoundPicture &found)
{
    const Result<QByteArray> bytes =
        found.path.isEmpty() ? Result<QByteArray>(found.bytes) : contentOf(found.path, kMostBytes, plainfile::Links::Follow);
    if (bytes && hashOf(*bytes) != found.hash)
        return refused(ErrorKind::Conflict, PictureImport::tr("The file has changed since it was looked at."));
    return bytes;
}

Result<Picture> keep(const FoundPicture &found, const PictureFiles &gallery, TimePoint at)
{
    const Result<QByteArray> bytes = bytesOf(found);
    if (!bytes)
        return bytes.error();
    const Result<QImage> small = decodeThumbnail(*bytes, {PictureFiles::kThumbnailSide, PictureFiles::kThumbnailSide});
    if (!small)
        return small.error();
    Picture picture;
    picture.createdAt = at;
    picture.size = found.header.size;
    picture.format = imageFormatSuffix(found.header.format);
    picture.bytes = bytes->size();
    picture.hasCredential = found.hasCredential;
    if (found.recipe) {
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
    const Result<QString> name = gallery.saveOriginal(*bytes, picture.format, at);
    if (!name)
        return name.error();
    picture.file = *name;
    (void)gallery.saveThumbnail(picture.file, *small); // made again when it is missed
    return picture;
}

} // namespace novita::pictureimport
