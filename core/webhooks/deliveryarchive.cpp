// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliveryarchive.h"

#include "core/database/sqltypes.h"
#include "core/webhooks/deliverykind.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace novita {

namespace {

constexpr int kPruneBatch = 500;
constexpr int kReplayBatch = 2000; // small rows, side by side
constexpr std::chrono::hours kPruneEvery{1};

/// Columns as listed in kColumns.
Delivery rowOf(const QSqlQuery &query)
{
    Delivery delivery;
    delivery.id = query.value(0).toLongLong();
    delivery.receivedAt = timeFromSql(query.value(1));
    delivery.result = enumFromSql(query.value(2), kLastDeliveryResult, DeliveryResult::Malformed);
    delivery.scheme = enumFromSql(query.value(3), kLastDeliveryScheme, DeliveryScheme::None);
    delivery.path = query.value(4).toString();
    delivery.address = query.value(5).toString();
    delivery.reason = query.value(6).toString();
    delivery.kind = query.value(7).toString();
    delivery.subject = query.value(8).toString();
    delivery.bytes = query.value(9).toLongLong();
    if (!query.value(10).isNull())
        delivery.duplicateOf = query.value(10).toLongLong();
    return delivery;
}

constexpr QLatin1String kColumns("id, at, result, scheme, path, address, reason, kind, subject, bytes, duplicate_of");

/// A null QByteArray would become NULL, which the columns forbid.
QVariant blob(const QByteArray &bytes)
{
    return bytes.isNull() ? QVariant(QByteArray("")) : QVariant(bytes);
}

/// What anybody can bring about at will, whoever has one delivery of another's included, must not push out what was accepted.
bool isSurplus(DeliveryResult result)
{
    return result != DeliveryResult::Accepted;
}

} // namespace

DeliveryArchive::DeliveryArchive(const Clock &clock, const QString &path, std::function<void(const DatabaseStatus &)> report)
    : m_clock(clock)
    , m_path(path)
    , m_triedAt(clock.steadyNow())
    , m_worker(clock, [this, report = std::move(report)](const DatabaseStatus &status) {
        // Another file than before: a damaged one was set aside.
        if (status.state == DatabaseStatus::State::Opening)
            m_kept = -1;
        m_open = status.isOpen();
        report(status);
    }, deliveryKind())
{
    m_worker.open(m_path);
}

std::optional<Error> DeliveryArchive::run(const DatabaseWorker::Work &work)
{
    if (!m_open && m_clock.steadyNow() - m_triedAt >= kReopenAfter) {
        m_triedAt = m_clock.steadyNow();
        m_worker.open(m_path);
    }
    return m_worker.run(work);
}

Result<qint64> DeliveryArchive::lastId()
{
    qint64 last = 0;
    const std::optional<Error> error = run([&](SqlSession &session) -> std::optional<Error> {
        const Result<QVariant> value = session.value(QStringLiteral("SELECT seq FROM sqlite_sequence WHERE name = 'delivery'"));
        if (!value)
            return value.error();
        last = value->toLongLong();
        return std::nullopt;
    });
    return error ? Result<qint64>(*error) : Result<qint64>(last);
}

std::optional<Error> DeliveryArchive::load(ReplayMemory &memory, TimePoint now)
{
    return run([&](SqlSession &session) {
        return session.select(QStringLiteral("SELECT delivery, at, keys FROM replay WHERE at > ? ORDER BY delivery"), {timeToSql(now - ReplayMemory::kSpan)},
                              [&](const QSqlQuery &query) {
            const QList<ReplayKey> keys = replayKeysFromBytes(query.value(2).toByteArray());
            for (const ReplayKey &key : keys)
                memory.remember(key, query.value(0).toLongLong(), timeFromSql(query.value(1)));
            return true;
        });
    });
}

std::optional<Error> DeliveryArchive::countKept(SqlSession &session)
{
    if (m_kept >= 0)
        return std::nullopt;
    const Result<QVariant> kept = session.value(QStringLiteral("SELECT COALESCE(SUM(kept), 0) FROM delivery"));
    if (!kept)
        return kept.error();
    m_kept = kept->toLongLong();
    return std::nullopt;
}

