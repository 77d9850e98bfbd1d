// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagefile/imagemetadata.h"

#include <optional>

namespace novita {

/// Settings that stand in a text beside a picture: our JSON, InvokeAI's, SwarmUI's, ComfyUI's, or the WebUI's text.
/// nullopt: it is none of these. Pure. `header`: of the picture.
std::optional<ImageMetadata> readSettingsBeside(const QByteArray &bytes, const ImageHeader &header);

} // namespace novita
