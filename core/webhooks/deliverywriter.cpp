// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverywriter.h"

namespace novita {

Arrival::Arrival(PendingDelivery &pending) : replayKeys(std::move(pending.replayKeys))
{
    row.headers = headerLines(pending.delivery.headers);
    row.delivery = std::move(pending.delivery);
    row.delivery.headers.clear();
}

DeliveryWriter::DeliveryWriter(std::unique_ptr<DeliveryJournal> journal, std::unique_ptr<ReplayMemory> memory, qint64 lastId)
    : m_journal(std::move(journal)), m_memory(std::move(memory)), m_lastId(lastId)
{
}

Result<std::vector<DeliveryRow>> DeliveryWriter::store(std::vector<Arrival> &group, const MakeRoom &makeRoom)
{
    const qint64 first = m_lastId + 1;
    std::vector<DeliveryRow> rows;
    rows.reserve(group.size());
    m_memory->forget(group.back().row.delivery.receivedAt);
    std::vector<const DeliveryRow *> awaited;
    for (Arrival &arrival : group) {
        rows.push_back(judged(arrival, ++m_lastId));
        if (arrival.stored)
            awaited.push_back(&rows.back()); // reserved above: rows do not move
    }
    if (awaited.empty())
        return rows;
    std::optional<Error> error;
    while (!error) {
        const Result<DeliveryJournal::Appended> appended = m_journal->append(awaited, m_moved);
        if (appended && *appended == DeliveryJournal::Appended::Written)
            return rows;
        const Result<qint64> moved = appended ? makeRoom() : Result<qint64>(appended.error());
        if (moved)
            m_moved = *moved;
        else
            error = moved.error();
    }
    // What is known of these would make the sender's next try a repeat of something that was never stored. Their numbers are used up: the records may lie
    // on the disk whole, and of two rows with one number the next run could keep only one.
    m_memory->takeBack(first);
    return *error;
}

/// With its number, and known to be a repeat or remembered.
DeliveryRow DeliveryWriter::judged(Arrival &arrival, qint64 id)
{
    DeliveryRow row = std::move(arrival.row);
    Delivery &delivery = row.delivery;
    delivery.id = id;
    QList<ReplayKey> keys;
    for (const QByteArray &key : std::as_const(arrival.replayKeys))
        keys.append(ReplayKey::of(key));
    delivery.duplicateOf = earlier(keys, delivery.receivedAt);
    if (delivery.duplicateOf) {
        delivery.result = DeliveryResult::Duplicate;
        delivery.reason.clear();
        // The first one has it, but for a sender that writes a message anew at each try: the last key is of the bytes.
        if (keys.size() == 1 || m_memory->find(keys.last(), delivery.receivedAt))
            delivery.body.clear();
    } else if (delivery.result == DeliveryResult::Accepted) {
        for (const ReplayKey &key : std::as_const(keys))
            m_memory->remember(key, id, delivery.receivedAt);
        row.keys = keys;
    }
    return row;
}

std::optional<qint64> DeliveryWriter::earlier(const QList<ReplayKey> &keys, TimePoint now) const
{
    return keys.isEmpty() ? std::nullopt : m_memory->find(keys.first(), now);
}

} // namespace novita
