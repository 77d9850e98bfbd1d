// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/imagefile/imageheader.h"
#include "core/imagefile/imageparameters.h"
#include "core/imagefile/imagetext.h"

#include <QJsonObject>

namespace novita {

/// Which program wrote what could be read.
enum class ImageTool {
    None,    ///< nothing that is known
    Ours,    ///< our JSON is there
    WebUi,   ///< AUTOMATIC1111's text, also of Forge, Krita and others that write it
    InvokeAi,
    ComfyUi,
    SwarmUi,
    Fooocus,
    NovelAi,
};

/// Name for people; a proper name, empty for None.
QString imageToolName(ImageTool tool);

/// The key of our JSON: keyword in PNG, property and prefix in XMP (see writeMetadata()).
inline constexpr char kOwnJsonKey[] = "novita_desktop";

/// Everything that one picture says about itself. All of it comes from outside.
struct ImageMetadata
{
    ImageHeader header = {};
    ImageTool tool = ImageTool::None;
    ImageParameters parameters = {}; ///< empty when no form was recognised
    QJsonObject json = {};           ///< ours (`novita_desktop`), or empty
    QList<ImageText> texts = {};     ///< every text as it stands, for showing raw; XMP under kPngXmpKey
    bool signedContent = false;      ///< a C2PA credential is present; it was not verified
};

/// Reads PNG, JPEG and WebP: text chunks, EXIF, XMP; then the forms of AUTOMATIC1111, InvokeAI, ComfyUI, SwarmUI, Fooocus, NovelAI and ours. A
/// picture without metadata, or one cut short, is no error; bytes that are no picture are (see readImageHeader()). Bounded by
/// imagelimits. Pure; any thread.
Result<ImageMetadata> readMetadata(const QByteArray &bytes);

} // namespace novita
