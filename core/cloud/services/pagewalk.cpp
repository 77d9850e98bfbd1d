// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/pagewalk.h"

#include <algorithm>

namespace novita {

PageWalk::PageWalk(int firstPage, int largestPage, qsizetype expectedRows)
    : m_first(firstPage)
    , m_largest(largestPage)
    , m_page(firstPage)
{
    if (expectedRows > kSmallPage)
        m_size = m_largest;
}

PageWalk::Step PageWalk::accept(const QStringList &ids, std::optional<qint64> total, qint64 bytes)
{
    ++m_requests;
    m_answered = true;
    m_bytes += bytes;
    const qsizetype before = m_seen.size();
    for (const QString &id : ids)
        m_seen.insert(id);
    if (m_bytes > kMostBytes || m_seen.size() > kMostRows)
        return Step::TooLarge;

    // A total below the rows that came with it counts something else (the page, say): worthless.
    if (total && *total >= ids.size()) {
        m_moved = m_moved || (m_total && m_total != total);
        m_total = total;
    }
    if (m_total && m_seen.size() >= *m_total)
        return endPass();
    if (m_page == m_first)
        return acceptFirst(ids.size());
    if (ids.isEmpty())
        return endPass();
    if (m_seen.size() > before)
        return nextPage();
    if (m_page == m_first + 1 && !m_echoed) {
        m_echoed = true;
        return nextPage();
    }
    return endPass();
}

/// The first page of a pass settles the page size. The total is not reached or not known here.
PageWalk::Step PageWalk::acceptFirst(qsizetype rows)
{
    if (rows == 0) {
        // Where pages count from 1, page 0 may be empty although there are rows.
        if (m_first > 0 || m_total.value_or(0) == 0)
            return endPass();
        m_first = 1;
        return nextPage();
    }
    if (m_total && m_size == kSmallPage && rows == kSmallPage && m_largest > kSmallPage) {
        m_size = m_largest;
        return Step::More;
    }
    m_size = static_cast<int>(std::min<qsizetype>(m_size, rows));
    if (m_size <= kSmallPage)
        m_largest = m_size; // capped: do not try again in the next pass
    return nextPage();
}

PageWalk::Step PageWalk::refuse(ErrorKind kind)
{
    ++m_requests;
    if (m_requests >= kMostRequests)
        return Step::Failed;
    const bool tooLarge = m_size > kSmallPage && (kind == ErrorKind::Validation || kind == ErrorKind::Protocol);
    if (tooLarge) {
        m_largest = kSmallPage;
        restart(kSmallPage);
        return Step::More;
    }
    const bool countsFromOne = !m_answered && m_first == 0 && kind == ErrorKind::Validation;
    if (countsFromOne) {
        m_first = 1;
        m_page = 1;
        return Step::More;
    }
    return Step::Failed;
}

PageWalk::Step PageWalk::nextPage()
{
    if (m_requests >= kMostRequests)
        return Step::Failed;
    ++m_page;
    return Step::More;
}

PageWalk::Step PageWalk::endPass()
{
    const qint64 shortage = m_total ? std::max<qint64>(0, *m_total - m_seen.size()) : 0;
    const bool clean = !m_moved && shortage == 0;
    const bool agreed = !m_moved && m_shortage == shortage;
    if (clean || agreed)
        return Step::Done;
    if (m_pass >= kMostPasses || m_requests >= kMostRequests) {
        m_wantsUnion = true;
        return Step::Done;
    }
    m_shortage = m_moved ? std::nullopt : std::optional(shortage);
    ++m_pass;
    restart(m_size);
    return Step::More;
}

void PageWalk::restart(int size)
{
    m_page = m_first;
    m_size = size;
    m_echoed = false;
    m_moved = false;
    m_seen.clear();
    m_total.reset();
}

} // namespace novita
