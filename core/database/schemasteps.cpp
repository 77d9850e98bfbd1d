// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/schemasteps.h"

#include "core/database/sqlsession.h"

#include <QCoreApplication>

namespace novita {

std::optional<Error> applySchemaSteps(SqlSession &session, std::span<const SchemaStep> steps, const char *newer)
{
    const Result<QVariant> version = session.value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    const qint64 from = version->toLongLong();
    const auto latest = std::ssize(steps);
    if (from < 0 || from > latest)
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("Database", newer), QStringLiteral("schema %1, this program knows %2").arg(from).arg(latest));
    for (qint64 step = from; step < latest; ++step) {
        std::optional<Error> error = session.exec(QStringLiteral("BEGIN IMMEDIATE"));
        if (!error)
            error = steps[static_cast<std::size_t>(step)](session);
        if (!error)
            error = session.exec(QStringLiteral("PRAGMA user_version = %1").arg(step + 1));
        if (!error)
            error = session.exec(QStringLiteral("COMMIT"));
        if (error) {
            session.exec(QStringLiteral("ROLLBACK"));
            return error;
        }
    }
    return std::nullopt;
}

std::optional<Error> execAll(SqlSession &session, std::initializer_list<const char *> statements)
{
    for (const char *statement : statements) {
        if (std::optional<Error> error = session.exec(QString::fromLatin1(statement)))
            return error;
    }
    return std::nullopt;
}

} // namespace novita
