// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QString>
#include <QUuid>

namespace novita {

/// The name that PictureFiles::saveOriginal() gives to a file; empty where it refuses. Pure.
QString originalName(const QString &suffix, TimePoint at, const QUuid &id);

} // namespace novita
