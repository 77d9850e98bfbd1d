// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/images/modelwords.h"

#include "ui/format.h"

#include <QCoreApplication>

namespace novita::modelwords {

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("ModelPicker", text, comment);
}

} // namespace

QString type(ImageModelType type)
{
    switch (type) {
    case ImageModelType::Checkpoint: return tr("Checkpoint");
    case ImageModelType::Lora: return tr("LoRA");
    case ImageModelType::Vae: return tr("VAE");
    case ImageModelType::ControlNet: return tr("ControlNet");
    case ImageModelType::Upscaler: return tr("Upscaler");
    case ImageModelType::Embedding: return tr("Embedding");
    case ImageModelType::Unknown: break;
    }
    return tr("Model");
}

QString types(ImageModelType type)
{
    switch (type) {
    case ImageModelType::Checkpoint: return tr("Checkpoints");
    case ImageModelType::Lora: return tr("LoRAs");
    case ImageModelType::Vae: return tr("VAEs");
    case ImageModelType::ControlNet: return tr("ControlNets");
    case ImageModelType::Upscaler: return tr("Upscalers");
    case ImageModelType::Embedding: return tr("Embeddings");
    case ImageModelType::Unknown: break;
    }
    return tr("All", "types of models");
}

QString base(ModelBase base)
{
    switch (base) {
    case ModelBase::Sd15: return QStringLiteral("SD 1.5");
    case ModelBase::Sd2: return QStringLiteral("SD 2");
    case ModelBase::Sdxl: return QStringLiteral("SDXL");
    case ModelBase::Other: return tr("another base");
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
    return isPlain ? name : tr("%1, %2", "base of a model, what for").arg(name, model.baseModelType);
}

QString source(const QString &source)
{
    if (source == QLatin1String("civitai"))
        return QStringLiteral("Civitai");
    if (source == QLatin1String("training"))
        return tr("Trained by you");
    return source == QLatin1String("uploading") ? tr("Uploaded by you") : source;
}

QString misfit(const ModelFilter &filter, const ImageModel &model)
{
    switch (misfitOf(filter, model)) {
    case ModelMisfit::None: return {};
    case ModelMisfit::Type: return tr("Is none of the %1 that are wanted here").arg(types(filter.type));
    case ModelMisfit::Unusable: return tr("The server says that it cannot be used");
    case ModelMisfit::Base: return tr("Made for %1; this needs %2").arg(model.baseModel.isEmpty() ? base(model.base) : model.baseModel, base(filter.base));
    case ModelMisfit::Inpainting: return model.isInpainting() ? tr("For repainting only") : tr("Not made for repainting");
    }
    return {};
}

QString standing(const ModelListing &listing, int shown, TimePoint now)
{
    QStringList parts;
    parts.append(QCoreApplication::translate("ModelPicker", "%Ln model(s)", nullptr, shown));
    if (listing.capped)
        parts.append(tr("no more are shown: search for what you want"));
    else if (listing.readAt && !listing.complete)
        parts.append(tr("more follow"));
    if (listing.partial)
        parts.append(tr("some could not be read"));
    if (listing.loading)
        parts.append(tr("reading…"));
    if (listing.readAt && now - *listing.readAt >= Milliseconds(60'000))
        parts.append(tr("as of %1 ago").arg(format::duration(now - *listing.readAt)));
    return parts.join(QStringLiteral(" · "));
}

} // namespace novita::modelwords
