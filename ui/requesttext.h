// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/requestpreview.h"

#include <QString>

namespace novita {

/// The forms in which a request can be taken along.
enum class RequestForm { Curl, Python };

/// `request` as a command for a POSIX shell, or as a program for Python 3 without further packages. The key stands in it as
/// $NOVITA_API_KEY, or is read from that variable. Secrets of the body (environment values, passwords; see redactJson) never leave
/// through here: each reads "•••", and a comment in front says that it has to be filled in.
QString requestText(const RequestPreview &request, RequestForm form);

/// requestText() into the clipboard.
void copyRequest(const RequestPreview &request, RequestForm form);

/// "curl", "Python": names of programs, the same in every language.
QString requestFormName(RequestForm form);

/// `text` as one word of a POSIX shell.
QString shellQuoted(const QString &text);

} // namespace novita
