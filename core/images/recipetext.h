// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/cloud/endpoints/estimate.h"
#include "core/gallery/imagejob.h"
#include "core/imagefile/imagemetadata.h"
#include "core/imagefile/metadatawriter.h"

#include <optional>

namespace novita {

/// Recipes in the words of picture files, and back. Pure.
namespace recipetext {

/// What is known of how a job went when its picture is written. What is not known is not written.
struct Making
{
    std::optional<TimePoint> submittedAt; ///< by the server's clock
    std::optional<TimePoint> completedAt; ///< likewise
    GenerationEstimate estimate;          ///< of the whole job, by list prices: what was billed is not known yet
};

/// What a picture of `job` says about itself: the text that other programs read, and our JSON with all values, the prompt as it was typed, the task and what `making` knows.
/// `seed`: of this picture. `size`: of this picture. Pictures that the job started from are not named.
MetadataToWrite metadataOf(const ImageJob &job, std::optional<qint64> seed, const QSize &size, const Making &making = {});

/// The recipe that a picture was made from: ours where it is there, else what the text of another program says, in fields that most endpoints have; its
/// endpoint is empty then. nullopt: the picture tells nothing.
std::optional<Recipe> recipeOf(const ImageMetadata &metadata);

} // namespace recipetext

} // namespace novita
