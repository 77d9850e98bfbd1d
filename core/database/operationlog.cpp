// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/operationlog.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <QUuid>

#include <algorithm>

namespace novita {

namespace {

constexpr int kMaxRows = 100000;

QString openStates()
{
    return QStringLiteral("(%1, %2)").arg(int(OperationState::Waiting)).arg(int(OperationState::Running));
}

Operation operationOf(const QSqlQuery &row)
{
    Operation operation;
    operation.id = OperationId(row.value(0).toString());
    operation.profile = ProfileId(row.value(1).toString());
    operation.kind = row.value(2).toString();
    operation.parent = OperationId(row.value(3).toString());
    operation.subject = row.value(4).toString();
    operation.title = row.value(5).toString();
    operation.state = enumFromSql(row.value(6), OperationState::Canceled, OperationState::Failed);
    operation.payload = jsonFromSql(row.value(7));
    operation.outcome = jsonFromSql(row.value(8));
    operation.worker = row.value(9).toString();
    operation.createdAt = timeFromSql(row.value(10));
    operation.updatedAt = timeFromSql(row.value(11));
    operation.deadline = optionalTimeFromSql(row.value(12));
    return operation;
}

} // namespace

OperationId OperationLog::newId()
{
    return OperationId(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

Call<Done> *OperationLog::save(const QList<Operation> &operations)
{
    return m_database.run<Done>([operations](SqlSession &session) -> Result<Done> {
        for (const Operation &operation : operations) {
            const std::optional<Error> error = session.exec(
                QStringLiteral("INSERT OR REPLACE INTO operation (id, profile, kind, parent, subject, title, state, payload, outcome, worker,"
                               " created_at, updated_at, deadline_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {text(operation.id.toString()), text(operation.profile.toString()), text(operation.kind), text(operation.parent.toString()),
                 text(operation.subject), text(operation.title), int(operation.state), jsonToSql(operation.payload), jsonToSql(operation.outcome),
                 text(operation.worker), timeToSql(operation.createdAt), timeToSql(operation.updatedAt), timeToSql(operation.deadline)});
            if (error)
                return *error;
        }
        return Done{};
    });
}

Call<bool> *OperationLog::claim(const OperationId &id, const QString &seen, const QString &worker)
{
    return m_database.run<bool>([id, seen, worker](SqlSession &session) -> Result<bool> {
        const std::optional<Error> error = session.exec(
            QStringLiteral("UPDATE operation SET worker = ? WHERE id = ? AND worker = ? AND state IN ") + openStates(),
            {text(worker), text(id.toString()), text(seen)});
        if (error)
            return *error;
        return session.changes() == 1;
    });
}

Call<QList<Operation>> *OperationLog::read(const ProfileId &profile, const Filter &filter) const
{
    return m_database.run<QList<Operation>>([profile, filter](SqlSession &session) -> Result<QList<Operation>> {
        QString sql = QStringLiteral("SELECT id, profile, kind, parent, subject, title, state, payload, outcome, worker, created_at, updated_at,"
                                     " deadline_at FROM operation WHERE profile = ?");
        QVariantList values{profile.toString()};
        if (!filter.kinds.isEmpty()) {
            sql += QStringLiteral(" AND kind IN (?%1)").arg(QStringLiteral(", ?").repeated(filter.kinds.size() - 1));
            for (const QString &kind : filter.kinds)
                values.append(kind);
        }
        if (!filter.parent.isEmpty()) {
            sql += QStringLiteral(" AND parent = ?");
            values.append(filter.parent.toString());
        }
        if (filter.openOnly)
            sql += QStringLiteral(" AND state IN ") + openStates();
        sql += QStringLiteral(" ORDER BY created_at DESC, rowid DESC LIMIT ?");
        values.append(std::clamp(filter.limit, 1, kMaxRows));
        QList<Operation> operations;
        if (const std::optional<Error> error = session.select(sql, values, [&operations](const QSqlQuery &row) {
                operations.append(operationOf(row));
                return true;
            }))
            return *error;
        return operations;
    });
}

Call<int> *OperationLog::prune(TimePoint before)
{
    return m_database.run<int>([before](SqlSession &session) -> Result<int> {
        if (const std::optional<Error> error = session.exec(
                QStringLiteral("DELETE FROM operation WHERE updated_at < ? AND state NOT IN ") + openStates(), {timeToSql(before)}))
            return *error;
        return session.changes();
    });
}

} // namespace novita
