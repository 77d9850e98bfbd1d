// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/recipe.h"
#include "core/gallery/imagejob.h"
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/metadatawriter.h"

#include <optional>

namespace novita {

/// Recipes in the words of picture files, and back. Pure.
namespace recipetext {

/// What a picture of `job` says about itself: the text that other programs read, and our JSON with all values, the prompt as it was typed and the task.
/// `seed`: of this picture. `size`: of this picture. Pictures that the job started from are not named.
MetadataToWrite metadataOf(const ImageJob &job, std::optional<qint64> seed, const QSize &size);

/// The recipe that a picture was made from: ours where it is there, else what the text of another program says, in fields that most endpoints have; its
/// endpoint is empty then. nullopt: the picture tells nothing.
std::optional<Recipe> recipeOf(const ImageMetadata &metadata);

} // namespace recipetext

} // namespace novita
