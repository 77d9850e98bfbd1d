// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/types/imagemodel.h"

#include "core/base/displaytext.h"
#include "core/cloud/types/common.h"

#include <algorithm>
#include <array>

namespace novita {

namespace {

constexpr qsizetype kMostNameChars = 300;

struct TypeName
{
    ImageModelType type;
    QLatin1String wire;
};

constexpr std::array kTypes{TypeName{ImageModelType::Checkpoint, QLatin1String("checkpoint")}, TypeName{ImageModelType::Lora, QLatin1String("lora")},
                            TypeName{ImageModelType::Vae, QLatin1String("vae")}, TypeName{ImageModelType::ControlNet, QLatin1String("controlnet")},
                            TypeName{ImageModelType::Upscaler, QLatin1String("upscaler")},
                            TypeName{ImageModelType::Embedding, QLatin1String("textualinversion")}};

QString boundedName(const QString &name)
{
    return name.size() <= kMostNameChars ? name : QString();
}

QString withoutExtension(const QString &fileName)
{
    for (const QLatin1String ending : {QLatin1String(".safetensors"), QLatin1String(".ckpt"), QLatin1String(".pt"), QLatin1String(".bin")}) {
        if (fileName.endsWith(ending, Qt::CaseInsensitive))
            return fileName.chopped(ending.size());
    }
    return fileName;
}

} // namespace

QString imageModelTypeToWire(ImageModelType type)
{
    for (const TypeName &known : kTypes) {
        if (known.type == type)
            return known.wire;
    }
    return {};
}

ImageModelType imageModelTypeFromWire(QStringView wire)
{
    for (const TypeName &known : kTypes) {
        if (wire.compare(known.wire, Qt::CaseInsensitive) == 0)
            return known.type;
    }
    for (const QLatin1String kin : {QLatin1String("locon"), QLatin1String("lycoris"), QLatin1String("dora")}) {
        if (wire.compare(kin, Qt::CaseInsensitive) == 0)
            return ImageModelType::Lora;
    }
    // The official JavaScript package spells it so.
    return wire.compare(QLatin1String("text_inversion"), Qt::CaseInsensitive) == 0 ? ImageModelType::Embedding : ImageModelType::Unknown;
}

ModelBase modelBaseFromText(QStringView text)
{
    const QString plain = text.toString().toLower().remove(QLatin1Char(' ')).remove(QLatin1Char('.'));
    if (plain.isEmpty())
        return ModelBase::Unknown;
    if (plain.startsWith(QLatin1String("sdxl")) || plain == QLatin1String("pony") || plain == QLatin1String("illustrious") || plain == QLatin1String("noobai"))
        return ModelBase::Sdxl;
    if (plain.startsWith(QLatin1String("sd1")))
        return ModelBase::Sd15;
    if (plain.startsWith(QLatin1String("sd2")))
        return ModelBase::Sd2;
    return ModelBase::Other;
}

bool ImageModel::isInpainting() const
{
    return baseModelType.compare(QLatin1String("inpainting"), Qt::CaseInsensitive) == 0;
}

QString ImageModel::requestName() const
{
    const bool byApiName = type == ImageModelType::Lora || type == ImageModelType::Embedding;
    const QString &first = byApiName ? apiName : fileName;
    return first.isEmpty() ? (byApiName ? fileName : apiName) : first;
}

QString ImageModel::label() const
{
    const QString file = requestName();
    return displayName(file.isEmpty() ? name : withoutExtension(file), id.toString());
}

ImageModel decodeImageModel(const JsonReader &reader)
{
    ImageModel model;
    model.id = ImageModelId(reader.string(QLatin1String("id")));
    model.name = displayLine(reader.string(QLatin1String("name")));
    model.fileName = boundedName(reader.string(QLatin1String("sd_name")));
    model.apiName = boundedName(reader.string(QLatin1String("sd_name_in_api")));
    model.typeText = displayLine(reader.object(QLatin1String("type")).string(QLatin1String("name")), 64);
    model.type = imageModelTypeFromWire(model.typeText);
    model.usable = reader.integer(QLatin1String("status")).value_or(1) == 1;
    const QStringList tags = reader.strings(QLatin1String("tags"));
    for (const QString &tag : tags.first(std::min(tags.size(), ImageModel::kMostTags)))
        model.tags.append(displayLine(tag, 64));
    model.cover = webAddress(reader.string(QLatin1String("cover_url")));
    model.source = displayLine(reader.string(QLatin1String("source")), 64);
    model.baseModel = displayLine(reader.string(QLatin1String("base_model")), 64);
    model.baseModelType = displayLine(reader.string(QLatin1String("base_model_type")), 64);
    model.base = modelBaseFromText(model.baseModel);
    if (model.base == ModelBase::Unknown && reader.boolean(QLatin1String("is_sdxl")).value_or(false))
        model.base = ModelBase::Sdxl;
    model.nsfw = reader.boolean(QLatin1String("is_nsfw"));
    model.hash = displayLine(reader.string(QLatin1String("hash_sha256")), 64);
    return model;
}

} // namespace novita
