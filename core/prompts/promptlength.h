// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace novita {

namespace promptlength {

/// Length of a prompt as limits of an endpoint mean it: Unicode code points. The limits are stated in "characters" and as `maxLength` of a JSON
/// schema, which counts the characters of JSON text, that is code points: an emoji beyond the first plane is one, where QString::size() says two.
/// Half a surrogate pair counts as one. Time linear in the length.
qsizetype characters(QStringView prompt);

/// How many tokens CLIP's text encoder makes of a prompt, GUESSED without its vocabulary: short Latin words count as one, longer ones as one for
/// every few letters, digits and other signs one each, writing systems that its vocabulary hardly knows by the bytes. Usually within a fifth for
/// English. Weights like `:1.2)`, their brackets and tags (<lora:…>) are not seen by the encoder and count nothing. To be shown as an estimate.
qsizetype estimatedClipTokens(QStringView prompt);

/// Stable Diffusion reads prompts in pieces of this many tokens; what crosses an edge is understood apart.
inline constexpr qsizetype kClipTokens = 75;

} // namespace promptlength

} // namespace novita
