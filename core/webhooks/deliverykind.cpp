// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverykind.h"

#include "core/database/sqlsession.h"

#include <QCoreApplication>

namespace novita {

namespace {

constexpr int kSchema = 1;
constexpr int kCheckpointPages = 4096; ///< 16 MiB of log: in a flood the file itself is synced once in a few thousand deliveries
constexpr int kCacheKib = 16 * 1024;   ///< the replay memory is written all over: its pages must not be read again each time

std::optional<Error> migrate(SqlSession &session)
{
    for (const QString &pragma : {QStringLiteral("PRAGMA wal_autocheckpoint = %1").arg(kCheckpointPages), QStringLiteral("PRAGMA cache_size = -%1").arg(kCacheKib)}) {
        if (std::optional<Error> error = session.exec(pragma))
            return error;
    }
    const Result<QVariant> version = session.value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    if (version->toInt() > kSchema)
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("Database", "The file of webhook deliveries was written by a newer version."));
    if (version->toInt() == kSchema)
        return std::nullopt;
    for (const QString &statement : {
             QStringLiteral("BEGIN IMMEDIATE"),
             // `kept` is what the row takes of the retention's bytes. AUTOINCREMENT: an id that was handed out never comes back.
             QStringLiteral("CREATE TABLE delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, result INTEGER NOT NULL,"
                            " scheme INTEGER NOT NULL, path TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL,"
                            " subject TEXT NOT NULL, bytes INTEGER NOT NULL, kept INTEGER NOT NULL, duplicate_of INTEGER,"
                            " headers BLOB NOT NULL, body BLOB NOT NULL)"),
             QStringLiteral("CREATE INDEX delivery_by_result ON delivery (result, id)"),
             // The replay memory, apart from the deliveries: it has a life span of its own.
             QStringLiteral("CREATE TABLE seen (key BLOB PRIMARY KEY, delivery INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID"),
             QStringLiteral("PRAGMA user_version = %1").arg(kSchema),
             QStringLiteral("COMMIT"),
         }) {
        if (std::optional<Error> error = session.exec(statement)) {
            session.exec(QStringLiteral("ROLLBACK"));
            return error;
        }
    }
    return std::nullopt;
}

} // namespace

const DatabaseKind &deliveryKind()
{
    static constexpr DatabaseKind kind{
        &migrate,
        true,
        {
            QT_TRANSLATE_NOOP("Database", "The disk is full: webhook deliveries cannot be stored."),
            QT_TRANSLATE_NOOP("Database", "The file of webhook deliveries is damaged."),
            QT_TRANSLATE_NOOP("Database", "Another program holds the file of webhook deliveries."),
            QT_TRANSLATE_NOOP("Database", "The file of webhook deliveries cannot be written."),
            QT_TRANSLATE_NOOP("Database", "The file of webhook deliveries could not be used."),
            QT_TRANSLATE_NOOP("Database", "The file of webhook deliveries was damaged. It is kept as %1; a new one was begun."),
            QT_TRANSLATE_NOOP("Database", "The file of webhook deliveries is damaged and could not be set aside."),
            QT_TRANSLATE_NOOP("Database", "The file of webhook deliveries is not open."),
        }};
    return kind;
}

} // namespace novita
