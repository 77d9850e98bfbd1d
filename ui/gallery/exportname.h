// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gallery/picture.h"

#include <QString>
#include <QStringList>

/// Names of exported files, made from a pattern such as "{date} {prompt}".
namespace novita::exportname {

inline constexpr int kMostLength = 120; ///< characters of a name, without its ending
inline constexpr int kMostBytes = 200;  ///< of it as UTF-8: file systems end at 255

/// What may stand within braces: "date", "time", "prompt", "model", "seed", "size", "tags", "number".
QStringList fields();
/// "{date} {time}": says nothing of the prompt.
QString defaultPattern();
/// Why the pattern cannot be used, as a sentence; empty when it can.
QString problem(const QString &pattern);

/// Without the ending. A plain name that every usual file system takes, whatever the pattern and the prompt hold; what
/// is not known of the picture is left out, and when nothing is left it is called by its date. `number` counts from 1.
QString stem(const QString &pattern, const Picture &picture, int number);

} // namespace novita::exportname
