// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/jsonreader.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <cstdint>
#include <optional>

namespace novita {

/// `type.name` of the catalogue. The set is open: "locon" and kin count as LoRA, anything else is Unknown with its text.
enum class ImageModelType : std::uint8_t { Checkpoint, Lora, Vae, ControlNet, Upscaler, Embedding, Unknown };

QString imageModelTypeToWire(ImageModelType type); ///< the value of filter.types; "" for Unknown
ImageModelType imageModelTypeFromWire(QStringView wire);

/// The families of Stable Diffusion that decide which parts fit together.
enum class ModelBase : std::uint8_t { Unknown, Sd15, Sd2, Sdxl, Other };

ModelBase modelBaseFromText(QStringView text); ///< "SD 1.5", "SDXL 1.0", "Pony"; empty gives Unknown

/// One entry of GET /v3/model.
struct ImageModel
{
    ImageModelId id;
    QString name;                ///< often a mere version label; not unique
    QString fileName;            ///< sd_name: names checkpoints and VAEs in requests
    QString apiName;             ///< sd_name_in_api: names LoRAs and embeddings in requests
    ImageModelType type = ImageModelType::Unknown;
    QString typeText;
    bool usable = true;          ///< status 1; true when the answer does not say
    QStringList tags;            ///< at most kMostTags
    QUrl cover;                  ///< preview; may be empty
    QString source;              ///< "civitai", "training", "uploading" or empty
    QString baseModel;           ///< "SDXL 1.0"
    QString baseModelType;       ///< "Standard", "Inpainting"
    ModelBase base = ModelBase::Unknown; ///< of is_sdxl and baseModel
    std::optional<bool> nsfw;
    QString hash;                ///< beginning of the file's SHA-256

    static constexpr qsizetype kMostTags = 64;

    bool operator==(const ImageModel &) const = default;

    bool isInpainting() const;
    /// What a request calls it: `apiName` for LoRAs and embeddings, else `fileName`; the other one where that is empty.
    QString requestName() const;
    /// A line to show: file name without its extension, else the name, else the id.
    QString label() const;
};

ImageModel decodeImageModel(const JsonReader &reader);

/// Which models to list; what is unset does not narrow.
struct ImageModelQuery
{
    ImageModelType type = ImageModelType::Unknown;
    QString text;                       ///< substring of names and tags
    QString visibility;                 ///< "public" or "private"
    QString source;                     ///< "civitai", "training", "uploading"
    std::optional<bool> sdxl;
    std::optional<bool> inpainting;

    bool operator==(const ImageModelQuery &) const = default;
};

} // namespace novita
