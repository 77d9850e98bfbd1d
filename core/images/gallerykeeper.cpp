// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/gallerykeeper.h"

#include "core/base/logging.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/gallery/originalname.h"
#include "core/gallery/pictureroom.h"
#include "core/imagefile/filmheader.h"
#include "core/imagefile/imagedecoder.h"
#include "core/imagefile/imageheader.h"
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/metadatastripper.h"
#include "core/images/joboptions.h"
#include "core/images/recipetext.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>
#include <memory>

namespace novita {

namespace {

constexpr int kThreads = 2;
constexpr int kMostOfAJob = 64; ///< pictures

} // namespace

/// What the worker needs to know.
struct KeepOrder
{
    ImageJob job;
    ImageResult result;
    int ordinal = 0;
    TimePoint at{};
    PictureFiles files;
    WriteOptions options;
    GenerationEstimate estimate = {};

    /// Named by the job: what a kill, or a write that failed, has left behind is replaced when it is fetched again.
    QUuid id() const
    {
        constexpr QUuid kOurs(0x6f1d0a54, 0x7c0e, 0x4d55, 0x9a, 0x53, 0x1f, 0x0b, 0x7a, 0x3c, 0x2e, 0x88);
        return QUuid::createUuidV5(kOurs, QStringLiteral("%1/%2").arg(job.id.toString()).arg(ordinal));
    }
    Result<QString> save(const QByteArray &bytes, const QString &suffix) const { return files.saveOriginal(bytes, suffix, job.createdAt, id()); }
};

namespace {

/// What the server told; else what it was asked for, which is only true of the first picture: how the next ones are counted is the server's affair.
std::optional<qint64> seedOf(const KeepOrder &keeping)
{
    const qint64 asked = keeping.job.recipe.value(fields::kSeed).toInteger(-1);
    if (keeping.result.seed || keeping.ordinal != 0 || asked < 0)
        return keeping.result.seed;
    return asked;
}

Picture draft(const KeepOrder &keeping)
{
    const QJsonObject &values = keeping.job.recipe;
    Picture picture;
    picture.job = keeping.job.id;
    picture.ordinal = keeping.ordinal;
    picture.createdAt = keeping.at;
    picture.kind = keeping.result.isVideo ? MediaKind::Video : MediaKind::Image;
    picture.endpoint = keeping.job.endpoint;
    picture.model = values.value(fields::kModel).toString(keeping.job.endpoint);
    picture.prompt = values.value(fields::kPrompt).toString();
    picture.promptTemplate = keeping.job.promptTemplate;
    picture.negativePrompt = values.value(fields::kNegativePrompt).toString();
    picture.seed = seedOf(keeping);
    picture.recipe = values;
    constexpr double kLikely = 50; // of 100
    picture.flagged = keeping.result.link.nsfwLikelihood.value_or(0) >= kLikely;
    return picture;
}

/// The suffix of its file; empty for what is no film.
QString filmFormatOf(const QByteArray &bytes)
{
    if (sniffImageFormat(bytes) == ImageFormat::Gif)
        return QStringLiteral("gif");
    switch (sniffFilmFormat(bytes)) {
    case FilmFormat::Mp4: return QStringLiteral("mp4");
    case FilmFormat::WebM: return QStringLiteral("webm");
    case FilmFormat::None: break;
    }
    return {};
}

Result<Picture> keepVideo(const KeepOrder &keeping, const QByteArray &bytes)
{
    const QString format = filmFormatOf(bytes);
    if (format.isEmpty())
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("GalleryKeeper", "The server did not send a video."));
    Picture picture = draft(keeping);
    picture.format = format;
    picture.bytes = bytes.size();
    const Result<QString> name = keeping.save(bytes, picture.format);
    if (!name)
        return name.error();
    picture.file = *name;
    return picture;
}

/// Servers write the prompt into their pictures, too. Where it is not wanted in files it goes, whatever of it could be understood, unless the picture is
/// signed: then no byte may change. What cannot be freed of it is an error, not a file that says what it must not.
Result<QByteArray> withoutForeign(const QByteArray &bytes, const WriteOptions &options)
{
    if (options.prompts)
        return bytes;
    const Result<ImageMetadata> said = readMetadata(bytes);
    if (!said)
        return said.error();
    return said->signedContent ? Result<QByteArray>(bytes) : withoutMetadata(bytes);
}

Result<Picture> keepImage(const KeepOrder &keeping, const QByteArray &bytes)
{
    const Result<ImageHeader> header = readImageHeader(bytes);
    if (!header)
        return header.error();
    if (!header->complete)
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("GalleryKeeper", "The picture was cut short on its way."));
    const Result<QImage> small = decodeThumbnail(bytes, QSize(PictureFiles::kThumbnailSide, PictureFiles::kThumbnailSide));
    if (!small)
        return small.error();
    const Result<QByteArray> clean = withoutForeign(bytes, keeping.options);
    if (!clean)
        return clean.error();
    const recipetext::Making making{keeping.result.submittedAt, keeping.result.completedAt, keeping.estimate};
    const Result<WrittenImage> written = writeMetadata(*clean, recipetext::metadataOf(keeping.job, keeping.result.seed, header->size, making), keeping.options);
    if (!written)
        return written.error();
    Picture picture = draft(keeping);
    picture.size = header->size;
    picture.format = imageFormatSuffix(header->format);
    picture.bytes = written->bytes.size();
    picture.hasCredential = written->outcome == WriteOutcome::Signed;
    const Result<QString> name = keeping.save(written->bytes, picture.format);
    if (!name)
        return name.error();
    picture.file = *name;
    if (written->needsSidecar() && !written->json.isEmpty()) {
        if (const Result<QString> beside = keeping.files.saveSidecar(picture.file, written->json); !beside)
            qCWarning(lcDatabase) << "no sidecar was written:" << beside.error().toLogString();
    }
    (void)keeping.files.saveThumbnail(picture.file, *small); // made again when it is missed
    return picture;
}

