// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

/// Parameters of a chat that are typed as lines.
namespace novita::parametertext {

/// One text per line; \n, \t and \\ stand for a line feed, a tab and a backslash.
QString stopsText(const QStringList &stops);
QStringList stopsOf(const QString &text);

/// One "token id: bias" per line.
QString biasesText(const QMap<int, int> &biases);
/// nullopt when a line is something else, or names a token again; empty lines are passed over.
std::optional<QMap<int, int>> biasesOf(const QString &text);

} // namespace novita::parametertext
