// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/net/apireply.h"

#include <QHash>
#include <QString>

#include <list>
#include <optional>

namespace novita {

/// Kept answers to GET requests, bounded by number and by body bytes; the least recently used goes first.
///
/// An answer that was asked for before an invalidation is never stored after it: take a ticket() when the request is
/// sent and hand it to insert(). Pure: is given the time and owns no timer. One thread.
class ResponseCache
{
public:
    struct Hit
    {
        ApiReply reply; ///< `fromCache` set
        qint64 bytes = 0;
    };

    explicit ResponseCache(int maxEntries = 500, qint64 maxBytes = 32 * 1024 * 1024);

    /// The kept answer if it is younger than `ttl`.
    std::optional<Hit> find(const QString &key, Milliseconds ttl, SteadyPoint now);

    /// A mark in the order of invalidations.
    quint64 ticket() const { return m_invalidations; }
    /// Keeps `reply` (`bytes`: size of its body) unless `kind` has been invalidated since `ticket`, or it alone would
    /// fill more than a quarter of the cache.
    void insert(const QString &key, const QString &kind, const ApiReply &reply, qint64 bytes, quint64 ticket, SteadyPoint now);

    void invalidate(const QString &kind);
    void clear();

    int count() const { return static_cast<int>(m_index.size()); }
    qint64 bytes() const { return m_bytes; }

private:
    struct Entry
    {
        QString key;
        QString kind;
        ApiReply reply;
        qint64 bytes;
        SteadyPoint storedAt;
    };
    using Entries = std::list<Entry>;

    void remove(Entries::iterator entry);

    int m_maxEntries;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
    Entries m_entries; ///< most recently used first
    QHash<QString, Entries::iterator> m_index;
    quint64 m_invalidations = 0;
    quint64 m_clearedAt = 0;
    QHash<QString, quint64> m_invalidatedAt; ///< by kind
};

} // namespace novita
