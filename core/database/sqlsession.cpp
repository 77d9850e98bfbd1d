// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/sqlsession.h"

#include <QCoreApplication>
#include <QSqlError>

namespace novita {

namespace {

constexpr int kBusyMs = 3000;
constexpr std::size_t kMaxPrepared = 64;
constexpr int kPrimaryCode = 0xff; ///< SQLite's extended codes carry the primary one in the low byte
constexpr int kSqliteFull = 13;
constexpr int kSqliteCorrupt = 11;
constexpr int kSqliteNotADatabase = 26;
constexpr int kSqliteBusy = 5;
constexpr int kSqliteReadOnly = 8;

QString sentence(int code, const DatabaseKind::Texts &texts)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Database", text); };
    switch (code) {
    case kSqliteFull: return tr(texts.diskFull);
    case kSqliteCorrupt:
    case kSqliteNotADatabase: return tr(texts.damaged);
    case kSqliteBusy: return tr(texts.heldByAnother);
    case kSqliteReadOnly: return tr(texts.readOnly);
    default: return tr(texts.unusable);
    }
}

} // namespace

SqlSession::SqlSession(const QString &name, const QString &path, const DatabaseKind &kind) : m_name(name), m_kind(kind)
{
    m_db = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    m_db.setDatabaseName(path);
    m_db.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(kBusyMs));
    if (!m_db.open()) {
        m_openError = failed(m_db.lastError());
        return;
    }
    const QString synchronous = kind.syncEveryCommit ? QStringLiteral("PRAGMA synchronous = FULL") : QStringLiteral("PRAGMA synchronous = NORMAL");
    for (const QString &pragma : {QStringLiteral("PRAGMA journal_mode = WAL"), synchronous,
                                  QStringLiteral("PRAGMA foreign_keys = ON"), QStringLiteral("PRAGMA wal_autocheckpoint = 1000")}) {
        m_openError = exec(pragma);
        if (m_openError)
            return;
    }
    const Result<QVariant> verdict = value(QStringLiteral("PRAGMA quick_check(1)"));
    if (!verdict) {
        m_openError = verdict.error();
    } else if (verdict->toString() != QLatin1String("ok")) {
        m_corrupt = true;
        m_openError = Error::make(ErrorKind::Storage, sentence(kSqliteCorrupt, kind.texts), verdict->toString());
    }
}

SqlSession::~SqlSession()
{
    m_prepared.clear();
    m_db.close();
    m_db = QSqlDatabase(); // removeDatabase() wants no handle left
    QSqlDatabase::removeDatabase(m_name);
}

Error SqlSession::failed(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & kPrimaryCode;
    m_corrupt = m_corrupt || code == kSqliteCorrupt || code == kSqliteNotADatabase;
    return Error::make(ErrorKind::Storage, sentence(code, m_kind.texts), QStringLiteral("SQLite %1: %2").arg(error.nativeErrorCode(), error.databaseText().isEmpty() ? error.driverText() : error.databaseText()));
}

Result<QSqlQuery *> SqlSession::run(const QString &sql, const QVariantList &values)
{
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end()) {
        if (m_prepared.size() >= kMaxPrepared)
            m_prepared.clear();
        QSqlQuery query(m_db);
        query.setForwardOnly(true);
        if (!query.prepare(sql))
            return failed(query.lastError());
        found = m_prepared.emplace(sql, std::move(query)).first;
    }
    QSqlQuery &query = found->second;
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values.at(i));
    if (!query.exec()) {
        const Error error = failed(query.lastError());
        m_prepared.erase(found);
        return error;
    }
    return &query;
}

std::optional<Error> SqlSession::exec(const QString &sql, const QVariantList &values)
{
    const Result<QSqlQuery *> query = run(sql, values);
    if (!query)
        return query.error();
    m_changes = (*query)->numRowsAffected();
    m_lastInsertId = (*query)->lastInsertId().toLongLong();
    (*query)->finish();
    return std::nullopt;
}

std::optional<Error> SqlSession::select(const QString &sql, const QVariantList &values, const std::function<bool(const QSqlQuery &)> &row)
{
    const Result<QSqlQuery *> query = run(sql, values);
    if (!query)
        return query.error();
    bool more = true;
    while (more && (*query)->next())
        more = row(**query);
    const QSqlError error = (*query)->lastError();
    (*query)->finish();
    // next() that fails in the middle of a damaged file looks like the end of the rows.
    if (error.isValid())
        return failed(error);
    return std::nullopt;
}

Result<QVariant> SqlSession::value(const QString &sql, const QVariantList &values)
{
    QVariant out;
    const std::optional<Error> error = select(sql, values, [&out](const QSqlQuery &query) {
        out = query.value(0);
        return false;
    });
    if (error)
        return *error;
    return out;
}

} // namespace novita
