// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imagefile/imageparameters.h"

namespace novita {

/// The text of AUTOMATIC1111's WebUI: the prompt; a line that begins with "Negative prompt:"; one last line of `Key: value` pairs.
///
/// The last line always has three pairs or more: with fewer, readers take it for prompt. Pairs come in the WebUI's order, "Version" last;
/// values with comma, colon, line feed, or quotes at the start are quoted as JSON. A sampler's name is split in two. LoRAs that the prompt does not
/// name are appended to it. Line breaks of a prompt stay, but a line of it that would begin the negative prompt is joined to the line before; for its
/// first line there is no way out.
QString toParametersText(const ImageParameters &parameters);

/// The other way, tolerant: whatever is not understood is prompt, and `raw` is the whole text. Never fails; linear in the length.
/// parse(write(p)) gives p again, but for lines' outer blanks, LoRAs now named in the prompt, and keys the text cannot carry.
ImageParameters fromParametersText(const QString &text);

} // namespace novita
