// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/replaymemory.h"

#include "core/webhooks/sha256.h"

#include <QtEndian>

#include <limits>

namespace novita {

namespace {

constexpr std::size_t kFewestSlots = 1024;

} // namespace

ReplayKey ReplayKey::of(const QByteArray &key)
{
    const QByteArray hash = sha256({key});
    return {qFromBigEndian<quint64>(hash.constData()), qFromBigEndian<quint64>(hash.constData() + sizeof(quint64))};
}

std::size_t ReplayMemory::slotOf(const ReplayKey &key) const
{
    std::size_t slot = home(key);
    while (m_slots[slot] != 0 && entry(m_slots[slot]).key != key)
        slot = (slot + 1) & (m_slots.size() - 1);
    return slot;
}

std::optional<qint64> ReplayMemory::find(const ReplayKey &key, TimePoint now) const
{
    if (m_entries.empty())
        return std::nullopt;
    const quint32 number = m_slots[slotOf(key)];
    if (number == 0 || entry(number).at <= now - kSpan)
        return std::nullopt;
    return entry(number).delivery;
}

void ReplayMemory::remember(const ReplayKey &key, qint64 delivery, TimePoint at)
{
    if (find(key, at))
        return;
    if (m_entries.size() >= m_maxKeys)
        dropFirst();
    const bool numbersEnd = m_first > std::numeric_limits<quint32>::max() - static_cast<quint32>(m_maxKeys) - 1;
    if (numbersEnd || (m_entries.size() + 1) * 2 > m_slots.size())
        rebuild();
    m_entries.push_back({key, delivery, at});
    m_slots[slotOf(key)] = m_first + static_cast<quint32>(m_entries.size()) - 1;
}

/// Makes room, and begins the numbers anew.
void ReplayMemory::rebuild()
{
    std::size_t size = kFewestSlots;
    while (size < (m_entries.size() + 1) * 4)
        size *= 2;
    m_slots.assign(size, 0);
    m_first = 1;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        m_slots[slotOf(m_entries[i].key)] = m_first + static_cast<quint32>(i); // of two with one key the later one counts
}

void ReplayMemory::dropFirst()
{
    clearSlot(m_entries.front(), m_first);
    m_entries.pop_front();
    ++m_first;
}

void ReplayMemory::takeBack(qint64 delivery)
{
    while (!m_entries.empty() && m_entries.back().delivery >= delivery) {
        clearSlot(m_entries.back(), m_first + static_cast<quint32>(m_entries.size()) - 1);
        m_entries.pop_back();
    }
}

void ReplayMemory::forget(TimePoint now)
{
    while (!m_entries.empty() && m_entries.front().at <= now - kSpan)
        dropFirst();
}

std::optional<qint64> ReplayMemory::oldestDelivery() const
{
    return m_entries.empty() ? std::nullopt : std::optional(m_entries.front().delivery);
}

void ReplayMemory::clearSlot(const Entry &gone, quint32 number)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t hole = slotOf(gone.key);
    if (m_slots[hole] != number)
        return; // a later delivery has the key now
    // What was pushed on past the hole moves back into it, or it would not be found any more.
    for (std::size_t next = (hole + 1) & mask; m_slots[next] != 0; next = (next + 1) & mask) {
        const std::size_t from = home(entry(m_slots[next]).key);
        if (((next - from) & mask) >= ((next - hole) & mask)) {
            m_slots[hole] = m_slots[next];
            hole = next;
        }
    }
    m_slots[hole] = 0;
}

} // namespace novita
