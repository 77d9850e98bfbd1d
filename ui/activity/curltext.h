// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace novita {

struct RequestRecord;

/// The request as a command for a POSIX shell. The key stands in it as $NOVITA_API_KEY; the body is the redacted one, so what
/// was blotted out has to be filled in by hand.
QString curlText(const RequestRecord &request);

/// `text` as one word of a POSIX shell.
QString shellQuoted(const QString &text);

} // namespace novita
