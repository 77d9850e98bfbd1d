// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace novita {

/// Keeps assistive technology from writing into texts of several lines that are only to be read: Qt lets it change them
/// whatever QPlainTextEdit::isReadOnly() says. For those made from now on, all over the program. May be called again.
void installReadOnlyTextAccess();

} // namespace novita
