// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/imagemode.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace novita {

namespace {

struct ModeInfo
{
    ImageMode mode;
    QLatin1String name;
    const char *label;
};

constexpr std::array kModes{
    ModeInfo{ImageMode::TextToImage, QLatin1String("txt2img"), QT_TRANSLATE_NOOP("ImageMode", "Text → image")},
    ModeInfo{ImageMode::ImageToImage, QLatin1String("img2img"), QT_TRANSLATE_NOOP("ImageMode", "Image → image")},
    ModeInfo{ImageMode::Inpaint, QLatin1String("inpaint"), QT_TRANSLATE_NOOP("ImageMode", "Inpaint")},
    ModeInfo{ImageMode::Upscale, QLatin1String("upscale"), QT_TRANSLATE_NOOP("ImageMode", "Upscale")},
    ModeInfo{ImageMode::RemoveBackground, QLatin1String("remove-background"), QT_TRANSLATE_NOOP("ImageMode", "Remove background")},
    ModeInfo{ImageMode::ReplaceBackground, QLatin1String("replace-background"), QT_TRANSLATE_NOOP("ImageMode", "Replace background")},
    ModeInfo{ImageMode::RemoveText, QLatin1String("remove-text"), QT_TRANSLATE_NOOP("ImageMode", "Remove text")},
    ModeInfo{ImageMode::Cleanup, QLatin1String("cleanup"), QT_TRANSLATE_NOOP("ImageMode", "Clean up")},
    ModeInfo{ImageMode::Outpaint, QLatin1String("outpaint"), QT_TRANSLATE_NOOP("ImageMode", "Outpaint")},
    ModeInfo{ImageMode::Reimagine, QLatin1String("reimagine"), QT_TRANSLATE_NOOP("ImageMode", "Reimagine")},
    ModeInfo{ImageMode::MergeFace, QLatin1String("merge-face"), QT_TRANSLATE_NOOP("ImageMode", "Merge face")},
    ModeInfo{ImageMode::ImageToPrompt, QLatin1String("img2prompt"), QT_TRANSLATE_NOOP("ImageMode", "Image → prompt")},
    ModeInfo{ImageMode::TextToVideo, QLatin1String("txt2video"), QT_TRANSLATE_NOOP("ImageMode", "Text → video")},
    ModeInfo{ImageMode::ImageToVideo, QLatin1String("img2video"), QT_TRANSLATE_NOOP("ImageMode", "Image → video")},
};

const ModeInfo &infoOf(ImageMode mode)
{
    return *std::find_if(kModes.begin(), kModes.end() - 1, [mode](const ModeInfo &info) { return info.mode == mode; });
}

} // namespace

const QList<ImageMode> &allImageModes()
{
    static const QList<ImageMode> modes = [] {
        QList<ImageMode> all;
        for (const ModeInfo &info : kModes)
            all.append(info.mode);
        return all;
    }();
    return modes;
}

QString imageModeName(ImageMode mode)
{
    return infoOf(mode).name;
}

std::optional<ImageMode> imageModeFromName(QStringView name)
{
    const auto found = std::find_if(kModes.begin(), kModes.end(), [name](const ModeInfo &info) { return name == info.name; });
    return found == kModes.end() ? std::nullopt : std::optional(found->mode);
}

QString imageModeLabel(ImageMode mode)
{
    return QCoreApplication::translate("ImageMode", infoOf(mode).label);
}

} // namespace novita
