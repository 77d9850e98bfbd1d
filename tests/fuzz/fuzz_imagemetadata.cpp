// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imagefile/imagedecoder.h"
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/metadatastripper.h"
#include "core/imagefile/metadatawriter.h"
#include "core/imagefile/parameterstext.h"
#include "core/imagefile/toolforms.h"
#include "fuzztarget.h"

#include <QJsonDocument>

using namespace novita;

// A picture as it came from anywhere, and the texts in it. Whatever it is, reading stays within its bounds; what is written
// into it is read again, and nothing is written where that could not be.

namespace {

// So small that decoding, which is others' code, does not take the time of everything else.
constexpr DecodeLimits kSmall{.maxBytes = 64 * 1024, .maxSide = 256, .maxPixels = 16'384, .maxAllocation = 128 * 1024, .maxScans = 4};

void checkParameters(const ImageParameters &parameters)
{
    require(parameters.pairs.size() <= 128 && parameters.loras.size() <= 64, "bounds of the parameters");
    for (qsizetype i = 0; i < parameters.pairs.size(); ++i) {
        for (qsizetype j = 0; j < i; ++j)
            require(parameters.pairs.at(i).key != parameters.pairs.at(j).key, "a key once");
    }
}

void checkText(const QString &text)
{
    const ImageParameters read = fromParametersText(text);
    checkParameters(read);
    require(read.raw == text, "the raw text");
    require(promptWithoutLoras(text).size() <= text.size(), "a prompt without its LoRAs");
    // Once written, the text is in its normal form, and stays so.
    const QString once = toParametersText(read);
    const ImageParameters again = fromParametersText(once);
    require(again.pairs.size() >= 3, "three pairs on the last line");
    require(toParametersText(again) == once, "the text of the parameters of a text");
}

void checkForms(const QByteArray &bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    for (auto *read : {fromInvokeAi, fromOldInvokeAi, fromSwarmUi, fromFooocus, fromComfyPrompt, fromComfyWorkflow}) {
        if (const auto parameters = read(json))
            checkParameters(*parameters);
    }
    if (const auto parameters = fromNovelAi(json, QStringLiteral("a fox")))
        checkParameters(*parameters);
}

void checkStripped(const QByteArray &bytes)
{
    const Result<QByteArray> bare = withoutMetadata(bytes);
    if (!bare)
        return;
    const Result<ImageMetadata> read = readMetadata(*bare);
    require(read && read->header.complete && !read->signedContent, "what is stripped is a whole picture");
    require(read->texts.isEmpty() && read->json.isEmpty(), "without texts");
    require(*withoutMetadata(*bare) == *bare, "nothing is left to be taken out");
}

void checkPicture(const QByteArray &bytes)
{
    const Result<ImageMetadata> before = readMetadata(bytes);
    MetadataToWrite metadata;
    metadata.parameters.prompt = QStringLiteral("a harbour");
    metadata.parameters.setValue(QStringLiteral("Seed"), QStringLiteral("42"));
    metadata.json.insert(QStringLiteral("taskId"), QStringLiteral("t-1"));
    metadata.source = DigitalSource::TrainedAlgorithmicMedia;
    const Result<WrittenImage> image = writeMetadata(bytes, metadata);
    const Result<QImage> decoded = decodeImage(bytes, kSmall);
    if (!before) {
        require(!before.error().message.isEmpty(), "a refusal has a sentence");
        require(!image && !decoded, "what has no structure is neither written nor decoded");
        return;
    }
    checkParameters(before->parameters);
    require(!before->header.size.isEmpty(), "a picture has a size");
    require(before->texts.size() <= 2 * imagelimits::kTexts + 1, "number of texts");
    require(decoded.ok() || !decoded.error().message.isEmpty(), "a refusal has a sentence");
    require(!decoded || qint64(decoded->width()) * decoded->height() <= kSmall.maxPixels, "size of what was decoded");
    if (!image)
        return;
    require(image->outcome == WriteOutcome::Written || image->bytes == bytes, "untouched unless written");
    require(!before->signedContent || image->outcome != WriteOutcome::Written, "nothing is written into signed bytes");
    if (image->outcome != WriteOutcome::Written)
        return;
    const Result<ImageMetadata> after = readMetadata(image->bytes);
    require(after && after->header.complete, "what was written is a whole picture");
    require(after->header.size == before->header.size, "of the same size");
    require(after->json == metadata.json, "our JSON comes back");
    require(after->parameters.raw == image->parametersText, "the text comes back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    checkPicture(bytes);
    checkStripped(bytes);
    checkText(QString::fromUtf8(bytes));
    checkForms(bytes);
    return 0;
}
