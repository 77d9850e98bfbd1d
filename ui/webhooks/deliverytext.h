// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/webhooks/delivery.h"

#include <QByteArray>
#include <QString>

#include <optional>

/// The bytes of a delivery as text to read and to take along. Pure functions; what they get was written by somebody else.
namespace novita::deliverytext {

/// What is shown of a body at most; all of it can be saved.
inline constexpr qsizetype kMostShown = 64 * 1024;

/// JSON with a line for each member. Order, numbers and escapes stay as they were sent; only blanks between tokens change. Nothing when it is no
/// JSON, or longer than kMostShown.
std::optional<QString> prettyJson(const QByteArray &body);

/// UTF-8 as text; what is no UTF-8 or cannot be seen as "\x1b", a backslash as itself. Line ends and tabs stay.
QString escapedText(const QByteArray &bytes);

/// Sixteen bytes a line: offset, hexadecimal, printable ASCII.
QString hexDump(const QByteArray &bytes);

/// A command for a POSIX shell that sends the same bytes to `url` again, with the headers that matter; what was blotted out is named in a
/// comment in front. Bytes that are not safe to paste into a terminal travel as base64.
QString curlCommand(const Delivery &delivery, const QString &url);

/// A name for the file that the body is saved to: "delivery-12.json", or ".bin" when it is no JSON.
QString fileName(const Delivery &delivery);

} // namespace novita::deliverytext
