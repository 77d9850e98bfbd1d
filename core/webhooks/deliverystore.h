// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/database/databasestatus.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/deliverywriter.h"

#include <QObject>

#include <array>
#include <functional>
#include <memory>

class QThread;

namespace novita {

class DeliveryArchive;
class DeliveryPipeline;

/// What arrived by webhook. Two files: a journal of fixed size (DeliveryJournal, "<path>.arrivals"), where a delivery is safe before its sender is
/// answered, and the SQLite file at `path` (DeliveryArchive), where it is found from a moment later on. Each has a thread.
///
/// - Deliveries go into the journal in groups, each synced once: all that arrived while the last group was on its way to the disk. Who is told of a
///   stored delivery may answer it: neither a kill -9 nor a power cut takes it back. What a run leaves in the journal the next one moves.
/// - list() and read() know every delivery that was added before they were called.
/// - The replay memory (ReplayMemory) lasts 24 hours, over restarts and whatever the retention.
/// - A SQLite file that is full or locked lets deliveries wait in the journal; once that is full too, or when either file cannot be opened or written,
///   each delivery fails until it works again. A damaged file is set aside, as Database does it. `status().notice` has the sentence.
/// - Of duplicates headers are kept, and the body where it is another than that of the first; of refusals what the caller gives; of each sort the newest
///   DeliveryArchive::kMaxSurplus. The retention counts bytes of headers
///   and bodies; the file does not shrink, but uses its room again.
///
/// Thread: that of its owner, but for add() and note(). The destructor writes what waits; a disk that hangs holds it up for 5 s.
class DeliveryStore final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryStore)

public:
    static constexpr int kMaxWaiting = 4096;       ///< deliveries on their way to the disk; beyond, add() fails at once
    static constexpr int kMaxWaitingRefusals = 256; ///< beyond, note() keeps nothing: a flood of refusals is no reason to write
    static constexpr qint64 kMaxRefusalBytes = 1024 * 1024; ///< the same for refusals that wait for the SQLite file, DeliveryRow::keptBytes()
    static constexpr int kGroupSize = 512;         ///< deliveries in one sync

    /// Begins to open `path`, in a folder that exists. What is added meanwhile waits. `clock` must be safe to ask from any thread. `journalBytes`: of
    /// both halves of a new journal, which is made when the first delivery comes; twice the largest delivery at least.
    DeliveryStore(const Clock &clock, const QString &path, QObject *parent = nullptr, qint64 journalBytes = DeliveryJournal::kBytes);
    ~DeliveryStore() override;

    /// Any thread. `pending.stored` is called once, in a thread of the store or, with an Error, at once in this one.
    void add(PendingDelivery pending);
    /// Any thread: a refusal that nobody waits for.
    void note(Delivery refusal);

    Call<DeliveryPage> *list(const DeliveryQuery &query);
    Call<Delivery> *read(qint64 id); ///< ErrorKind::NotFound when it is not kept any more
    /// Begins to delete by it at once, and does so by itself from then on; before, nothing is deleted. Values are brought into their range.
    Call<Done> *setRetention(const DeliveryRetention &retention);

    const DatabaseStatus &status() const { return m_status; }

signals:
    void statusChanged(const novita::DatabaseStatus &status);

private:
    struct Link;
    template<typename T>
    Call<T> *run(std::function<Result<T>(DeliveryArchive &)> work);
    void setStatus(const DatabaseStatus &status);

    const Clock &m_clock;
    std::shared_ptr<Link> m_link;
    std::shared_ptr<DeliveryPipeline> m_pipeline;
    std::array<QThread *, 2> m_threads{}; ///< live on when a hung disk outlasts the destructor
    DatabaseStatus m_status;
};

} // namespace novita
