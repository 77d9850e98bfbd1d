// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/responsecache.h"

#include <algorithm>

namespace novita {

ResponseCache::ResponseCache(int maxEntries, qint64 maxBytes) : m_maxEntries(maxEntries), m_maxBytes(maxBytes) {}

std::optional<ResponseCache::Hit> ResponseCache::find(const QString &key, Milliseconds ttl, SteadyPoint now)
{
    const auto found = m_index.constFind(key);
    if (found == m_index.constEnd() || now - (*found)->storedAt >= ttl)
        return std::nullopt;
    m_entries.splice(m_entries.begin(), m_entries, *found);
    Hit hit{m_entries.front().reply, m_entries.front().bytes};
    hit.reply.fromCache = true;
    return hit;
}

void ResponseCache::insert(const QString &key, const QString &kind, const ApiReply &reply, qint64 bytes, quint64 ticket,
                           SteadyPoint now)
{
    if (std::max(m_clearedAt, m_invalidatedAt.value(kind)) > ticket)
        return;
    if (const auto old = m_index.constFind(key); old != m_index.constEnd())
        remove(*old);
    if (bytes > m_maxBytes / 4 || m_maxEntries < 1)
        return;
    m_entries.push_front({key, kind, reply, bytes, now});
    m_index.insert(key, m_entries.begin());
    m_bytes += bytes;
    while (m_bytes > m_maxBytes || count() > m_maxEntries)
        remove(std::prev(m_entries.end()));
}

void ResponseCache::invalidate(const QString &kind)
{
    m_invalidatedAt[kind] = ++m_invalidations;
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        const auto entry = it++;
        if (entry->kind == kind)
            remove(entry);
    }
}

void ResponseCache::clear()
{
    m_clearedAt = ++m_invalidations;
    m_invalidatedAt.clear();
    m_index.clear();
    m_entries.clear();
    m_bytes = 0;
}

void ResponseCache::remove(Entries::iterator entry)
{
    m_bytes -= entry->bytes;
    m_index.remove(entry->key);
    m_entries.erase(entry);
}

} // namespace novita
