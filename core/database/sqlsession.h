// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/database/databasekind.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <functional>
#include <optional>
#include <unordered_map>

namespace novita {

/// One SQLite connection inside the database thread: statements prepared once, errors as Error, and a memory for the
/// two that change what the file is good for. Handed to each piece of work; never kept by it.
class SqlSession final
{
    Q_DISABLE_COPY_MOVE(SqlSession)

public:
    /// Opens `path` as connection `name`, sets the pragmas (WAL, synchronous as `kind` wants it, foreign keys, busy time-out) and looks
    /// whether SQLite finds the file sound. `openError()` tells how it went. `kind` must outlive it.
    SqlSession(const QString &name, const QString &path, const DatabaseKind &kind = historyKind());
    ~SqlSession();

    const std::optional<Error> &openError() const { return m_openError; }

    /// One statement; `values` fill its `?` in order. Nothing on success.
    std::optional<Error> exec(const QString &sql, const QVariantList &values = {});
    /// One query; `row` sees each line, values by column number, and returns false to see no more.
    std::optional<Error> select(const QString &sql, const QVariantList &values, const std::function<bool(const QSqlQuery &)> &row);
    /// First column of the first row, or an invalid QVariant when there is none.
    Result<QVariant> value(const QString &sql, const QVariantList &values = {});

    qint64 lastInsertId() const { return m_lastInsertId; }
    /// Rows that the last exec() touched.
    int changes() const { return m_changes; }

    /// SQLite has said that the file is no database or is malformed. Sticks.
    bool isCorrupt() const { return m_corrupt; }

private:
    Result<QSqlQuery *> run(const QString &sql, const QVariantList &values);
    Error failed(const QSqlError &error);

    QString m_name;
    const DatabaseKind &m_kind;
    QSqlDatabase m_db;
    std::unordered_map<QString, QSqlQuery> m_prepared;
    std::optional<Error> m_openError;
    qint64 m_lastInsertId = 0;
    int m_changes = 0;
    bool m_corrupt = false;
};

} // namespace novita
