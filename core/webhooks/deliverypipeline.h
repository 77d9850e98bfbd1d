// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/database/databasestatus.h"
#include "core/webhooks/deliveryarchive.h"
#include "core/webhooks/deliverywriter.h"
#include "core/webhooks/storestatus.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace novita {

/// What the two threads of a DeliveryStore do and share. One makes arrivals safe in the journal, a group at a time, and tells of them; the other has
/// the archive, moves there what is safe, and reads from it. Outlives the store when a hung disk keeps a thread busy.
class DeliveryPipeline final
{
    Q_DISABLE_COPY_MOVE(DeliveryPipeline)

public:
    using Work = std::function<void(DeliveryArchive &)>;

    /// `report` is called in either thread, one at a time.
    DeliveryPipeline(const Clock &clock, const QString &path, qint64 journalBytes, std::function<void(const DatabaseStatus &)> report);

    // Any thread.
    /// False: too many wait. `pending.stored` is the caller's still then.
    bool add(PendingDelivery &pending);
    /// Done in the archive's thread, once all that was added before is in the archive.
    void ask(Work work);
    /// The threads finish what waits and return.
    void end();

    void serveArrivals(); ///< the first thread's whole life
    void serveArchive();  ///< the second one's

private:
    using Lock = std::unique_lock<std::mutex>;

    std::vector<Arrival> takeGroup(qint64 bytes);
    void store(std::vector<Arrival> group);
    Result<qint64> makeRoom();
    bool begin(DeliveryArchive &archive);
    std::optional<Error> makeWriter(DeliveryArchive &archive);
    bool isAsked() const;
    bool isWriterWanted() const { return !m_writer && !m_noWriter && !m_arriving.empty(); }
    bool isFull(const PendingDelivery &pending) const;
    void sayWhatWasDropped();
    bool waitForMoving(Lock &lock, bool failing, bool pruning);

    const Clock &m_clock;
    const QString m_path;
    const qint64 m_journalBytes;

    std::mutex m_mutex;
    std::condition_variable m_arrivalNews, m_archiveNews, m_moveNews;
    std::deque<Arrival> m_arriving;
    int m_refusals = 0; ///< of m_arriving
    qint64 m_droppedRefusals = 0; ///< since it was last said
    qint64 m_arrived = 0;    ///< so many were put into m_arriving
    qint64 m_dealtWith = 0;  ///< and so many of them told of
    struct Asked
    {
        Work work;
        qint64 after; ///< m_dealtWith
    };
    std::deque<Asked> m_works;
    std::vector<DeliveryRow> m_safe; ///< in the journal, or nobody waits for them; not in the archive yet
    qint64 m_safeBytes = 0;
    qint64 m_refusalBytes = 0;       ///< of refusals in m_safe and on their way from there: the journal does not bound them
    qint64 m_oldestRemembered = 0;
    qint64 m_moved = 0;              ///< rows up to this id are in the archive
    qint64 m_moves = 0;              ///< so many times it was tried
    std::optional<Error> m_moveError; ///< of the last time
    std::unique_ptr<DeliveryWriter> m_writer; ///< made by the archive's thread, used by the other one; none: nothing can be taken
    std::optional<Error> m_noWriter; ///< why not; nothing: not tried yet, because nothing arrived
    bool m_roomWanted = false;
    bool m_ending = false;
    bool m_arrivalsEnded = false;

    // The archive's thread alone.
    std::optional<SteadyPoint> m_journalTriedAt;
    std::optional<SteadyPoint> m_droppedSaidAt;

    StoreStatus m_status;
};

} // namespace novita
