// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

/// Words for what goes wrong with the gallery's file.
namespace novita::gallerytrouble {

/// `what` happened, and why; for reading as for writing.
QString sentence(const QString &what, const Error &error);

} // namespace novita::gallerytrouble
