// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/database/databaseworker.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/deliveryrow.h"

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace novita {

/// Where deliveries stay: the SQLite file that they are moved to from the journal, and all statements on it. Every call in the thread that made it.
class DeliveryArchive final
{
    Q_DISABLE_COPY_MOVE(DeliveryArchive)

public:
    static constexpr Milliseconds kReopenAfter{5000}; ///< a file that could not be opened is tried again
    static constexpr int kMaxSurplus = 1000;          ///< rows kept of each result but Accepted

    /// Opens `path`; `report` is called in this thread. `clock` must be safe to ask from it.
    DeliveryArchive(const Clock &clock, const QString &path, std::function<void(const DatabaseStatus &)> report);

    /// The highest id that was ever in this file.
    Result<qint64> lastId();
    /// What the replay memory has to know after a restart.
    std::optional<Error> load(ReplayMemory &memory, TimePoint now);

    /// Puts `rows`, ids growing, into the file in one transaction, synced; rows that are there already stay as they are. Replay keys of deliveries before
    /// `oldestRemembered` are dropped some time.
    std::optional<Error> move(const std::vector<DeliveryRow> &rows, qint64 oldestRemembered);

    Result<DeliveryPage> list(const DeliveryQuery &query);
    Result<Delivery> read(qint64 id); ///< ErrorKind::NotFound
    /// From now on; what it deletes at once waits for prune(). Until it is called nothing is deleted.
    Result<Done> keep(const DeliveryRetention &retention, TimePoint now);

    /// Deletes what is due, one batch: whoever waits for this thread waits no longer. False: nothing more is due.
    bool prune();

private:
    struct Tally
    {
        qint64 bytes = 0; ///< DeliveryRow::keptBytes()
        int surplus = 0;
    };

    std::optional<Error> run(const DatabaseWorker::Work &work);
    std::optional<Error> countKept(SqlSession &session);
    std::optional<Error> insert(SqlSession &session, const DeliveryRow &row, Tally &tally);
    void planPruning(TimePoint now);
    std::optional<Error> pruneSurplus(SqlSession &session, qint64 *freed);
    std::optional<Error> pruneReplay(SqlSession &session, bool *more);
    std::optional<Error> pruneDeliveries(SqlSession &session, TimePoint now, qint64 *freed, bool *more);

    const Clock &m_clock;
    const QString m_path;
    std::optional<DeliveryRetention> m_retention; ///< nothing is deleted before it is known
    qint64 m_kept = -1; ///< of all rows; negative: not counted yet in this file
    int m_surplus = 0;  ///< rows since the last prune
    qint64 m_oldestRemembered = 0;
    TimePoint m_prunedAt{};
    enum class Pruning { None, Surplus, Replay, Deliveries }; // in this order
    static constexpr int kPrunings = static_cast<int>(Pruning::Deliveries) + 1;
    Pruning m_pruning = Pruning::None; ///< what is due next
    SteadyPoint m_triedAt{};
    bool m_open = false;
    DatabaseWorker m_worker; ///< last: its report touches the others
};

} // namespace novita
