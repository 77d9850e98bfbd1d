// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagemetadata.h"

#include "core/imagefile/exifblock.h"
#include "core/imagefile/jpegfile.h"
#include "core/imagefile/parameterstext.h"
#include "core/imagefile/pngfile.h"
#include "core/imagefile/toolforms.h"
#include "core/imagefile/webpfile.h"
#include "core/imagefile/xmppacket.h"

#include <QJsonDocument>

#include <algorithm>
#include <optional>

namespace novita {

namespace {

/// What lies in the file before anybody asks what it means.
struct EmbeddedTexts
{
    QList<ImageText> texts;
    QByteArrayView exif;
    QByteArrayView xmp;
    bool signedContent = false;
};

Result<EmbeddedTexts> embeddedTexts(const QByteArray &bytes, ImageFormat format)
{
    EmbeddedTexts found;
    if (format == ImageFormat::Png) {
        const Result<PngLayout> png = readPngLayout(bytes);
        if (!png)
            return png.error();
        found.texts = readPngTexts(bytes, *png);
        found.exif = pngChunkData(bytes, *png, pngType("eXIf"));
        found.signedContent = png->signedContent;
    } else if (format == ImageFormat::Jpeg) {
        const Result<JpegLayout> jpeg = readJpegLayout(bytes);
        if (!jpeg)
            return jpeg.error();
        found = {jpegComments(bytes, *jpeg), jpegExif(bytes, *jpeg), jpegXmp(bytes, *jpeg), jpeg->signedContent};
    } else if (format == ImageFormat::WebP) {
        const Result<WebPLayout> webp = readWebPLayout(bytes);
        if (!webp)
            return webp.error();
        found = {{}, webpExif(bytes, *webp), webpXmp(bytes, *webp), webp->signedContent};
    }
    return found;
}

QString textFor(const QList<ImageText> &texts, const char *key)
{
    const auto found = std::find_if(texts.begin(), texts.end(), [&](const ImageText &text) { return text.key == QLatin1String(key); });
    return found == texts.end() ? QString() : found->text;
}

QJsonObject jsonFor(const QList<ImageText> &texts, const char *key)
{
    const QString text = textFor(texts, key).trimmed();
    if (!text.startsWith(u'{'))
        return {};
    QByteArray json = text.toUtf8();
    // ComfyUI writes what Python calls JSON.
    json.replace(": NaN", ": null").replace("[NaN", "[null").replace(": Infinity", ": null").replace(": -Infinity", ": null");
    return QJsonDocument::fromJson(json).object();
}

/// ComfyUI keeps its graph in an EXIF tag of WebP files, behind its name: "prompt:{…}".
void splitNamedExif(QList<ImageText> &texts)
{
    const QList<ImageText> had = texts;
    for (const ImageText &text : had) {
        for (const QLatin1String name : {QLatin1String("prompt"), QLatin1String("workflow")}) {
            if (text.text.startsWith(name + QLatin1String(":{"), Qt::CaseInsensitive))
                texts.append({name, text.text.sliced(name.size() + 1)});
        }
    }
}

void take(ImageMetadata &metadata, ImageTool tool, std::optional<ImageParameters> parameters, const QString &raw)
{
    if (metadata.tool != ImageTool::None || !parameters)
        return;
    parameters->raw = raw;
    metadata.tool = tool;
    metadata.parameters = *std::move(parameters);
}

/// The text under `parameters` or in UserComment is in one of three forms.
void takeParametersText(ImageMetadata &metadata, const char *key)
{
    const QString text = textFor(metadata.texts, key);
    if (text.trimmed().isEmpty())
        return;
    const QJsonObject json = jsonFor(metadata.texts, key);
    if (json.contains(QLatin1String("sui_image_params"))) {
        take(metadata, ImageTool::SwarmUi, fromSwarmUi(json), text);
    } else if (!json.isEmpty()) {
        take(metadata, ImageTool::Fooocus, fromFooocus(json), text);
    } else {
        const ImageParameters parameters = fromParametersText(text);
        // Anything can stand in a comment; the line of pairs tells this form.
        if (!parameters.pairs.isEmpty() || QLatin1String(key) == QLatin1String("parameters"))
            take(metadata, ImageTool::WebUi, parameters, text);
    }
}

void recognise(ImageMetadata &metadata)
{
    const QList<ImageText> &texts = metadata.texts;
    // First the places where we write: whatever else is there is older.
    takeParametersText(metadata, "parameters");
    takeParametersText(metadata, "UserComment");
    take(metadata, ImageTool::InvokeAi, fromInvokeAi(jsonFor(texts, "invokeai_metadata")), textFor(texts, "invokeai_metadata"));
    take(metadata, ImageTool::InvokeAi, fromOldInvokeAi(jsonFor(texts, "sd-metadata")), textFor(texts, "sd-metadata"));
    take(metadata, ImageTool::ComfyUi, fromComfyPrompt(jsonFor(texts, "prompt")), textFor(texts, "prompt"));
    take(metadata, ImageTool::ComfyUi, fromComfyWorkflow(jsonFor(texts, "workflow")), textFor(texts, "workflow"));
    if (textFor(texts, "Software").startsWith(QLatin1String("NovelAI")))
        take(metadata, ImageTool::NovelAi, fromNovelAi(jsonFor(texts, "Comment"), textFor(texts, "Description")), textFor(texts, "Comment"));
    if (!metadata.json.isEmpty())
        metadata.tool = ImageTool::Ours;
}

} // namespace

QString imageToolName(ImageTool tool)
{
    switch (tool) {
    case ImageTool::None: return {};
    case ImageTool::Ours: return QStringLiteral("Novita Console");
    case ImageTool::WebUi: return QStringLiteral("Stable Diffusion WebUI");
    case ImageTool::InvokeAi: return QStringLiteral("InvokeAI");
    case ImageTool::ComfyUi: return QStringLiteral("ComfyUI");
    case ImageTool::SwarmUi: return QStringLiteral("SwarmUI");
    case ImageTool::Fooocus: return QStringLiteral("Fooocus");
    case ImageTool::NovelAi: return QStringLiteral("NovelAI");
    }
    return {};
}

Result<ImageMetadata> readMetadata(const QByteArray &bytes)
{
    const Result<ImageHeader> header = readImageHeader(bytes);
    if (!header)
        return header.error();
    const Result<EmbeddedTexts> found = embeddedTexts(bytes, header->format);
    if (!found)
        return found.error();
    ImageMetadata metadata{.header = *header, .texts = found->texts, .signedContent = found->signedContent};
    metadata.texts += readExifTexts(found->exif);
    splitNamedExif(metadata.texts);
    QString ownJson = textFor(metadata.texts, kOwnJsonKey);
    if (!found->xmp.isEmpty() && found->xmp.size() <= imagelimits::kXmpBytes) {
        metadata.texts.append({QString::fromLatin1(kPngXmpKey), QString::fromUtf8(found->xmp)});
        ownJson = readXmp(found->xmp).ownJson;
    }
    metadata.json = QJsonDocument::fromJson(ownJson.toUtf8()).object();
    recognise(metadata);
    return metadata;
}

} // namespace novita