std::optional<Error> DeliveryArchive::move(const std::vector<DeliveryRow> &rows, qint64 oldestRemembered)
{
    if (rows.empty())
        return std::nullopt;
    Tally tally;
    const std::optional<Error> error = run([&](SqlSession &session) -> std::optional<Error> {
        tally = {};
        if (std::optional<Error> failed = countKept(session))
            return failed;
        for (const DeliveryRow &row : rows) {
            if (std::optional<Error> failed = insert(session, row, tally))
                return failed;
        }
        return std::nullopt;
    });
    if (error)
        return error;
    m_kept += tally.bytes;
    m_surplus += tally.surplus;
    m_oldestRemembered = oldestRemembered;
    const TimePoint now = rows.back().delivery.receivedAt;
    const bool isDue = m_surplus > kMaxSurplus / 2 || (m_retention && (m_kept > m_retention->bytes || now - m_prunedAt >= kPruneEvery));
    if (isDue && m_pruning == Pruning::None)
        planPruning(now);
    return std::nullopt;
}

std::optional<Error> DeliveryArchive::insert(SqlSession &session, const DeliveryRow &row, Tally &tally)
{
    const Delivery &delivery = row.delivery;
    // OR IGNORE: a commit that was reported as failed may have come about.
    const std::optional<Error> error = session.exec(
        QStringLiteral("INSERT OR IGNORE INTO delivery (id, at, result, scheme, path, address, reason, kind, subject, bytes, kept, duplicate_of, headers, body)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {delivery.id, timeToSql(delivery.receivedAt), static_cast<int>(delivery.result), static_cast<int>(delivery.scheme), text(delivery.path),
         text(delivery.address), text(delivery.reason), text(delivery.kind), text(delivery.subject), delivery.bytes, row.keptBytes(),
         delivery.duplicateOf ? QVariant(*delivery.duplicateOf) : QVariant(QMetaType::fromType<qint64>()), blob(row.headers), blob(delivery.body)});
    if (error || session.changes() == 0)
        return error;
    tally.bytes += row.keptBytes();
    tally.surplus += isSurplus(delivery.result) ? 1 : 0;
    if (row.keys.isEmpty())
        return std::nullopt;
    return session.exec(QStringLiteral("INSERT OR IGNORE INTO replay (delivery, at, keys) VALUES (?, ?, ?)"),
                        {delivery.id, timeToSql(delivery.receivedAt), replayKeyBytes(row.keys)});
}

void DeliveryArchive::planPruning(TimePoint now)
{
    m_prunedAt = now;
    m_surplus = 0;
    m_pruning = Pruning::Surplus;
}

bool DeliveryArchive::prune()
{
    if (m_pruning == Pruning::None)
        return false;
    bool more = false;
    qint64 freed = 0;
    const std::optional<Error> failed = run([&](SqlSession &session) {
        switch (m_pruning) {
        case Pruning::Surplus: return pruneSurplus(session, &freed);
        case Pruning::Replay: return pruneReplay(session, &more);
        default: return pruneDeliveries(session, m_prunedAt, &freed, &more);
        }
    });
    if (!failed && m_kept >= 0)
        m_kept -= freed;
    if (failed)
        m_pruning = Pruning::None;
    else if (!more)
        m_pruning = static_cast<Pruning>((static_cast<int>(m_pruning) + 1) % kPrunings);
    // What came while it went on was not planned for, and perhaps nothing more comes that would be.
    if (!failed && m_pruning == Pruning::None && m_surplus > kMaxSurplus / 2)
        planPruning(m_prunedAt);
    return m_pruning != Pruning::None;
}

std::optional<Error> DeliveryArchive::pruneSurplus(SqlSession &session, qint64 *freed)
{
    *freed = 0;
    for (int result = 0; result <= static_cast<int>(kLastDeliveryResult); ++result) {
        if (!isSurplus(static_cast<DeliveryResult>(result)))
            continue;
        const QString surplus = QStringLiteral(" FROM delivery WHERE result = ? AND id <= (SELECT id FROM delivery WHERE result = ? ORDER BY id DESC LIMIT 1 OFFSET ?)");
        const QVariantList values{result, result, kMaxSurplus};
        const Result<QVariant> kept = session.value(QStringLiteral("SELECT COALESCE(SUM(kept), 0)") + surplus, values);
        if (!kept)
            return kept.error();
        *freed += kept->toLongLong();
        if (std::optional<Error> failed = session.exec(QStringLiteral("DELETE") + surplus, values))
            return failed;
    }
    return std::nullopt;
}

