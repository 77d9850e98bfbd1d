// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace novita {

// What may go into a file that is handed on. Weaker than redact() where that would spoil a prompt ("secret: garden"), stronger
// where a file tells more than a log: no query of any URL, no folder of this computer.

/// Without registered secrets, API keys, Bearer values, user and query of URLs, and the folders of absolute paths (the file's name stays).
QString shareableText(const QString &text);

/// The same for every text in it; without members of secret names, and without pictures (data URLs, long base64). With `prompts` false also without
/// members that say what was asked for: those with "prompt" in their name, "template", "expanded", "wildcards", "styles", "text", "caption".
QJsonObject shareableJson(const QJsonObject &object, bool prompts);

} // namespace novita
