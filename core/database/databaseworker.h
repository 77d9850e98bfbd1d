// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/database/databasestatus.h"
#include "core/database/sqlsession.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace novita {

/// The database thread's half of Database: owns the connection, opens, sets a damaged file aside, carries out work.
/// Every call in its own thread; answers go through `report`.
class DatabaseWorker final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DatabaseWorker)

public:
    /// One piece of work inside a transaction; an error rolls back.
    using Work = std::function<std::optional<Error>(SqlSession &)>;

    /// `report` is called in the worker's thread and must be ready for that. `kind` must outlive it.
    DatabaseWorker(const Clock &clock, std::function<void(const DatabaseStatus &)> report, const DatabaseKind &kind = historyKind());
    ~DatabaseWorker() override;

    std::optional<Error> open(const QString &path);
    /// Runs `work` in a transaction of its own. Its Error, or that of the transaction. A file that could not be opened is tried again first, every
    /// kReopenAfter at most: who held it may have let go, the disk may be there again.
    std::optional<Error> run(const Work &work);
    /// Runs all in one transaction; when one of them fails the others are done one by one and only the bad one is lost.
    void runGroup(const std::vector<Work> &group);

private:
    static constexpr Milliseconds kReopenAfter{5000};

    std::optional<Error> openFile();
    std::optional<Error> openOrReplace();
    void reopen();
    std::optional<Error> setAside();
    std::optional<Error> noFile() const;
    qint64 totalChanges() const; ///< rows written on this connection
    void noteFailure(const Error &error);
    void setStatus(DatabaseStatus::State state, const QString &notice);

    const Clock &m_clock;
    std::function<void(const DatabaseStatus &)> m_report;
    const DatabaseKind &m_kind;
    std::unique_ptr<SqlSession> m_session;
    DatabaseStatus m_status;
    QString m_connectionName;
    QString m_lastingNotice; ///< of a file set aside; the notice of a full disk passes
    int m_opened = 0;
    SteadyPoint m_tried{}; ///< to open it
};

} // namespace novita
