// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/database/databaseworker.h"
#include "core/webhooks/delivery.h"

#include <functional>
#include <vector>

namespace novita {

/// Where a delivery came to lie.
struct StoredDelivery
{
    qint64 id = 0;
    DeliveryResult result = DeliveryResult::Accepted; ///< as given, or Duplicate
    std::optional<qint64> duplicateOf;
};

/// A delivery on its way into the file.
struct PendingDelivery
{
    Delivery delivery;
    QList<QByteArray> replayKeys; ///< the first one decides whether it is a duplicate; all are remembered of accepted ones
    std::function<void(const Result<StoredDelivery> &)> stored; ///< may be empty; called once, after the commit
};

/// The store thread's half of DeliveryStore: the file and all statements on it. Every call in the thread that made it.
class DeliveryWriter final
{
    Q_DISABLE_COPY_MOVE(DeliveryWriter)

public:
    static constexpr std::chrono::hours kReplayMemory{24};
    static constexpr Milliseconds kReopenAfter{5000}; ///< a file that could not be opened is tried again
    static constexpr int kMaxRefusals = 1000;         ///< rows kept of each sort of refusal

    /// Opens `path`; `report` is called in this thread. `clock` must be safe to ask from it.
    DeliveryWriter(const Clock &clock, const QString &path, std::function<void(const DatabaseStatus &)> report);

    /// Writes all in one transaction, synced; then tells each. When that fails, none is stored and each is told the Error.
    void store(std::vector<PendingDelivery> group);

    Result<DeliveryPage> list(const DeliveryQuery &query);
    Result<Delivery> read(qint64 id); ///< ErrorKind::NotFound
    Result<Done> keep(const DeliveryRetention &retention, TimePoint now);

private:
    std::optional<Error> run(const DatabaseWorker::Work &work);
    std::optional<Error> countKept(SqlSession &session); ///< unless it is known
    std::optional<Error> insertAll(SqlSession &session, const std::vector<PendingDelivery> &group, std::vector<StoredDelivery> &out);
    std::optional<Error> insert(SqlSession &session, const Delivery &delivery, const StoredDelivery &stored);
    Result<std::optional<qint64>> replayOf(SqlSession &session, const PendingDelivery &pending, qint64 id);
    void prune(TimePoint now);
    std::optional<Error> pruneDeliveries(SqlSession &session, TimePoint now, bool *more);

    const Clock &m_clock;
    const QString m_path;
    DeliveryRetention m_retention;
    qint64 m_kept = -1; ///< of all rows; negative: not counted yet in this file
    qint64 m_groupKept = 0;
    int m_refusals = 0; ///< since the last prune
    TimePoint m_prunedAt{};
    SteadyPoint m_triedAt{};
    bool m_open = false;
    DatabaseWorker m_worker; ///< last: its report touches the others
};

} // namespace novita