/// What save() has written in an earlier run; files are whole, or not there.
std::optional<Picture> savedBefore(KeepOrder keeping)
{
    for (const char *suffix : {"png", "jpeg", "webp", "gif", "mp4", "webm"}) {
        const QString format = QString::fromLatin1(suffix);
        const QString name = originalName(format, keeping.job.createdAt, keeping.id());
        const Result<QByteArray> bytes = keeping.files.read(name, GalleryKeeper::kMostVideoBytes);
        if (!bytes)
            continue;
        const Result<ImageMetadata> said = readMetadata(*bytes);
        const std::optional<Recipe> recipe = said ? recipetext::recipeOf(*said) : std::nullopt;
        if (recipe && recipe->values.value(fields::kSeed).isDouble())
            keeping.result.seed = recipe->values.value(fields::kSeed).toInteger();
        keeping.result.isVideo = !said;
        Picture picture = draft(keeping);
        picture.file = name;
        picture.format = format;
        picture.bytes = bytes->size();
        picture.size = said ? said->header.size : QSize();
        picture.hasCredential = said && said->signedContent;
        // What the check said is not known any more: who asked for it does not want to be surprised.
        picture.flagged = joboptions::fromJson(keeping.job.options).nsfwCheck;
        return picture;
    }
    return std::nullopt;
}

} // namespace

struct GalleryKeeper::Fetch
{
    QPointer<Call<Picture>> out;
    KeepOrder keeping;
    TimePoint expiresAt = TimePoint::max();

    qint64 mostBytes() const { return keeping.result.isVideo ? kMostVideoBytes : kMostImageBytes; }
};

GalleryKeeper::GalleryKeeper(QNetworkAccessManager &links, const Clock &clock, const PictureFiles &files, QObject *parent)
    : QObject(parent), m_downloader(links), m_clock(clock), m_files(files)
{
    m_pool.setMaxThreadCount(kThreads);
}

GalleryKeeper::~GalleryKeeper()
{
    m_pool.waitForDone();
}

/// Carries out `task` in a thread of the pool.
template<typename T>
void GalleryKeeper::work(Call<T> *out, std::function<Result<T>()> task)
{
    m_pool.start([this, out = QPointer<Call<T>>(out), task = std::move(task)] {
        // The keeper outlives its pool: posting to it is safe here.
        QMetaObject::invokeMethod(this, [out, result = std::make_shared<Result<T>>(task())] {
            if (out)
                out->resolve(std::move(*result));
        }, Qt::QueuedConnection);
    });
}

