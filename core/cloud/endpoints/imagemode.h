// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace novita {

/// What a person wants done.
enum class ImageMode : std::uint8_t {
    TextToImage, ImageToImage, Inpaint, Upscale, RemoveBackground, ReplaceBackground, RemoveText, Cleanup, Outpaint, Reimagine,
    MergeFace, ImageToPrompt, TextToVideo, ImageToVideo,
};

const QList<ImageMode> &allImageModes();
QString imageModeName(ImageMode mode); ///< as in endpoint files: "txt2img"
std::optional<ImageMode> imageModeFromName(QStringView name);
QString imageModeLabel(ImageMode mode); ///< translated: "Text → image"

} // namespace novita
