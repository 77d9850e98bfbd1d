// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/fieldspec.h"

namespace novita {

/// Why a model is not what a field of a form takes. It may be chosen all the same: what the catalogue says of models is not always right.
enum class ModelMisfit : std::uint8_t {
    None,
    Type,       ///< a LoRA where a checkpoint is wanted: such a request cannot be made
    Unusable,   ///< the server says that it cannot be used
    Base,       ///< made for another family of Stable Diffusion
    Inpainting, ///< for repainting where none is wanted, or the other way round
};

/// A base or kind that is not known counts as fitting. Pure.
inline ModelMisfit misfitOf(const ModelFilter &filter, const ImageModel &model)
{
    if (filter.type != ImageModelType::Unknown && model.type != filter.type)
        return ModelMisfit::Type;
    if (!model.usable)
        return ModelMisfit::Unusable;
    if (filter.base != ModelBase::Unknown && model.base != ModelBase::Unknown && model.base != filter.base)
        return ModelMisfit::Base;
    if (filter.inpainting && *filter.inpainting != model.isInpainting())
        return ModelMisfit::Inpainting;
    return ModelMisfit::None;
}

} // namespace novita