std::optional<Error> DeliveryArchive::pruneReplay(SqlSession &session, bool *more)
{
    const std::optional<Error> error = session.exec(
        QStringLiteral("DELETE FROM replay WHERE delivery IN (SELECT delivery FROM replay WHERE delivery < ? ORDER BY delivery LIMIT ?)"), {m_oldestRemembered, kReplayBatch});
    *more = !error && session.changes() == kReplayBatch;
    return error;
}

/// One batch of the oldest, in a transaction of its own: nobody waits long for the file.
std::optional<Error> DeliveryArchive::pruneDeliveries(SqlSession &session, TimePoint now, qint64 *freed, bool *more)
{
    *more = false;
    *freed = 0;
    if (!m_retention)
        return std::nullopt;
    if (std::optional<Error> failed = countKept(session))
        return failed;
    const TimePoint oldest = now - std::chrono::days(std::clamp(m_retention->days, 1, 3650));
    qint64 last = 0;
    int rows = 0;
    const std::optional<Error> error =
        session.select(QStringLiteral("SELECT id, at, kept FROM delivery ORDER BY id LIMIT ?"), {kPruneBatch}, [&](const QSqlQuery &query) {
            if (timeFromSql(query.value(1)) >= oldest && m_kept - *freed <= m_retention->bytes)
                return false;
            last = query.value(0).toLongLong();
            *freed += query.value(2).toLongLong();
            ++rows;
            return true;
        });
    if (error || rows == 0)
        return error;
    *more = rows == kPruneBatch;
    return session.exec(QStringLiteral("DELETE FROM delivery WHERE id <= ?"), {last});
}

Result<DeliveryPage> DeliveryArchive::list(const DeliveryQuery &query)
{
    DeliveryPage page;
    const int limit = std::clamp(query.limit, 1, 1000);
    const std::optional<Error> error = run([&](SqlSession &session) -> std::optional<Error> {
        QString where = QStringLiteral(" WHERE id < ?");
        QVariantList values{query.before ? *query.before : std::numeric_limits<qint64>::max()};
        QString ofResult;
        QVariantList resultValue;
        if (query.result) {
            where += QLatin1String(" AND result = ?");
            ofResult = QStringLiteral(" WHERE result = ?");
            resultValue = {static_cast<int>(*query.result)};
        }
        const Result<QVariant> total = session.value(QStringLiteral("SELECT COUNT(*) FROM delivery") + ofResult, resultValue);
        if (!total)
            return total.error();
        page.total = total->toLongLong();
        return session.select(QStringLiteral("SELECT ") + kColumns + QStringLiteral(" FROM delivery") + where + QStringLiteral(" ORDER BY id DESC LIMIT ?"),
                              values + resultValue + QVariantList{limit + 1}, [&](const QSqlQuery &row) {
            if (page.deliveries.size() == limit) {
                page.next = page.deliveries.last().id;
                return false;
            }
            page.deliveries.append(rowOf(row));
            return true;
        });
    });
    return error ? Result<DeliveryPage>(*error) : Result<DeliveryPage>(page);
}

Result<Delivery> DeliveryArchive::read(qint64 id)
{
    std::optional<Delivery> found;
    const std::optional<Error> error = run([&](SqlSession &session) {
        return session.select(QStringLiteral("SELECT ") + kColumns + QStringLiteral(", headers, body FROM delivery WHERE id = ?"), {id}, [&](const QSqlQuery &row) {
            found = rowOf(row);
            found->headers = headersFromLines(row.value(11).toByteArray());
            found->body = row.value(12).toByteArray();
            return false;
        });
    });
    if (error)
        return *error;
    if (!found)
        return Error::make(ErrorKind::NotFound, QCoreApplication::translate("DeliveryStore", "This delivery is not kept any more."));
    return *found;
}

Result<Done> DeliveryArchive::keep(const DeliveryRetention &retention, TimePoint now)
{
    m_retention = retention;
    planPruning(now);
    return Done{};
}

} // namespace novita
