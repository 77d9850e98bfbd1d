// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>

#include <deque>
#include <optional>
#include <vector>

namespace novita {

/// The fingerprint under which a delivery is known again.
struct ReplayKey
{
    static constexpr qsizetype kBytes = 16;

    quint64 high = 0;
    quint64 low = 0;

    /// The first 16 bytes of SHA-256 over `key`: nobody can make two deliveries that share one.
    static ReplayKey of(const QByteArray &key);

    bool operator==(const ReplayKey &) const = default;
};

/// Which deliveries came within the last kSpan, by their keys, oldest first. In memory; DeliveryArchive keeps it over restarts.
///
/// Bounded: beyond `maxKeys` the oldest are forgotten early. kMaxKeys is what 12 deliveries a second with two keys each leave behind in a day; a flood of
/// 60,000 a minute fills it in 17 minutes. That is still more than three times as long as a signed delivery is fresh, so that none gets through twice. A
/// key takes 32 bytes here and 8 to 32 in the table that finds it: 80 MB when full, less than 1 MB for ten thousand deliveries.
class ReplayMemory final
{
public:
    static constexpr std::chrono::hours kSpan{24};
    static constexpr std::size_t kMaxKeys = std::size_t(1) << 21;

    explicit ReplayMemory(std::size_t maxKeys = kMaxKeys) : m_maxKeys(maxKeys) {}

    /// The delivery that had `key` less than kSpan before `now`.
    std::optional<qint64> find(const ReplayKey &key, TimePoint now) const;
    /// Nothing when the key is known and still counts.
    void remember(const ReplayKey &key, qint64 delivery, TimePoint at);
    /// Forgets the keys of `delivery` and later ones: they did not come to be stored.
    void takeBack(qint64 delivery);
    /// Drops what is too old to count.
    void forget(TimePoint now);

    std::size_t size() const { return m_entries.size(); }
    /// The oldest delivery whose keys are held; nothing when empty.
    std::optional<qint64> oldestDelivery() const;

private:
    struct Entry
    {
        ReplayKey key;
        qint64 delivery;
        TimePoint at;
    };
    const Entry &entry(quint32 number) const { return m_entries[number - m_first]; }
    std::size_t home(const ReplayKey &key) const { return static_cast<std::size_t>(key.low) & (m_slots.size() - 1); }
    std::size_t slotOf(const ReplayKey &key) const; ///< where the key is, or the free slot where it belongs
    void rebuild();
    void dropFirst();
    void clearSlot(const Entry &entry, quint32 number);

    const std::size_t m_maxKeys;
    std::deque<Entry> m_entries;  ///< numbered upwards from m_first
    std::vector<quint32> m_slots; ///< open addressing, linear; the number of an entry, or 0. At least half of it is free
    quint32 m_first = 1;
};

} // namespace novita
