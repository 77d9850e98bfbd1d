// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/tabletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace novita {

TableFormat tableFormatOf(QStringView fileName)
{
    return fileName.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) ? TableFormat::Json : TableFormat::Csv;
}

QString formulaSafe(const QString &text)
{
    static const QRegularExpression negative(QStringLiteral("\\A-[0-9]+([.,][0-9]+)*\\z"));
    if (text.isEmpty() || !QStringLiteral("=+-@\t\r").contains(text.front()) || negative.match(text).hasMatch())
        return text;
    return QLatin1Char('\'') + text;
}

QString csvCell(const QString &text)
{
    static const QRegularExpression special(QStringLiteral("[\",\r\n]"));
    QString cell = formulaSafe(text);
    if (!cell.contains(special))
        return cell;
    return QLatin1Char('"') + cell.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QByteArray toCsv(const TextTable &table)
{
    QString out;
    const auto addLine = [&out, &table](const QStringList &cells) {
        for (qsizetype column = 0; column < table.ids.size(); ++column) {
            if (column > 0)
                out += QLatin1Char(',');
            out += csvCell(cells.value(column));
        }
        out += QLatin1String("\r\n");
    };
    addLine(table.titles);
    for (const QStringList &row : table.rows)
        addLine(row);
    return out.toUtf8();
}

QByteArray toJson(const TextTable &table)
{
    QJsonArray rows;
    for (const QStringList &row : table.rows) {
        QJsonObject object;
        for (qsizetype column = 0; column < table.ids.size(); ++column)
            object.insert(table.ids.at(column), row.value(column));
        rows.append(object);
    }
    return QJsonDocument(rows).toJson(QJsonDocument::Indented);
}

} // namespace novita
