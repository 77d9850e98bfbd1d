// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/images/modelcatalogue.h"
#include "core/images/modelfit.h"

#include <QString>

/// The catalogue of models in words, translated.
namespace novita::modelwords {

QString type(ImageModelType type);       ///< "LoRA"; "Models" for Unknown
QString types(ImageModelType type);      ///< "LoRAs"
QString base(ModelBase base);            ///< "SD 1.5"; empty for Unknown
QString baseOf(const ImageModel &model); ///< as the catalogue has it: "SDXL 1.0, Inpainting"; empty when it says nothing
QString source(const QString &source);   ///< "Civitai", "Trained by you"
/// Why a model does not fit, for a person who may choose it all the same; empty when it does.
QString misfit(const ModelFilter &filter, const ImageModel &model);
/// "1,204 models · as of 3 h ago"
QString standing(const ModelListing &listing, int shown, TimePoint now);

} // namespace novita::modelwords
