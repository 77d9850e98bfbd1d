// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modelwords.h"

#include "ui/format.h"

#include <QCoreApplication>

namespace novita::modelwords {

namespace {

struct ModelPickerWords
{
    Q_DECLARE_TR_FUNCTIONS(ModelPicker)
};

} // namespace

QString type(ImageModelType type)
{
    switch (type) {
    case ImageModelType::Checkpoint: return ModelPickerWords::tr("Checkpoint");
    case ImageModelType::Lora: return ModelPickerWords::tr("LoRA");
    case ImageModelType::Vae: return ModelPickerWords::tr("VAE");
    case ImageModelType::ControlNet: return ModelPickerWords::tr("ControlNet");
    case ImageModelType::Upscaler: return ModelPickerWords::tr("Upscaler");
    case ImageModelType::Embedding: return ModelPickerWords::tr("Embedding");
    case ImageModelType::Unknown: break;
    }
    return ModelPickerWords::tr("Model");
}

QString types(ImageModelType type)
{
    switch (type) {
    case ImageModelType::Checkpoint: return ModelPickerWords::tr("Checkpoints");
    case ImageModelType::Lora: return ModelPickerWords::tr("LoRAs");
    case ImageModelType::Vae: return ModelPickerWords::tr("VAEs");
    case ImageModelType::ControlNet: return ModelPickerWords::tr("ControlNets");
    case ImageModelType::Upscaler: return ModelPickerWords::tr("Upscalers");
    case ImageModelType::Embedding: return ModelPickerWords::tr("Embeddings");
    case ImageModelType::Unknown: break;
    }
    return ModelPickerWords::tr("All", "types of models");
}

QString base(ModelBase base)
{
    switch (base) {
    case ModelBase::Sd15: return QStringLiteral("SD 1.5");
    case ModelBase::Sd2: return QStringLiteral("SD 2");
    case ModelBase::Sdxl: return QStringLiteral("SDXL");
    case ModelBase::Other: return ModelPickerWords::tr("another base");
    case ModelBase::Unknown: break;
    }
    return {};
}

QString baseOf(const ImageModel &model)
{
    const QString name = model.baseModel.isEmpty() ? base(model.base) : model.baseModel;
    const bool isPlain = model.baseModelType.isEmpty() || model.baseModelType.compare(QLatin1String("standard"), Qt::CaseInsensitive) == 0;
    if (name.isEmpty())
        return isPlain ? QString() : model.baseModelType;
    return isPlain ? name : ModelPickerWords::tr("%1, %2", "base of a model, what for").arg(name, model.baseModelType);
}

QString source(const QString &source)
{
    if (source == QLatin1String("civitai"))
        return QStringLiteral("Civitai");
    if (source == QLatin1String("training"))
        return ModelPickerWords::tr("Trained by you");
    return source == QLatin1String("uploading") ? ModelPickerWords::tr("Uploaded by you") : source;
}

QString misfit(const ModelFilter &filter, const ImageModel &model)
{
    switch (misfitOf(filter, model)) {
    case ModelMisfit::None: return {};
    case ModelMisfit::Type: return ModelPickerWords::tr("Is none of the %1 that are wanted here").arg(types(filter.type));
    case ModelMisfit::Unusable: return ModelPickerWords::tr("The server says that it cannot be used");
    case ModelMisfit::Base: return ModelPickerWords::tr("Made for %1; this needs %2").arg(model.baseModel.isEmpty() ? base(model.base) : model.baseModel, base(filter.base));
    case ModelMisfit::Inpainting: return model.isInpainting() ? ModelPickerWords::tr("For repainting only") : ModelPickerWords::tr("Not made for repainting");
    }
    return {};
}

QString standing(const ModelListing &listing, int shown, TimePoint now)
{
    QStringList parts;
    parts.append(QCoreApplication::translate("ModelPicker", "%Ln model(s)", nullptr, shown));
    if (listing.capped)
        parts.append(ModelPickerWords::tr("no more are shown: search for what you want"));
    else if (listing.readAt && !listing.complete)
        parts.append(ModelPickerWords::tr("more follow"));
    if (listing.partial)
        parts.append(ModelPickerWords::tr("some could not be read"));
    if (listing.loading)
        parts.append(ModelPickerWords::tr("reading…"));
    if (listing.readAt && now - *listing.readAt >= Milliseconds(60'000))
        parts.append(ModelPickerWords::tr("as of %1 ago").arg(format::duration(now - *listing.readAt)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace novita::modelwords
