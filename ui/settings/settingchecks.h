// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace novita {

/// Empty, or the absolute path of a file that can be read now; a Validation error in a sentence else.
Result<QString> checkReadableFile(const QString &text);

} // namespace novita
