// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csvtext.h"

#include <QCoreApplication>

#include <utility>

namespace novita {

Result<QList<CsvRow>> parseCsv(const QString &text, QChar separator)
{
    QList<CsvRow> rows;
    QStringList row;
    qsizetype rowLine = 1;
    QString cell;
    bool quoted = false;
    bool wasQuoted = false;
    qsizetype line = 1;
    qsizetype quoteLine = 0;
    const auto endCell = [&] {
        row.append(std::exchange(cell, {}));
        wasQuoted = false;
    };
    const auto endRow = [&] {
        const bool blank = row.isEmpty() && cell.isEmpty() && !wasQuoted;
        if (!blank) {
            endCell();
            rows.append({std::exchange(row, {}), rowLine});
        }
        rowLine = line;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == QLatin1Char('\n'))
            ++line;
        if (quoted) {
            if (c != QLatin1Char('"'))
                cell.append(c);
            else if (i + 1 < text.size() && text.at(i + 1) == QLatin1Char('"'))
                cell.append(text.at(++i));
            else
                quoted = false;
        } else if (c == QLatin1Char('"') && cell.isEmpty() && !wasQuoted) {
            quoted = wasQuoted = true;
            quoteLine = line;
        } else if (c == separator) {
            endCell();
        } else if (c == QLatin1Char('\n')) {
            endRow();
        } else if (c != QLatin1Char('\r') || (i + 1 < text.size() && text.at(i + 1) != QLatin1Char('\n'))) {
            cell.append(c);
        }
    }
    if (quoted)
        return Error::make(ErrorKind::Validation, QCoreApplication::translate("CsvText", "The quote in line %1 is never closed.").arg(quoteLine));
    endRow();
    return rows;
}

} // namespace novita
