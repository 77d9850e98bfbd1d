// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/metadatawriter.h"

#include "core/imagefile/exifblock.h"
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/jpegfile.h"
#include "core/imagefile/parameterstext.h"
#include "core/imagefile/pngfile.h"
#include "core/imagefile/shareabletext.h"
#include "core/imagefile/webpfile.h"
#include "core/imagefile/xmppacket.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <optional>

namespace novita {

namespace {

constexpr qsizetype kMostJson = 1024 * 1024;
constexpr char kParametersKey[] = "parameters";

/// The three things as they go into the file; each may be empty.
struct Texts
{
    QString parameters;
    QByteArray json;
    QString source;

    bool isEmpty() const { return parameters.isEmpty() && json.isEmpty() && source.isEmpty(); }
};

QString sourceTerm(DigitalSource source)
{
    switch (source) {
    case DigitalSource::Unstated: return {};
    case DigitalSource::TrainedAlgorithmicMedia: return QStringLiteral("trainedAlgorithmicMedia");
    case DigitalSource::CompositeWithTrainedAlgorithmicMedia: return QStringLiteral("compositeWithTrainedAlgorithmicMedia");
    }
    return {};
}

QString parametersText(ImageParameters parameters, bool prompts)
{
    if (!prompts) {
        // LoRAs are written into the prompt; without it they have no place.
        parameters.prompt.clear();
        parameters.negativePrompt.clear();
        parameters.loras.clear();
    }
    if (parameters.isEmpty())
        return {};
    parameters.prompt = shareableText(parameters.prompt);
    parameters.negativePrompt = shareableText(parameters.negativePrompt);
    for (ParameterPair &pair : parameters.pairs)
        pair.value = shareableText(pair.value);
    for (LoraUse &lora : parameters.loras)
        lora.name = shareableText(lora.name);
    return toParametersText(parameters);
}

Texts textsOf(const MetadataToWrite &metadata, const WriteOptions &options)
{
    Texts texts;
    if (options.parameters)
        texts.parameters = parametersText(metadata.parameters, options.prompts);
    const QJsonObject json = options.json ? shareableJson(metadata.json, options.prompts) : QJsonObject();
    if (!json.isEmpty())
        texts.json = QJsonDocument(json).toJson(QJsonDocument::Compact);
    if (options.source)
        texts.source = sourceTerm(metadata.source);
    return texts;
}

/// The picture with the texts, or nothing when they do not fit.
std::optional<QByteArray> writtenPng(const QByteArray &bytes, const PngLayout &layout, const Texts &texts)
{
    QList<ImageText> chunks;
    if (!texts.parameters.isEmpty())
        chunks.append({QString::fromLatin1(kParametersKey), texts.parameters});
    if (!texts.json.isEmpty())
        chunks.append({QString::fromLatin1(kOwnJsonKey), QString::fromUtf8(texts.json)});
    if (!texts.source.isEmpty()) {
        const QList<ImageText> had = readPngTexts(bytes, layout);
        const auto old = std::find_if(had.begin(), had.end(), [](const ImageText &text) { return text.key == QLatin1String(kPngXmpKey); });
        const QByteArray packet = old == had.end() ? QByteArray() : old->text.toUtf8();
        const Result<QByteArray> xmp = xmpWith(packet, {.digitalSource = texts.source, .ownJson = {}});
        if (!xmp)
            return std::nullopt;
        chunks.append({QString::fromLatin1(kPngXmpKey), QString::fromUtf8(*xmp)});
    }
    return pngWithTexts(bytes, layout, chunks);
}

/// EXIF and XMP of a JPEG or WebP with the texts in them; null where nothing changes.
struct Blocks
{
    QByteArray exif;
    QByteArray xmp;
};

std::optional<Blocks> blocksWith(QByteArrayView exif, QByteArrayView xmp, const Texts &texts)
{
    Blocks blocks;
    if (!texts.parameters.isEmpty()) {
        const Result<QByteArray> block = exifWithUserComment(exif, texts.parameters);
        if (!block)
            return std::nullopt;
        blocks.exif = *block;
    }
    if (!texts.json.isEmpty() || !texts.source.isEmpty()) {
        const Result<QByteArray> packet = xmpWith(xmp, {.digitalSource = texts.source, .ownJson = QString::fromUtf8(texts.json)});
        if (!packet)
            return std::nullopt;
        blocks.xmp = *packet;
    }
    return blocks;
}

std::optional<QByteArray> writtenJpeg(const QByteArray &bytes, const JpegLayout &layout, const Texts &texts)
{
    const std::optional<Blocks> blocks = blocksWith(jpegExif(bytes, layout), jpegXmp(bytes, layout), texts);
    if (!blocks || blocks->exif.size() > kMostJpegExif || blocks->xmp.size() > kMostJpegXmp)
        return std::nullopt;
    return jpegWithBlocks(bytes, layout, blocks->exif, blocks->xmp);
}

std::optional<QByteArray> writtenWebP(const QByteArray &bytes, const WebPLayout &layout, const Texts &texts)
{
    const std::optional<Blocks> blocks = blocksWith(webpExif(bytes, layout), webpXmp(bytes, layout), texts);
    if (!blocks)
        return std::nullopt;
    return webpWithBlocks(bytes, layout, blocks->exif, blocks->xmp);
}

/// Reads the layout, stands down before a credential, and writes.
template<typename Layout>
Result<WrittenImage> writeInto(WrittenImage image, const Texts &texts, Result<Layout> (*read)(const QByteArray &),
                               std::optional<QByteArray> (*write)(const QByteArray &, const Layout &, const Texts &))
{
    const Result<Layout> layout = read(image.bytes);
    if (!layout)
        return layout.error();
    if (layout->signedContent) {
        image.outcome = WriteOutcome::Signed;
        return image;
    }
    const std::optional<QByteArray> written = texts.json.size() > kMostJson ? std::nullopt : write(image.bytes, *layout, texts);
    image.outcome = written ? WriteOutcome::Written : WriteOutcome::NoRoom;
    if (written)
        image.bytes = *written;
    return image;
}

} // namespace

QString WrittenImage::sentence() const
{
    const char *text = nullptr;
    switch (outcome) {
    case WriteOutcome::Written:
    case WriteOutcome::NothingWanted: return {};
    case WriteOutcome::Signed:
        text = QT_TRANSLATE_NOOP("ImageFile", "The picture carries a signed credential (C2PA) and stays untouched; its parameters are in a file beside it.");
        break;
    case WriteOutcome::OtherFormat:
        text = QT_TRANSLATE_NOOP("ImageFile", "Parameters are not written into pictures of this format; they are in a file beside it.");
        break;
    case WriteOutcome::NoRoom:
        text = QT_TRANSLATE_NOOP("ImageFile", "The parameters do not fit into the picture's own metadata; they are in a file beside it.");
        break;
    }
    return QCoreApplication::translate("ImageFile", text);
}

Result<WrittenImage> writeMetadata(const QByteArray &bytes, const MetadataToWrite &metadata, const WriteOptions &options)
{
    const Result<ImageHeader> header = readImageHeader(bytes);
    if (!header)
        return header.error();
    const Texts texts = textsOf(metadata, options);
    WrittenImage image{.bytes = bytes, .parametersText = texts.parameters, .json = texts.json};
    if (texts.isEmpty())
        return image;
    if (!header->complete && header->format != ImageFormat::Gif)
        return Error::protocol(ProtocolFault::Unreadable, QCoreApplication::translate("ImageFile",
                                                                      "The picture is cut short; nothing was written into it."));
    switch (header->format) {
    case ImageFormat::Png: return writeInto(image, texts, readPngLayout, writtenPng);
    case ImageFormat::Jpeg: return writeInto(image, texts, readJpegLayout, writtenJpeg);
    case ImageFormat::WebP: return writeInto(image, texts, readWebPLayout, writtenWebP);
    case ImageFormat::Gif:
    case ImageFormat::Unknown: break;
    }
    image.outcome = WriteOutcome::OtherFormat;
    return image;
}

} // namespace novita
