// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imagefile/imageparameters.h"

#include <QByteArray>
#include <QJsonObject>

namespace novita {

/// IPTC's word for how a picture came about. It is a label, not a proof: it is not signed.
enum class DigitalSource {
    Unstated,
    TrainedAlgorithmicMedia,              ///< made by a model from text
    CompositeWithTrainedAlgorithmicMedia, ///< made by a model from another picture: image to image, inpainting
};

struct MetadataToWrite
{
    ImageParameters parameters;
    QJsonObject json; ///< our own: request, task, model, wildcard template and expanded text, cost, timings
    DigitalSource source = DigitalSource::Unstated;
};

/// What of it is wanted in the file.
struct WriteOptions
{
    bool parameters = true; ///< AUTOMATIC1111's text
    bool json = true;       ///< our JSON
    bool source = true;     ///< DigitalSourceType
    bool prompts = true;    ///< false: neither text nor JSON says what was asked for

    static WriteOptions nothing() { return {false, false, false, false}; }
    static WriteOptions withoutPrompt() { return {true, true, true, false}; }
};

/// How far writing came. For all but Written and NothingWanted the caller keeps the texts in a file beside the picture.
enum class WriteOutcome {
    Written,
    NothingWanted,
    Signed,      ///< a C2PA credential is present: a changed byte would make it read as tampered
    OtherFormat, ///< a format into which nothing is written (GIF)
    NoRoom,      ///< more than the format or a reader takes, or metadata are there that cannot be added to
};

struct WrittenImage
{
    QByteArray bytes; ///< the picture; the very bytes that were given unless `outcome` is Written
    WriteOutcome outcome = WriteOutcome::NothingWanted;
    QString parametersText = {}; ///< what was, or would have been, written: the content of a sidecar .txt
    QByteArray json = {};        ///< … of a sidecar .json

    bool needsSidecar() const { return outcome != WriteOutcome::Written && outcome != WriteOutcome::NothingWanted; }
    QString sentence() const; ///< why there is a sidecar; empty when there is none
};

/// Puts metadata into a picture and leaves every other byte alone: the pixels are not decoded.
///
/// | | AUTOMATIC1111's text | our JSON | DigitalSourceType |
/// |---|---|---|---|
/// | PNG | chunk `parameters` | chunk `novita_desktop` | XMP in `iTXt` |
/// | JPEG, WebP | EXIF UserComment, UTF-16 big-endian behind "UNICODE\0" as the WebUI writes it | XMP `novita_desktop:json` | XMP |
///
/// JSON lies in XMP there, since UserComment is taken, a JPEG comment does not exist in WebP, and exiftool shows any XMP property.
/// A key that the picture had is replaced, never doubled; a DigitalSourceType that it had stays, and so does what other programs wrote
/// under other keys, whatever the options leave out.
///
/// Never written, whatever the caller passes: registered secrets and members of secret names, keys, the query of any URL (it may be a
/// signature), folders of this computer in paths, pictures inside JSON (data URLs, long base64).
///
/// Errors: no picture, one cut short or of a broken structure. Pure; any thread.
Result<WrittenImage> writeMetadata(const QByteArray &bytes, const MetadataToWrite &metadata, const WriteOptions &options = {});

} // namespace novita
