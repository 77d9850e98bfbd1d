// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/deliveryjournal.h"
#include "core/webhooks/deliveryrow.h"
#include "core/webhooks/replaymemory.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace novita {

/// Where a delivery came to lie.
struct StoredDelivery
{
    qint64 id = 0;
    DeliveryResult result = DeliveryResult::Accepted; ///< as given, or Duplicate
    std::optional<qint64> duplicateOf;
};

/// A delivery on its way into the store.
struct PendingDelivery
{
    Delivery delivery;
    QList<QByteArray> replayKeys; ///< the first one decides whether it is a duplicate; all are remembered of accepted ones
    std::function<void(const Result<StoredDelivery> &)> stored; ///< called once, when it is safe; empty: nobody waits, and a kill may lose it
};

/// The same, made ready by the thread that brought it.
struct Arrival
{
    explicit Arrival(PendingDelivery &pending); ///< takes all but `stored`

    DeliveryRow row;
    QList<QByteArray> replayKeys;
    std::function<void(const Result<StoredDelivery> &)> stored;
};

/// Gives deliveries their numbers, knows repeats, and makes them safe in the journal. Not thread-safe.
class DeliveryWriter final
{
    Q_DISABLE_COPY_MOVE(DeliveryWriter)

public:
    /// Asked when the journal has no room: rows up to which id are in the archive now, or why no more can be moved there. May block.
    using MakeRoom = std::function<Result<qint64>()>;

    DeliveryWriter(std::unique_ptr<DeliveryJournal> journal, std::unique_ptr<ReplayMemory> memory, qint64 lastId);

    /// The rows that `group` became, as many and in its order, safe on the disk. After an Error none of them counts, and their numbers are
    /// not given again.
    Result<std::vector<DeliveryRow>> store(std::vector<Arrival> &group, const MakeRoom &makeRoom);

    qint64 groupBytes() const { return m_journal->largestGroup() / 4; } ///< DeliveryRow::keptBytes() that a group should not exceed
    std::optional<qint64> oldestRemembered() const { return m_memory->oldestDelivery(); }

private:
    DeliveryRow judged(Arrival &arrival, qint64 id);
    std::optional<qint64> earlier(const QList<ReplayKey> &keys, TimePoint now) const;

    std::unique_ptr<DeliveryJournal> m_journal;
    std::unique_ptr<ReplayMemory> m_memory;
    qint64 m_lastId;
    qint64 m_moved = 0;
};

} // namespace novita
