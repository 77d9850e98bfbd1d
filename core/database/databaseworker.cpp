// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/databaseworker.h"

#include "core/base/logging.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

namespace novita {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Database", text);
}

} // namespace

DatabaseWorker::DatabaseWorker(const Clock &clock, std::function<void(const DatabaseStatus &)> report, const DatabaseKind &kind)
    : m_clock(clock), m_report(std::move(report)), m_kind(kind), m_connectionName(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

DatabaseWorker::~DatabaseWorker() = default;

void DatabaseWorker::setStatus(DatabaseStatus::State state, const QString &notice)
{
    m_status.state = state;
    m_status.notice = notice;
    m_status.isOver = state == DatabaseStatus::State::Open && !notice.isEmpty() && notice == m_lastingNotice;
    m_report(m_status);
}

std::optional<Error> DatabaseWorker::open(const QString &path)
{
    m_status.path = path;
    setStatus(DatabaseStatus::State::Opening, {});
    const std::optional<Error> error = openOrReplace();
    if (error) {
        qCWarning(lcDatabase).noquote() << "no file:" << error->toLogString() << error->detail;
        setStatus(DatabaseStatus::State::Unavailable, error->message);
        return error;
    }
    setStatus(DatabaseStatus::State::Open, m_lastingNotice);
    return std::nullopt;
}

std::optional<Error> DatabaseWorker::openOrReplace()
{
    m_tried = m_clock.steadyNow();
    std::optional<Error> error = openFile();
    m_lastingNotice.clear();
    if (error && m_session && m_session->isCorrupt()) {
        error = setAside();
        if (!error)
            error = openFile();
        if (!error)
            m_lastingNotice = translated(m_kind.texts.setAside).arg(QFileInfo(m_status.setAside).fileName());
    }
    if (error)
        m_session.reset();
    return error;
}

/// Told of when it went well: until then nothing has changed.
void DatabaseWorker::reopen()
{
    if (m_status.state != DatabaseStatus::State::Unavailable || m_clock.steadyNow() - m_tried < kReopenAfter)
        return;
    if (!openOrReplace())
        setStatus(DatabaseStatus::State::Open, m_lastingNotice);
}

std::optional<Error> DatabaseWorker::openFile()
{
    m_session.reset();
    // Before SQLite opens it: the log and the shared memory beside it get the permissions that the file has then.
    constexpr QFileDevice::Permissions kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    QFile(m_status.path).open(QIODevice::ReadWrite | QIODevice::NewOnly, kOwnerOnly);
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::setPermissions(m_status.path + suffix, kOwnerOnly);
    // A name of its own for each: QSqlDatabase warns when a name is taken again too soon.
    m_session = std::make_unique<SqlSession>(QStringLiteral("%1-%2").arg(m_connectionName).arg(++m_opened), m_status.path, m_kind);
    if (m_session->openError())
        return m_session->openError();
    return m_kind.migrate(*m_session);
}

/// The damaged file moves away with its log, so that a repair tool finds both.
std::optional<Error> DatabaseWorker::setAside()
{
    m_session.reset();
    const QFileInfo file(m_status.path);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock.now().time_since_epoch().count(), Qt::UTC);
    const QString stem = QStringLiteral("%1/%2.damaged-%3").arg(file.absolutePath(), file.completeBaseName(), now.toString(QStringLiteral("yyyyMMdd-hhmmss")));
    QString name = stem + QLatin1String(".sqlite");
    for (int i = 2; QFile::exists(name); ++i)
        name = QStringLiteral("%1-%2.sqlite").arg(stem).arg(i);
    if (!QFile::rename(m_status.path, name))
        return Error::make(ErrorKind::Storage, translated(m_kind.texts.notSetAside), m_status.path);
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        if (QFile::exists(m_status.path + suffix) && !QFile::rename(m_status.path + suffix, name + suffix))
            QFile::remove(m_status.path + suffix); // SQLite must not play it into the new file
    }
    m_status.setAside = name;
    qCWarning(lcDatabase).noquote() << "damaged file kept as" << name;
    return std::nullopt;
}

std::optional<Error> DatabaseWorker::noFile() const
{
    return Error::make(ErrorKind::Storage, m_status.notice.isEmpty() ? translated(m_kind.texts.notOpen) : m_status.notice);
}

std::optional<Error> DatabaseWorker::run(const Work &work)
{
    if (!m_session)
        reopen();
    if (!m_session)
        return noFile();
    bool isRoomProven = false;
    const bool wasFull = m_status.notice == translated(m_kind.texts.diskFull);
    std::optional<Error> error = m_session->exec(QStringLiteral("BEGIN IMMEDIATE"));
    if (!error) {
        const qint64 changesBefore = wasFull ? totalChanges() : 0;
        error = work(*m_session);
        // Reading goes well on a full disk too.
        isRoomProven = !wasFull || totalChanges() != changesBefore;
        if (!error)
            error = m_session->exec(QStringLiteral("COMMIT"));
        if (error)
            m_session->exec(QStringLiteral("ROLLBACK"));
    }
    if (error)
        noteFailure(*error);
    else if (m_status.notice != m_lastingNotice && isRoomProven)
        setStatus(DatabaseStatus::State::Open, m_lastingNotice); // a full disk has room again
    return error;
}

qint64 DatabaseWorker::totalChanges() const
{
    return m_session->value(QStringLiteral("SELECT total_changes()")).valueOr(QVariant()).toLongLong();
}

void DatabaseWorker::runGroup(const std::vector<Work> &group)
{
    const std::optional<Error> error = run([&group](SqlSession &session) -> std::optional<Error> {
        for (const Work &work : group) {
            if (std::optional<Error> failed = work(session))
                return failed;
        }
        return std::nullopt;
    });
    if (!error || group.size() < 2 || !m_session)
        return;
    for (const Work &work : group) {
        if (!m_session)
            return;
        run(work);
    }
}

void DatabaseWorker::noteFailure(const Error &error)
{
    qCWarning(lcDatabase).noquote() << error.toLogString() << error.detail;
    if (error.kind != ErrorKind::Storage)
        return;
    if (!m_session->isCorrupt()) {
        if (m_status.notice != error.message)
            setStatus(DatabaseStatus::State::Open, error.message);
        return;
    }
    open(m_status.path);
}

} // namespace novita
