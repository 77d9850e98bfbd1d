// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/outgoingstore.h"

#include "core/database/database.h"
#include "core/database/sqltypes.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace novita {

namespace {

const QLatin1String kColumns("seq, id, lane, rule, rule_name, kind, subject, subject_name, state, attempts, tries, created_at, due_at,"
                             " ended_at, status, took, note");

OutgoingMessage messageOf(const QSqlQuery &row)
{
    OutgoingMessage message;
    message.seq = row.value(0).toLongLong();
    message.id = row.value(1).toString().toLatin1();
    message.lane = row.value(2).toString();
    message.rule = RuleId(row.value(3).toString());
    message.ruleName = row.value(4).toString();
    message.kind = row.value(5).toString();
    message.subject = row.value(6).toString();
    message.subjectName = row.value(7).toString();
    message.state = enumFromSql(row.value(8), kLastOutgoingState, OutgoingState::Dropped);
    message.attempts = row.value(9).toInt();
    message.tries = row.value(10).toInt();
    message.createdAt = timeFromSql(row.value(11));
    message.dueAt = timeFromSql(row.value(12));
    message.endedAt = optionalTimeFromSql(row.value(13));
    message.status = row.value(14).toInt();
    message.took = Milliseconds(row.value(15).toLongLong());
    message.note = row.value(16).toString();
    return message;
}

/// Rows of `query`, which selects kColumns, and the body where it selects that, too.
Result<QList<OutgoingMessage>> messages(SqlSession &session, const QString &query, const QVariantList &values, bool withBody)
{
    QList<OutgoingMessage> found;
    constexpr int kBodyColumn = 17;
    const std::optional<Error> error = session.select(query, values, [&found, withBody](const QSqlQuery &row) {
        found.append(messageOf(row));
        if (withBody)
            found.last().body = row.value(kBodyColumn).toByteArray();
        return true;
    });
    return error ? Result<QList<OutgoingMessage>>(*error) : Result<QList<OutgoingMessage>>(found);
}

std::optional<Error> insert(SqlSession &session, const OutgoingMessage &message)
{
    return session.exec(QStringLiteral("INSERT INTO webhook_message (id, lane, rule, rule_name, kind, subject, subject_name, body, state, attempts,"
                                       " tries, created_at, due_at, ended_at, status, took, note)"
                                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                        {text(QString::fromLatin1(message.id)), text(message.lane), text(message.rule.toString()), text(message.ruleName),
                         text(message.kind), text(message.subject), text(message.subjectName), message.body.isNull() ? QByteArray("") : message.body, int(message.state), message.attempts,
                         message.tries, timeToSql(message.createdAt), timeToSql(message.dueAt), timeToSql(message.endedAt), message.status, QVariant::fromValue<qint64>(message.took.count()),
                         text(message.note)});
}

Result<int> countOpen(SqlSession &session)
{
    const Result<QVariant> open = session.value(QStringLiteral("SELECT COUNT(*) FROM webhook_message WHERE state < 2"));
    return open ? Result<int>(open->toInt()) : Result<int>(open.error());
}

/// The oldest message of each lane that has none under way.
const QLatin1String kHeads("SELECT MIN(seq) FROM webhook_message WHERE state < 2 GROUP BY lane HAVING MAX(state) = 0");

/// Not in SQL, whose lower() knows ASCII alone.
bool matchesText(const OutgoingStore::Query &query, const OutgoingMessage &message)
{
    const auto has = [&query](const QString &field) { return field.contains(query.text, Qt::CaseInsensitive); };
    return query.text.isEmpty() || query.kinds.contains(message.kind) || has(message.subject) || has(message.subjectName) || has(message.ruleName);
}

Error gone()
{
    return Error::make(ErrorKind::NotFound, QCoreApplication::translate("OutgoingStore", "This message is not kept any more."));
}

} // namespace

QByteArray OutgoingStore::newId()
{
    return "msg_" + QUuid::createUuid().toByteArray(QUuid::Id128);
}

Call<int> *OutgoingStore::enqueue(const QList<OutgoingMessage> &messages, int most, const QString &note)
{
    return m_database.run<int>([messages, most, note](SqlSession &session) -> Result<int> {
        for (const OutgoingMessage &message : messages) {
            if (const std::optional<Error> error = insert(session, message))
                return *error;
        }
        const Result<int> open = countOpen(session);
        if (!open || *open <= most || messages.isEmpty())
            return open ? Result<int>(0) : open;
        const std::optional<Error> error =
            session.exec(QStringLiteral("UPDATE webhook_message SET state = ?, ended_at = ?, note = ? WHERE seq IN"
                                        " (SELECT seq FROM webhook_message WHERE state = 0 ORDER BY seq LIMIT ?)"),
                         {int(OutgoingState::Dropped), timeToSql(messages.last().createdAt), text(note), *open - most});
        return error ? Result<int>(*error) : Result<int>(session.changes());
    });
}

Call<OutgoingStore::Claim> *OutgoingStore::claim(TimePoint now, int most)
{
    return m_database.run<Claim>([now, most](SqlSession &session) -> Result<Claim> {
        Claim claim;
        const Result<QList<OutgoingMessage>> due =
            messages(session, QStringLiteral("SELECT %1, body FROM webhook_message WHERE seq IN (%2) AND (due_at <= ? OR due_at > ?)"
                                             " ORDER BY due_at, seq LIMIT ?").arg(kColumns, kHeads),
                     {timeToSql(now), timeToSql(now + kLongestWait), most}, true);
        if (!due)
            return due.error();
        claim.messages = *due;
        for (OutgoingMessage &message : claim.messages) {
            message.state = OutgoingState::Sending;
            if (const std::optional<Error> error = session.exec(QStringLiteral("UPDATE webhook_message SET state = ? WHERE seq = ?"),
                                                                {int(OutgoingState::Sending), message.seq}))
                return *error;
        }
        const Result<QVariant> next =
            session.value(QStringLiteral("SELECT MIN(due_at) FROM webhook_message WHERE seq IN (%1)").arg(kHeads));
        const Result<int> open = countOpen(session);
        if (!next || !open)
            return next ? open.error() : next.error();
        claim.nextDue = optionalTimeFromSql(*next);
        claim.open = *open;
        return claim;
    });
}

Call<Done> *OutgoingStore::record(const OutgoingMessage &message, const OutgoingAttempt &attempt)
{
    return m_database.run<Done>([message, attempt](SqlSession &session) -> Result<Done> {
        if (const std::optional<Error> error = session.exec(
                QStringLiteral("UPDATE webhook_message SET state = ?, attempts = attempts + 1, due_at = ?, ended_at = ?, status = ?, took = ?,"
                               " note = ? WHERE seq = ?"),
                {int(message.state), timeToSql(message.dueAt), timeToSql(message.endedAt), attempt.status,
                 QVariant::fromValue<qint64>(attempt.took.count()), text(attempt.problem), message.seq}))
            return *error;
        if (session.changes() != 1)
            return gone();
        return done(session.exec(QStringLiteral("INSERT INTO webhook_attempt (message, at, target, address, signed, status, took, problem, answer)"
                                                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                                 {message.seq, timeToSql(attempt.at), text(attempt.target), text(attempt.address), int(attempt.isSigned),
                                  attempt.status, QVariant::fromValue<qint64>(attempt.took.count()), text(attempt.problem), text(attempt.answer)}));
    });
}

Call<Done> *OutgoingStore::putBack(const OutgoingMessage &message)
{
    return m_database.run<Done>([message](SqlSession &session) -> Result<Done> {
        return done(session.exec(QStringLiteral("UPDATE webhook_message SET state = ?, due_at = ?, ended_at = ?, note = ? WHERE seq = ? AND state = 1"),
                                 {int(message.state), timeToSql(message.dueAt), timeToSql(message.endedAt), text(message.note), message.seq}));
    });
}

Call<Done> *OutgoingStore::takeUp(const QStringList &known, TimePoint at, const QString &note)
{
    return m_database.run<Done>([known, at, note](SqlSession &session) -> Result<Done> {
        if (const std::optional<Error> error = session.exec(QStringLiteral("UPDATE webhook_message SET state = 0 WHERE state = 1")))
            return *error;
        QStringList rules;
        if (const std::optional<Error> error =
                session.select(QStringLiteral("SELECT DISTINCT rule FROM webhook_message WHERE state < 2"), {}, [&rules](const QSqlQuery &row) {
                    rules.append(row.value(0).toString());
                    return true;
                }))
            return *error;
        for (const QString &rule : std::as_const(rules)) {
            if (known.contains(rule))
                continue;
            if (const std::optional<Error> error =
                    session.exec(QStringLiteral("UPDATE webhook_message SET state = ?, ended_at = ?, note = ? WHERE rule = ? AND state < 2"),
                                 {int(OutgoingState::Dropped), timeToSql(at), text(note), text(rule)}))
                return *error;
        }
        return Done{};
    });
}

Call<int> *OutgoingStore::drop(const RuleId &rule, TimePoint at, const QString &note)
{
    return m_database.run<int>([rule, at, note](SqlSession &session) -> Result<int> {
        const std::optional<Error> error =
            session.exec(QStringLiteral("UPDATE webhook_message SET state = ?, ended_at = ?, note = ? WHERE rule = ? AND state = 0"),
                         {int(OutgoingState::Dropped), timeToSql(at), text(note), text(rule.toString())});
        return error ? Result<int>(*error) : Result<int>(session.changes());
    });
}

Call<Done> *OutgoingStore::resend(qint64 seq, int tries, TimePoint at)
{
    return m_database.run<Done>([seq, tries, at](SqlSession &session) -> Result<Done> {
        const Result<QVariant> state = session.value(QStringLiteral("SELECT state FROM webhook_message WHERE seq = ?"), {seq});
        if (!state || !state->isValid())
            return state ? gone() : state.error();
        if (state->toInt() < int(OutgoingState::Delivered))
            return Error::make(ErrorKind::Conflict, QCoreApplication::translate("OutgoingStore", "This message is on its way already."));
        return done(session.exec(QStringLiteral("UPDATE webhook_message SET state = 0, tries = attempts + ?, due_at = ?, ended_at = NULL, note = ''"
                                                " WHERE seq = ?"),
                                 {tries, timeToSql(at), seq}));
    });
}

Call<QList<OutgoingMessage>> *OutgoingStore::list(const Query &query) const
{
    return m_database.run<QList<OutgoingMessage>>([query](SqlSession &session) -> Result<QList<OutgoingMessage>> {
        QString sql = QStringLiteral("SELECT %1 FROM webhook_message WHERE 1").arg(kColumns);
        QVariantList values;
        if (!query.rule.isEmpty()) {
            sql += QStringLiteral(" AND rule = ?");
            values.append(query.rule.toString());
        }
        if (query.state == OutgoingState::Waiting || query.state == OutgoingState::Sending) {
            sql += QStringLiteral(" AND state < 2");
        } else if (query.state) {
            sql += QStringLiteral(" AND state = ?");
            values.append(int(*query.state));
        }
        if (query.before > 0) {
            sql += QStringLiteral(" AND seq < ?");
            values.append(query.before);
        }
        const int limit = std::clamp(query.limit, 1, kMostListed);
        QList<OutgoingMessage> found;
        const std::optional<Error> error =
            session.select(sql + QStringLiteral(" ORDER BY seq DESC"), values, [&found, &query, limit](const QSqlQuery &row) {
                if (const OutgoingMessage message = messageOf(row); matchesText(query, message))
                    found.append(message);
                return found.size() < limit;
            });
        return error ? Result<QList<OutgoingMessage>>(*error) : Result<QList<OutgoingMessage>>(found);
    });
}

Call<QList<OutgoingMessage>> *OutgoingStore::rows(const QList<qint64> &seqs) const
{
    return m_database.run<QList<OutgoingMessage>>([seqs](SqlSession &session) -> Result<QList<OutgoingMessage>> {
        QStringList numbers;
        for (const qint64 seq : seqs.mid(0, kMostListed))
            numbers.append(QString::number(seq));
        const QString sql = QStringLiteral("SELECT %1 FROM webhook_message WHERE seq IN (%2) ORDER BY seq DESC");
        return messages(session, sql.arg(kColumns, numbers.join(QLatin1Char(','))), {}, false);
    });
}

Call<OutgoingRecord> *OutgoingStore::read(qint64 seq) const
{
    return m_database.run<OutgoingRecord>([seq](SqlSession &session) -> Result<OutgoingRecord> {
        const Result<QList<OutgoingMessage>> found =
            messages(session, QStringLiteral("SELECT %1, body FROM webhook_message WHERE seq = ?").arg(kColumns), {seq}, true);
        if (!found || found->isEmpty())
            return found ? gone() : found.error();
        OutgoingRecord details{found->first(), {}};
        const std::optional<Error> error = session.select(
            QStringLiteral("SELECT at, target, address, signed, status, took, problem, answer FROM webhook_attempt WHERE message = ? ORDER BY id LIMIT ?"),
            {seq, kMostAttempts}, [&details](const QSqlQuery &row) {
                details.attempts.append({timeFromSql(row.value(0)), row.value(1).toString(), row.value(2).toString(), row.value(3).toInt() != 0,
                                         row.value(4).toInt(), Milliseconds(row.value(5).toLongLong()), row.value(6).toString(),
                                         row.value(7).toString()});
                return true;
            });
        return error ? Result<OutgoingRecord>(*error) : Result<OutgoingRecord>(details);
    });
}

Call<QHash<RuleId, OutgoingMessage>> *OutgoingStore::latest() const
{
    using Latest = QHash<RuleId, OutgoingMessage>;
    return m_database.run<Latest>([](SqlSession &session) -> Result<Latest> {
        const Result<QList<OutgoingMessage>> found =
            messages(session, QStringLiteral("SELECT %1 FROM webhook_message WHERE seq IN (SELECT MAX(seq) FROM webhook_message WHERE state >= 2 GROUP BY rule)").arg(kColumns),
                     {}, false);
        if (!found)
            return found.error();
        Latest latest;
        for (const OutgoingMessage &message : *found)
            latest.insert(message.rule, message);
        return latest;
    });
}

Call<int> *OutgoingStore::prune(TimePoint before, int most)
{
    return m_database.run<int>([before, most](SqlSession &session) -> Result<int> {
        if (const std::optional<Error> error =
                session.exec(QStringLiteral("DELETE FROM webhook_message WHERE state >= 2 AND ended_at < ?"), {timeToSql(before)}))
            return *error;
        const int old = session.changes();
        const std::optional<Error> error =
            session.exec(QStringLiteral("DELETE FROM webhook_message WHERE state >= 2 AND seq NOT IN"
                                        " (SELECT seq FROM webhook_message WHERE state >= 2 ORDER BY seq DESC LIMIT ?)"),
                         {most});
        return error ? Result<int>(*error) : Result<int>(old + session.changes());
    });
}

} // namespace novita
