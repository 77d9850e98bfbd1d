// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverypipeline.h"

#include "core/base/logging.h"
#include "core/webhooks/deliverystore.h"

#include <QFileInfo>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace novita {

namespace {

constexpr std::chrono::milliseconds kMoveDelay{250}; ///< what is safe waits so long for company
constexpr std::chrono::milliseconds kMoveAgain{1000};
constexpr std::chrono::minutes kSayAgain{1};
const QLatin1String kJournalSuffix(".arrivals"); // not "-journal": SQLite would take it for one of its own

} // namespace

DeliveryPipeline::DeliveryPipeline(const Clock &clock, const QString &path, qint64 journalBytes, std::function<void(const DatabaseStatus &)> report)
    : m_clock(clock), m_path(path), m_journalBytes(journalBytes), m_status(std::move(report))
{
}

bool DeliveryPipeline::add(PendingDelivery &pending)
{
    Arrival arrival(pending);
    {
        const std::lock_guard lock(m_mutex);
        if (isFull(pending)) {
            m_droppedRefusals += pending.stored ? 0 : 1;
            return false;
        }
        m_refusals += pending.stored ? 0 : 1;
        arrival.stored = std::move(pending.stored);
        m_arriving.push_back(std::move(arrival));
        ++m_arrived;
        if (m_arriving.size() > 1)
            return true; // its thread knows already, or looks again before it waits
        if (isWriterWanted())
            m_archiveNews.notify_one();
    }
    m_arrivalNews.notify_one();
    return true;
}

bool DeliveryPipeline::isFull(const PendingDelivery &pending) const
{
    if (pending.stored)
        return m_arriving.size() >= static_cast<std::size_t>(DeliveryStore::kMaxWaiting);
    return m_refusals >= DeliveryStore::kMaxWaitingRefusals || m_refusalBytes >= DeliveryStore::kMaxRefusalBytes;
}

void DeliveryPipeline::ask(Work work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_works.push_back({std::move(work), m_arrived});
    }
    m_archiveNews.notify_one();
}

void DeliveryPipeline::end()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_arrivalNews.notify_one();
}

void DeliveryPipeline::serveArrivals()
{
    Lock lock(m_mutex);
    while (true) {
        m_arrivalNews.wait(lock, [this] { return m_arriving.empty() ? m_ending : m_writer || m_noWriter; });
        if (m_arriving.empty())
            break;
        std::vector<Arrival> group = takeGroup(m_writer ? m_writer->groupBytes() : std::numeric_limits<qint64>::max());
        const std::ptrdiff_t count = std::ssize(group);
        const std::optional<Error> refusal = m_writer ? std::nullopt : m_noWriter;
        lock.unlock();
        if (!refusal) {
            store(std::move(group));
        } else {
            ask([](DeliveryArchive &) {}); // it may work by now
            for (const Arrival &arrival : group) {
                if (arrival.stored)
                    arrival.stored(*refusal);
            }
        }
        lock.lock();
        m_dealtWith += count;
        if (isAsked())
            m_archiveNews.notify_one();
    }
    m_arrivalsEnded = true;
    m_archiveNews.notify_one();
}

std::vector<Arrival> DeliveryPipeline::takeGroup(qint64 bytes)
{
    std::ptrdiff_t count = 0;
    for (qint64 taken = 0; count < std::min<std::ptrdiff_t>(std::ssize(m_arriving), DeliveryStore::kGroupSize); ++count) {
        taken += m_arriving[static_cast<std::size_t>(count)].row.keptBytes();
        if (taken > bytes && count > 0)
            break;
    }
    const auto end = m_arriving.begin() + count;
    m_refusals -= static_cast<int>(std::count_if(m_arriving.begin(), end, [](const Arrival &one) { return !one.stored; }));
    std::vector<Arrival> group(std::make_move_iterator(m_arriving.begin()), std::make_move_iterator(end));
    m_arriving.erase(m_arriving.begin(), end);
    return group;
}

void DeliveryPipeline::store(std::vector<Arrival> group)
{
    Result<std::vector<DeliveryRow>> rows = m_writer->store(group, [this] { return makeRoom(); });
    m_status.setJournalNotice(rows ? QString() : rows.error().message);
    if (!rows) {
        for (const Arrival &arrival : group) {
            if (arrival.stored)
                arrival.stored(rows.error());
        }
        return;
    }
    std::vector<StoredDelivery> stored;
    stored.reserve(group.size());
    for (const DeliveryRow &row : *rows)
        stored.push_back({row.delivery.id, row.delivery.result, row.delivery.duplicateOf});
    {
        const std::lock_guard lock(m_mutex);
        const bool first = m_safe.empty();
        auto arrival = group.cbegin();
        for (DeliveryRow &row : std::move(rows).value()) {
            m_safeBytes += row.keptBytes();
            m_refusalBytes += (arrival++)->stored ? 0 : row.keptBytes();
            m_safe.push_back(std::move(row));
        }
        m_oldestRemembered = m_writer->oldestRemembered().value_or(stored.back().id);
        if (first || m_safeBytes >= m_journalBytes / 4)
            m_archiveNews.notify_one();
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i].stored)
            group[i].stored(stored[i]);
    }
}

Result<qint64> DeliveryPipeline::makeRoom()
{
    Lock lock(m_mutex);
    m_roomWanted = true;
    m_archiveNews.notify_one();
    m_moveNews.wait(lock, [this, before = m_moves] { return m_moves != before; });
    return m_moveError ? Result<qint64>(*m_moveError) : Result<qint64>(m_moved);
}

