// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

namespace novita {

/// A table as text, to be handed to other programs.
struct TextTable
{
    QStringList ids;            ///< of the columns, never translated: the members of the JSON
    QStringList titles;         ///< as people read them: the first line of the CSV
    QList<QStringList> rows;    ///< cells by column; what is missing counts as empty
};

enum class TableFormat { Csv, Json };

/// JSON for a name that ends in ".json" (in any case), else CSV.
TableFormat tableFormatOf(QStringView fileName);

/// `text` as a spreadsheet may take it: what begins with = + - @, a tab or a CR, and would be read as a formula, gets an apostrophe in
/// front. Negative numbers ("-3", "-0.25") stay numbers.
QString formulaSafe(const QString &text);
/// One cell of RFC 4180, formula-safe: quoted where it holds a quote, a comma or a line end.
QString csvCell(const QString &text);
/// RFC 4180 with CRLF, in UTF-8; the first line names the columns.
QByteArray toCsv(const TextTable &table);
/// An array with an object for each row, in UTF-8.
QByteArray toJson(const TextTable &table);

} // namespace novita
