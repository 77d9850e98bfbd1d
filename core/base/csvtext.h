// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QChar>
#include <QList>
#include <QString>
#include <QStringList>

namespace novita {

struct CsvRow
{
    QStringList cells;
    qsizetype line = 1; ///< that it begins in, from 1
};

/// Rows of RFC 4180 text. Quoted cells may hold separators, quotes (doubled) and line ends. A quote that is never closed is an Error
/// that names its line. Blank lines are no rows.
Result<QList<CsvRow>> parseCsv(const QString &text, QChar separator);

} // namespace novita
