// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/backends/novitabackend.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/images/imagequeue.h"

namespace novita {

/// A txt2img request that Novita takes.
inline NewImageJob lighthouseJob(int pictures = 1)
{
    NewImageJob job;
    job.backend = NovitaBackend::backendId();
    job.recipe = {QStringLiteral("txt2img"),
                  {{fields::kPrompt, QStringLiteral("a lighthouse")},
                   {fields::kModel, QStringLiteral("tidepool_v2_90001.safetensors")},
                   {fields::kSize, QJsonObject{{QStringLiteral("width"), 128}, {QStringLiteral("height"), 128}}},
                   {fields::kCount, pictures},
                   {fields::kSteps, 20},
                   {fields::kGuidance, 7},
                   {fields::kSampler, QStringLiteral("Euler a")},
                   {fields::kSeed, 7}}};
    job.options.outputType = QStringLiteral("png");
    job.expected = pictures;
    return job;
}

} // namespace novita
