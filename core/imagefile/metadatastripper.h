// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace novita {

/// A copy of a PNG, JPEG or WebP to hand on that says nothing about how it was made, whoever wrote it there: no texts, EXIF, XMP, IPTC, comments, and no
/// C2PA credential, which could not hold any more. Pixels, colour profiles and the orientation of a JPEG stay.
///
/// Errors: no picture, one cut short or of a broken structure, a format other than these (Validation). Pure; any thread.
Result<QByteArray> withoutMetadata(const QByteArray &bytes);

} // namespace novita
