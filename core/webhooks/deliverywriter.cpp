// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverywriter.h"

#include "core/database/sqltypes.h"
#include "core/webhooks/deliverykind.h"

#include <QCoreApplication>

#include <algorithm>

namespace novita {

namespace {

constexpr qint64 kRowBytes = 200; ///< what a row takes besides headers and body, about
constexpr int kPruneBatch = 500;
constexpr std::chrono::hours kPruneEvery{1};

QByteArray joined(const QList<HttpHeaders::Field> &headers)
{
    QByteArray out;
    for (const HttpHeaders::Field &field : headers)
        out += field.name + ": " + field.value + "\r\n"; // the server lets no line end into a value
    return out;
}

QList<HttpHeaders::Field> split(const QByteArray &text)
{
    QList<HttpHeaders::Field> fields;
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = text.indexOf("\r\n", at);
        const qsizetype colon = text.indexOf(": ", at);
        if (end < 0 || colon < 0 || colon > end)
            break;
        fields.append({text.mid(at, colon - at), text.mid(colon + 2, end - colon - 2)});
        at = end + 2;
    }
    return fields;
}

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

bool isRefusal(DeliveryResult result)
{
    return result != DeliveryResult::Accepted && result != DeliveryResult::Duplicate;
}

} // namespace

DeliveryWriter::DeliveryWriter(const Clock &clock, const QString &path, std::function<void(const DatabaseStatus &)> report)
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

std::optional<Error> DeliveryWriter::run(const DatabaseWorker::Work &work)
{
    if (!m_open && m_clock.steadyNow() - m_triedAt >= kReopenAfter) {
        m_triedAt = m_clock.steadyNow();
        m_worker.open(m_path);
    }
    return m_worker.run(work);
}

void DeliveryWriter::store(std::vector<PendingDelivery> group)
{
    std::vector<StoredDelivery> stored;
    const std::optional<Error> error = run([&](SqlSession &session) { return insertAll(session, group, stored); });
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i].stored)
            group[i].stored(error ? Result<StoredDelivery>(*error) : Result<StoredDelivery>(stored[i]));
    }
    if (error)
        return;
    m_kept += m_groupKept;
    m_refusals += static_cast<int>(std::count_if(stored.begin(), stored.end(), [](const StoredDelivery &one) { return isRefusal(one.result); }));
    const TimePoint now = group.back().delivery.receivedAt;
    if (m_kept > m_retention.bytes || m_refusals > kMaxRefusals / 2 || now - m_prunedAt >= kPruneEvery)
        prune(now);
}

std::optional<Error> DeliveryWriter::countKept(SqlSession &session)
{
    if (m_kept >= 0)
        return std::nullopt;
    const Result<QVariant> kept = session.value(QStringLiteral("SELECT COALESCE(SUM(kept), 0) FROM delivery"));
    if (!kept)
        return kept.error();
    m_kept = kept->toLongLong();
    return std::nullopt;
}

std::optional<Error> DeliveryWriter::insertAll(SqlSession &session, const std::vector<PendingDelivery> &group, std::vector<StoredDelivery> &out)
{
    out.clear();
    m_groupKept = 0;
    if (std::optional<Error> failed = countKept(session))
        return failed;
    const Result<QVariant> last = session.value(QStringLiteral("SELECT seq FROM sqlite_sequence WHERE name = 'delivery'"));
    if (!last)
        return last.error();
    qint64 id = last->toLongLong();
    for (const PendingDelivery &pending : group) {
        const Result<std::optional<qint64>> earlier = replayOf(session, pending, ++id);
        if (!earlier)
            return earlier.error();
        StoredDelivery stored{id, *earlier ? DeliveryResult::Duplicate : pending.delivery.result, *earlier};
        if (std::optional<Error> error = insert(session, pending.delivery, stored))
            return error;
        out.push_back(stored);
    }
    return std::nullopt;
}

/// Looks up and remembers in one statement: no row changed means that the key is known and still counts.
Result<std::optional<qint64>> DeliveryWriter::replayOf(SqlSession &session, const PendingDelivery &pending, qint64 id)
{
    const QVariant at = timeToSql(pending.delivery.receivedAt);
    const QVariant forgotten = timeToSql(pending.delivery.receivedAt - kReplayMemory);
    const QString find = QStringLiteral("SELECT delivery FROM seen WHERE key = ? AND at > ?");
    for (const QByteArray &key : pending.replayKeys) {
        const bool decides = key == pending.replayKeys.first();
        if (pending.delivery.result == DeliveryResult::Accepted) {
            const std::optional<Error> error = session.exec(
                QStringLiteral("INSERT INTO seen (key, delivery, at) VALUES (?, ?, ?)"
                               " ON CONFLICT (key) DO UPDATE SET delivery = excluded.delivery, at = excluded.at WHERE seen.at <= ?"),
                {key, id, at, forgotten});
            if (error)
                return *error;
            if (session.changes() > 0 || !decides)
                continue;
        }
        if (!decides)
            break;
        const Result<QVariant> earlier = session.value(find, {key, forgotten});
        if (!earlier)
            return earlier.error();
        if (earlier->isValid())
            return std::optional<qint64>(earlier->toLongLong());
    }
    return std::optional<qint64>();
}

