// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QUrl>

namespace novita {

/// A picture that goes into a request: its bytes, or an address that the cloud reads itself.
struct InputImage
{
    QByteArray bytes; ///< of the file
    QString format;   ///< "png", "jpeg", "webp"…, by content, lower case; empty = not known
    int width = 0;    ///< pixels; 0 = not known, then nothing is checked
    int height = 0;
    QUrl address;     ///< used when there are no bytes
};

/// By the text that Recipe::values holds: a hash of the content, a path, an address; whoever makes the recipe decides.
using InputImages = QHash<QString, InputImage>;

} // namespace novita
