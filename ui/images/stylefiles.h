// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/prompts/promptstyle.h"

#include <QString>

namespace novita::stylefiles {

/// Reads a file of styles, at most promptstyles::kMostBytes of it. For worker threads. ErrorKind::Storage when it
/// cannot be read, else as promptstyles::read().
Result<StyleImport> read(const QString &path);

/// Writes them as the name ends: ".csv" as Stable Diffusion WebUI has them, which knows no folders, else JSON. For
/// worker threads. ErrorKind::Storage.
Result<Done> write(const QList<PromptStyle> &styles, const QString &path);

} // namespace novita::stylefiles