std::optional<Error> DeliveryWriter::insert(SqlSession &session, const Delivery &delivery, const StoredDelivery &stored)
{
    const bool duplicate = stored.result == DeliveryResult::Duplicate;
    const QByteArray headers = joined(delivery.headers);
    const QByteArray body = duplicate ? QByteArray() : delivery.body; // the first one has it
    const qint64 kept = headers.size() + body.size() + kRowBytes;
    m_groupKept += kept;
    return session.exec(
        QStringLiteral("INSERT INTO delivery (id, at, result, scheme, path, address, reason, kind, subject, bytes, kept, duplicate_of, headers, body)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {stored.id, timeToSql(delivery.receivedAt), static_cast<int>(stored.result), static_cast<int>(delivery.scheme), text(delivery.path),
         text(delivery.address), text(duplicate ? QString() : delivery.reason), text(delivery.kind), text(delivery.subject), delivery.bytes, kept,
         stored.duplicateOf ? QVariant(*stored.duplicateOf) : QVariant(QMetaType::fromType<qint64>()), blob(headers), blob(body)});
}

void DeliveryWriter::prune(TimePoint now)
{
    m_prunedAt = now;
    m_refusals = 0;
    qint64 freed = 0;
    const std::optional<Error> error = run([&](SqlSession &session) -> std::optional<Error> {
        for (int result = 0; result <= static_cast<int>(kLastDeliveryResult); ++result) {
            if (!isRefusal(static_cast<DeliveryResult>(result)))
                continue;
            const QString surplus = QStringLiteral(" FROM delivery WHERE result = ? AND id <= (SELECT id FROM delivery WHERE result = ? ORDER BY id DESC LIMIT 1 OFFSET ?)");
            const QVariantList values{result, result, kMaxRefusals};
            const Result<QVariant> kept = session.value(QStringLiteral("SELECT COALESCE(SUM(kept), 0)") + surplus, values);
            if (!kept)
                return kept.error();
            freed += kept->toLongLong();
            if (std::optional<Error> failed = session.exec(QStringLiteral("DELETE") + surplus, values))
                return failed;
        }
        return session.exec(QStringLiteral("DELETE FROM seen WHERE at <= ?"), {timeToSql(now - kReplayMemory)});
    });
    if (!error && m_kept >= 0)
        m_kept -= freed;
    bool more = !error;
    while (more && !run([&](SqlSession &session) { return pruneDeliveries(session, now, &more); })) { }
}

/// One batch of the oldest, in a transaction of its own: nobody waits long for the file.
std::optional<Error> DeliveryWriter::pruneDeliveries(SqlSession &session, TimePoint now, bool *more)
{
    *more = false;
    if (std::optional<Error> failed = countKept(session))
        return failed;
    const TimePoint oldest = now - std::chrono::days(std::clamp(m_retention.days, 1, 3650));
    qint64 last = 0, freed = 0;
    int rows = 0;
    const std::optional<Error> error =
        session.select(QStringLiteral("SELECT id, at, kept FROM delivery ORDER BY id LIMIT ?"), {kPruneBatch}, [&](const QSqlQuery &query) {
            if (timeFromSql(query.value(1)) >= oldest && m_kept - freed <= m_retention.bytes)
                return false;
            last = query.value(0).toLongLong();
            freed += query.value(2).toLongLong();
            ++rows;
            return true;
        });
    if (error || rows == 0)
        return error;
    m_kept -= freed;
    *more = rows == kPruneBatch;
    return session.exec(QStringLiteral("DELETE FROM delivery WHERE id <= ?"), {last});
}

Result<DeliveryPage> DeliveryWriter::list(const DeliveryQuery &query)
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

Result<Delivery> DeliveryWriter::read(qint64 id)
{
    std::optional<Delivery> found;
    const std::optional<Error> error = run([&](SqlSession &session) {
        return session.select(QStringLiteral("SELECT ") + kColumns + QStringLiteral(", headers, body FROM delivery WHERE id = ?"), {id}, [&](const QSqlQuery &row) {
            found = rowOf(row);
            found->headers = split(row.value(11).toByteArray());
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

Result<Done> DeliveryWriter::keep(const DeliveryRetention &retention, TimePoint now)
{
    m_retention = retention;
    prune(now);
    return Done{};
}

} // namespace novita
