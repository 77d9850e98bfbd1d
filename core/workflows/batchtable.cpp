// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/batchtable.h"

#include "core/base/csvtext.h"
#include "core/workflows/batchcreate.h"
#include "core/workflows/batchfields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <algorithm>

namespace novita {

namespace {

constexpr qsizetype kMostBytes = 1024 * 1024;
constexpr qsizetype kMostColumns = 64;
constexpr qsizetype kMostProblems = 100;
constexpr qsizetype kMostProblemsOfRow = 10;

struct BatchTableWords
{
    Q_DECLARE_TR_FUNCTIONS(BatchTable)
};

Error invalid(const QString &message)
{
    return Error::make(ErrorKind::Validation, message);
}

/// A row as it was found: names and values, or what kept it from having any.
struct RawRow
{
    QJsonObject values;
    qsizetype line = 0;
    QString problem;
};

BatchTableRow readRow(const RawRow &raw, const InstanceDraft &model, const DraftJudge &judge)
{
    BatchTableRow row{model, raw.line, {}};
    const auto say = [&row](const QString &what) {
        if (row.problems.size() < kMostProblemsOfRow)
            row.problems.append(what);
    };
    if (!raw.problem.isEmpty())
        say(raw.problem);
    QJsonObject taken;
    for (auto it = raw.values.begin(); it != raw.values.end(); ++it) {
        if (batchfields::isEmpty(*it))
            continue;
        if (const QString problem = batchfields::set(row.draft, it.key(), *it); !problem.isEmpty())
            say(QStringLiteral("%1: %2").arg(it.key().left(40), problem));
        else
            taken.insert(it.key(), *it);
    }
    const QStringList unsaid = batchfields::unsaid(row.draft, taken);
    for (const QString &problem : unsaid)
        say(problem);
    const QStringList wrong = judge(row.draft);
    for (const QString &problem : wrong)
        say(problem);
    return row;
}

Result<QList<RawRow>> jsonRows(const QByteArray &bytes)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error != QJsonParseError::NoError)
        return invalid(BatchTableWords::tr("This is not valid JSON (byte %1): %2").arg(problem.offset).arg(problem.errorString()));
    const QJsonArray items = document.isArray() ? document.array() : QJsonArray{document.object()};
    QList<RawRow> rows;
    for (const QJsonValue &item : items)
        rows.append({item.toObject(), 0, item.isObject() ? QString() : BatchTableWords::tr("is no object.")});
    return rows;
}

Result<QList<RawRow>> csvRows(const QString &text)
{
    const QString firstLine = text.section(QLatin1Char('\n'), 0, 0);
    const QChar separator = firstLine.count(QLatin1Char(';')) > firstLine.count(QLatin1Char(',')) ? QLatin1Char(';') : QLatin1Char(',');
    const Result<QList<CsvRow>> lines = parseCsv(text, separator);
    if (!lines)
        return lines.error();
    if (lines->isEmpty() || lines->first().cells.size() > kMostColumns)
        return invalid(BatchTableWords::tr("The first line must name the columns."));
    QStringList header;
    for (const QString &name : lines->first().cells)
        header.append(name.trimmed());
    if (header.removeDuplicates() > 0)
        return invalid(BatchTableWords::tr("A column is named twice."));
    QList<RawRow> rows;
    for (const CsvRow &line : lines->mid(1)) {
        // What spreadsheets leave below a table: a row that says nothing must not become an instance.
        if (std::all_of(line.cells.begin(), line.cells.end(), [](const QString &cell) { return cell.trimmed().isEmpty(); }))
            continue;
        RawRow row{{}, line.line, {}};
        if (line.cells.size() > header.size())
            row.problem = BatchTableWords::tr("has more cells than there are columns.");
        for (qsizetype column = 0; column < std::min(line.cells.size(), header.size()); ++column)
            row.values.insert(header.at(column), line.cells.at(column));
        rows.append(row);
    }
    return rows;
}

} // namespace

QStringList judgeByRules(const InstanceDraft &draft)
{
    QStringList out;
    const QList<DraftProblem> problems = draft.problems();
    for (const DraftProblem &problem : problems)
        out.append(problem.message);
    return out;
}

QList<InstanceDraft> BatchTable::drafts() const
{
    QList<InstanceDraft> out;
    out.reserve(rows.size());
    for (const BatchTableRow &row : rows)
        out.append(row.draft);
    return out;
}

QStringList BatchTable::problems() const
{
    QStringList out;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const BatchTableRow &row = rows.at(i);
        const QString place = row.line > 0 ? BatchTableWords::tr("Row %1 (line %2): ").arg(i + 1).arg(row.line)
                                           : BatchTableWords::tr("Row %1: ").arg(i + 1);
        for (const QString &problem : row.problems) {
            if (out.size() < kMostProblems)
                out.append(place + problem);
        }
    }
    return out;
}

Result<BatchTable> readBatchTable(const QByteArray &bytes, const InstanceDraft &model, const DraftJudge &judge)
{
    if (bytes.size() > kMostBytes)
        return invalid(BatchTableWords::tr("The file is larger than 1 MiB."));
    QStringDecoder decode(QStringDecoder::Utf8);
    const QString text = decode(bytes);
    if (decode.hasError() || text.contains(QChar(0)))
        return invalid(BatchTableWords::tr("The file is no UTF-8 text."));
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return invalid(BatchTableWords::tr("The file is empty."));
    const bool json = trimmed.startsWith(QLatin1Char('[')) || trimmed.startsWith(QLatin1Char('{'));
    const Result<QList<RawRow>> rows = json ? jsonRows(trimmed.toUtf8()) : csvRows(text);
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return invalid(BatchTableWords::tr("There are no rows."));
    if (rows->size() > BatchCreate::kMostRows)
        return invalid(BatchTableWords::tr("There are more than %1 rows.").arg(BatchCreate::kMostRows));
    BatchTable table;
    for (const RawRow &row : *rows)
        table.rows.append(readRow(row, model, judge));
    return table;
}

} // namespace novita