void DeliveryPipeline::serveArchive()
{
    DeliveryArchive archive(m_clock, m_path, [this](const DatabaseStatus &status) { m_status.setDatabase(status); });
    // Its journal takes room: it is made for the first delivery. What an earlier run left in it is moved at once.
    bool begun = QFileInfo::exists(m_path + kJournalSuffix) && begin(archive);
    std::vector<DeliveryRow> rows; // on their way
    bool failing = false;
    bool pruning = false;
    while (true) {
        Lock lock(m_mutex);
        const bool last = waitForMoving(lock, failing, pruning);
        if (rows.empty())
            rows.swap(m_safe);
        else
            std::move(m_safe.begin(), m_safe.end(), std::back_inserter(rows));
        m_safe.clear();
        m_safeBytes = 0;
        m_roomWanted = false;
        Work work;
        if (isAsked()) {
            work = std::move(m_works.front().work);
            m_works.pop_front();
        }
        const qint64 oldestRemembered = m_oldestRemembered;
        const qint64 refusalBytes = m_refusalBytes;
        const bool wanted = m_noWriter || isWriterWanted();
        lock.unlock();
        if (!begun && wanted)
            begun = begin(archive);
        const std::optional<Error> error = archive.move(rows, oldestRemembered);
        failing = error.has_value();
        lock.lock();
        ++m_moves;
        m_moveError = error;
        if (!error && !rows.empty())
            m_moved = rows.back().delivery.id;
        if (!error)
            m_refusalBytes -= refusalBytes;
        lock.unlock();
        m_moveNews.notify_one();
        if (!error) {
            rows.clear();
            sayWhatWasDropped();
        }
        if (work)
            work(archive);
        else if (last)
            return; // what could not be moved lies in the journal, and what is not pruned yet will be in the next run
        pruning = archive.prune();
    }
}

/// Not in every turn: a flood of refusals is no reason to write.
void DeliveryPipeline::sayWhatWasDropped()
{
    if (m_droppedSaidAt && m_clock.steadyNow() - *m_droppedSaidAt < kSayAgain)
        return;
    qint64 dropped = 0;
    {
        const std::lock_guard lock(m_mutex);
        dropped = std::exchange(m_droppedRefusals, 0);
    }
    if (dropped == 0)
        return;
    m_droppedSaidAt = m_clock.steadyNow();
    qCWarning(lcDatabase) << dropped << "refused webhook deliveries were not kept";
}

bool DeliveryPipeline::isAsked() const
{
    return !m_works.empty() && m_works.front().after <= m_dealtWith;
}

/// True: nothing more will come.
bool DeliveryPipeline::waitForMoving(Lock &lock, bool failing, bool pruning)
{
    if (pruning)
        return m_arrivalsEnded;
    const auto isPressing = [this] { return m_arrivalsEnded || isAsked() || isWriterWanted() || m_roomWanted || m_safeBytes >= m_journalBytes / 4; };
    if (failing)
        m_archiveNews.wait_for(lock, kMoveAgain, [this] { return m_arrivalsEnded || isAsked() || m_roomWanted; });
    else
        m_archiveNews.wait(lock, [&] { return isPressing() || !m_safe.empty(); });
    if (!failing && !isPressing())
        m_archiveNews.wait_for(lock, kMoveDelay, isPressing);
    return m_arrivalsEnded;
}

/// Tries to get to the point from which deliveries can be taken.
bool DeliveryPipeline::begin(DeliveryArchive &archive)
{
    const std::optional<Error> error = makeWriter(archive);
    if (error && (!m_noWriter || m_noWriter->message != error->message))
        qCWarning(lcDatabase).noquote() << "no webhook deliveries can be stored:" << error->toLogString() << error->detail;
    m_status.setJournalNotice(error ? error->message : QString());
    const std::lock_guard lock(m_mutex);
    m_noWriter = error;
    m_arrivalNews.notify_one();
    return !error;
}

std::optional<Error> DeliveryPipeline::makeWriter(DeliveryArchive &archive)
{
    const Result<qint64> archived = archive.lastId();
    if (!archived)
        return archived.error();
    if (m_noWriter && m_journalTriedAt && m_clock.steadyNow() - *m_journalTriedAt < DeliveryArchive::kReopenAfter)
        return m_noWriter; // to fill a journal on a full disk is work
    m_journalTriedAt = m_clock.steadyNow();
    auto journal = std::make_unique<DeliveryJournal>(m_path + kJournalSuffix, m_journalBytes);
    Result<std::vector<DeliveryRow>> read = journal->open();
    if (!read)
        return read.error();
    std::vector<DeliveryRow> rows = std::move(read).value();
    const qint64 lastId = std::max(*archived, rows.empty() ? qint64(0) : rows.back().delivery.id);
    std::erase_if(rows, [&archived](const DeliveryRow &row) { return row.delivery.id <= *archived; });
    if (!rows.empty())
        qCInfo(lcDatabase) << rows.size() << "webhook deliveries come from the journal of the last run";
    std::optional<Error> error = archive.move(rows, 0);
    if (!error)
        error = journal->begin();
    auto memory = std::make_unique<ReplayMemory>();
    if (!error)
        error = archive.load(*memory, m_clock.now());
    if (error)
        return error;
    auto writer = std::make_unique<DeliveryWriter>(std::move(journal), std::move(memory), lastId);
    const std::lock_guard lock(m_mutex);
    m_moved = lastId;
    m_writer = std::move(writer);
    return std::nullopt;
}

} // namespace novita