void GalleryKeeper::keepBytes(Call<Picture> *out, const KeepOrder &keeping, const QByteArray &bytes)
{
    out->onFinished(this, [this, id = keeping.id(), size = bytes.size()](const Result<Picture> &picture) {
        if (!picture && picture.error().kind == ErrorKind::Storage)
            m_refused.insert(id, size);
        else
            m_refused.remove(id);
    });
    work<Picture>(out, [keeping, bytes] { return keeping.result.isVideo ? keepVideo(keeping, bytes) : keepImage(keeping, bytes); });
}

Call<Picture> *GalleryKeeper::keep(const ImageJob &job, const ImageResult &result, int ordinal)
{
    auto *call = Call<Picture>::create(this);
    Fetch fetch{call, {job, result, ordinal, m_clock.now(), m_files, m_options, m_estimate ? m_estimate(job) : GenerationEstimate()}};
    if (!result.bytes.isEmpty()) {
        keepBytes(call, fetch.keeping, result.bytes);
        return call;
    }
    if (result.link.address.isEmpty()) {
        call->resolve(Error::make(ErrorKind::Validation, QCoreApplication::translate("GalleryKeeper", "The server has made it, but sent no link by which it can be fetched.")));
        return call;
    }
    if (result.link.lifetime)
        fetch.expiresAt = m_clock.now() + *result.link.lifetime;
    const auto isSooner = [](const Fetch &a, const Fetch &b) { return a.expiresAt < b.expiresAt; };
    m_waiting.insert(std::upper_bound(m_waiting.begin(), m_waiting.end(), fetch, isSooner), fetch);
    admit();
    return call;
}

void GalleryKeeper::admit()
{
    while (!m_waiting.isEmpty() && m_waiting.first().mostBytes() <= m_room) {
        const Fetch next = m_waiting.takeFirst();
        if (next.out && !next.out->isSettled())
            begin(next);
    }
}

void GalleryKeeper::begin(const Fetch &fetch)
{
    m_room -= fetch.mostBytes();
    // Its bytes are in memory until it is over.
    connect(fetch.out, &QObject::destroyed, this, [this, bytes = fetch.mostBytes()] {
        m_room += bytes;
        admit();
    });
    const QPointer<Call<Download>> download = m_downloader.fetch(fetch.keeping.result.link.address, {fetch.mostBytes(), m_patience});
    fetch.out->setCanceler([download] {
        if (download)
            download->cancel();
    });
    download->onFinished(fetch.out, [this, out = fetch.out, keeping = fetch.keeping](const Result<Download> &got) {
        if (got)
            keepBytes(out, keeping, got->bytes);
        else
            out->resolve(got.error());
    });
}

Call<Done> *GalleryKeeper::room(const ImageJob &job, int ordinal)
{
    auto *call = Call<Done>::create(this);
    const QUuid id = KeepOrder{job, {}, ordinal, m_clock.now(), m_files, m_options}.id();
    work<Done>(call, [folder = m_files.folder(), bytes = m_refused.value(id), at = job.createdAt, id] { return checkPictureRoom(folder, bytes, at, id); });
    return call;
}

Call<QList<Picture>> *GalleryKeeper::keptBefore(const ImageJob &job)
{
    auto *call = Call<QList<Picture>>::create(this);
    work<QList<Picture>>(call, [keeping = KeepOrder{job, {}, 0, m_clock.now(), m_files, m_options}]() -> Result<QList<Picture>> {
        QList<Picture> pictures;
        KeepOrder one = keeping;
        for (; one.ordinal < std::clamp(one.job.expected, 1, kMostOfAJob); ++one.ordinal) {
            if (const std::optional<Picture> picture = savedBefore(one))
                pictures.append(*picture);
        }
        return pictures;
    });
    return call;
}

Call<InputImages> *GalleryKeeper::inputs(const ImageJob &job)
{
    if (job.inputs.isEmpty())
        return Call<InputImages>::settledWith(InputImages(), this);
    auto *call = Call<InputImages>::create(this);
    work<InputImages>(call, [inputs = job.inputs, files = m_files]() -> Result<InputImages> {
        InputImages images;
        for (auto input = inputs.begin(); input != inputs.end(); ++input) {
            const Result<QByteArray> bytes = files.read(input.value().toString(), kMostImageBytes);
            if (!bytes)
                return bytes.error();
            const Result<ImageHeader> header = readImageHeader(*bytes);
            if (!header)
                return header.error();
            images.insert(input.key(), {*bytes, imageFormatSuffix(header->format), header->size.width(), header->size.height(), {}});
        }
        return images;
    });
    return call;
}

} // namespace novita
