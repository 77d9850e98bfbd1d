// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagefile/imageparameters.h"

#include <QJsonObject>

#include <optional>

namespace novita {

// The forms in which other programs say what a picture was made from, brought into the vocabulary of ImageParameters. All
// of it is text from outside: wrong types are passed over, and nothing when not even the outline fits. `raw` is left to the caller.

/// InvokeAI's `invokeai_metadata`.
std::optional<ImageParameters> fromInvokeAi(const QJsonObject &metadata);

/// `sd-metadata` of InvokeAI 2. What is not wanted stands in the prompt, in [brackets].
std::optional<ImageParameters> fromOldInvokeAi(const QJsonObject &metadata);

/// SwarmUI's JSON, with its root `sui_image_params`.
std::optional<ImageParameters> fromSwarmUi(const QJsonObject &root);

/// Fooocus' own scheme (the other is AUTOMATIC1111's text).
std::optional<ImageParameters> fromFooocus(const QJsonObject &metadata);

/// NovelAI's `Comment`; its prompt may stand in `description` alone.
std::optional<ImageParameters> fromNovelAi(const QJsonObject &comment, const QString &description);

/// ComfyUI's `prompt`: the graph that ran. From a sampler node back along its inputs to the prompts, the checkpoint, the LoRAs and the
/// size. With several samplers the one that began from an empty picture. Visits each node a bounded number of times; loops do no harm.
std::optional<ImageParameters> fromComfyPrompt(const QJsonObject &graph);

/// ComfyUI's `workflow`: the drawing of the graph, whose settings have an order and no names. Read for the nodes that ComfyUI itself
/// brings; for files from which `prompt` is missing.
std::optional<ImageParameters> fromComfyWorkflow(const QJsonObject &workflow);

} // namespace novita
