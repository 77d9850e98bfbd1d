// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverykind.h"

#include "core/database/sqlsession.h"
#include "core/webhooks/deliveryrow.h"

#include <QCoreApplication>

#include <initializer_list>
#include <vector>

namespace novita {

namespace {

constexpr int kSchema = 2;
constexpr int kCheckpointPages = 4096; ///< 16 MiB of log: in a flood the file itself is synced once in a few thousand deliveries

std::optional<Error> execAll(SqlSession &session, std::initializer_list<QString> statements)
{
    for (const QString &statement : statements) {
        if (std::optional<Error> error = session.exec(statement))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> createDeliveries(SqlSession &session)
{
    return execAll(session, {
        // `kept` is what the row takes of the retention's bytes. AUTOINCREMENT: an id that was handed out never comes back.
        QStringLiteral("CREATE TABLE delivery (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, result INTEGER NOT NULL,"
                       " scheme INTEGER NOT NULL, path TEXT NOT NULL, address TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL,"
                       " subject TEXT NOT NULL, bytes INTEGER NOT NULL, kept INTEGER NOT NULL, duplicate_of INTEGER,"
                       " headers BLOB NOT NULL, body BLOB NOT NULL)"),
        QStringLiteral("CREATE INDEX delivery_by_result ON delivery (result, id)"),
    });
}

/// The replay memory, apart from the deliveries: it has a life span of its own. In the order of arrival, not of keys: what is written together
/// lies together.
std::optional<Error> createReplay(SqlSession &session)
{
    return session.exec(QStringLiteral("CREATE TABLE replay (delivery INTEGER PRIMARY KEY, at INTEGER NOT NULL, keys BLOB NOT NULL)"));
}

/// Version 1 had one row for each whole key.
std::optional<Error> moveSeen(SqlSession &session)
{
    struct Row
    {
        qint64 delivery;
        QVariant at;
        QList<ReplayKey> keys;
    };
    std::vector<Row> rows;
    const std::optional<Error> error = session.select(
        QStringLiteral("SELECT delivery, at, key FROM seen ORDER BY delivery DESC LIMIT ?"), {static_cast<qint64>(ReplayMemory::kMaxKeys)}, [&](const QSqlQuery &query) {
        if (rows.empty() || rows.back().delivery != query.value(0).toLongLong())
            rows.push_back({query.value(0).toLongLong(), query.value(1), {}});
        rows.back().keys.append(ReplayKey::of(query.value(2).toByteArray()));
        return true;
    });
    if (error)
        return error;
    for (const Row &row : rows) {
        const std::optional<Error> failed =
            session.exec(QStringLiteral("INSERT INTO replay (delivery, at, keys) VALUES (?, ?, ?)"), {row.delivery, row.at, replayKeyBytes(row.keys)});
        if (failed)
            return failed;
    }
    return session.exec(QStringLiteral("DROP TABLE seen"));
}

std::optional<Error> upgrade(SqlSession &session, int version)
{
    std::optional<Error> error = version < 1 ? createDeliveries(session) : std::nullopt;
    if (!error)
        error = createReplay(session);
    if (!error && version == 1)
        error = moveSeen(session);
    return error ? error : session.exec(QStringLiteral("PRAGMA user_version = %1").arg(kSchema));
}

std::optional<Error> migrate(SqlSession &session)
{
    if (std::optional<Error> error = session.exec(QStringLiteral("PRAGMA wal_autocheckpoint = %1").arg(kCheckpointPages)))
        return error;
    const Result<QVariant> version = session.value(QStringLiteral("PRAGMA user_version"));
    if (!version)
        return version.error();
    if (version->toInt() > kSchema)
        return Error::make(ErrorKind::Storage, QCoreApplication::translate("Database", "The file of webhook deliveries was written by a newer version."));
    if (version->toInt() == kSchema)
        return std::nullopt;
    std::optional<Error> error = session.exec(QStringLiteral("BEGIN IMMEDIATE"));
    if (error)
        return error;
    error = upgrade(session, version->toInt());
    if (!error)
        error = session.exec(QStringLiteral("COMMIT"));
    if (error)
        session.exec(QStringLiteral("ROLLBACK"));
    return error;
}

} // namespace

const DatabaseKind &deliveryKind()
{
    static constexpr DatabaseKind kind{
        &migrate,
        true,
        {
            QT_TRANSLATE_NOOP("Database", "The disk is full: webhook deliveries may be refused."),
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
