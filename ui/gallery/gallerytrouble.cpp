// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/gallerytrouble.h"

#include "ui/errortext.h"

namespace novita::gallerytrouble {

QString sentence(const QString &what, const Error &error)
{
    // That of the general table is about writing alone.
    const QString why = error.kind == ErrorKind::Storage ? error.message : errorText(error).sentence;
    return why.isEmpty() ? what : QStringLiteral("%1 %2").arg(what, why);
}

} // namespace novita::gallerytrouble
