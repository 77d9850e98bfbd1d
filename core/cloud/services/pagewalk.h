// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace novita {

/// Which page to ask for next, and when a paged list is complete. Pure: knows ids and totals, no network.
///
/// The contract leaves open whether pages count from 0 or 1, how large a page may be, and what becomes of a list that
/// changes while it is read (gpu-notes section 11). The walk must end with the whole list or with an error, because what
/// a list lacks is taken for deleted. So:
///
/// - It starts at page 0 with 100 rows, the most that other clients send. Is `total` larger, it starts again with
///   kLargePage rows: 10,000 instances at 100 a page would use up the rate limit of a whole minute. A server that serves
///   fewer rows than asked gets the number it served as the page size from then on, which makes page × size the same
///   offset however it computes it. A server that refuses the large page is asked for 100 again.
/// - A page without a new id directly after the first one means that pages count from 1 (page 0 was page 1): it goes on.
///   Any other page without a new id, or an empty one, ends the pass; so does having seen `total` ids.
/// - When `total` moved during a pass or is not reached, rows may have slipped from one page to another unseen: another
///   pass follows, up to kMostPasses. If the last pass is no cleaner, `wantsUnion()` says that the rows of all passes are
///   to be kept: a row too many until the next refresh does no harm, a missing one looks deleted.
/// - A list beyond kMostRows rows or kMostBytes of answers (all passes together) is refused: what a hostile server sends
///   must not fill the memory. Both are ten times what the largest known account needs.
/// - A shortage that two passes agree on is a wrong total, or a server without paging: the list is taken as it is.
class PageWalk
{
public:
    static constexpr int kSmallPage = 100;
    static constexpr int kLargePage = 2000;
    static constexpr int kMostPasses = 3;
    static constexpr int kMostRequests = 1000;
    static constexpr qsizetype kMostRows = 100000;
    static constexpr qint64 kMostBytes = 256 * 1024 * 1024;

    enum class Step { More, Done, TooLarge, Failed };

    /// `largestPage`: kSmallPage for lists with bulky rows. `expectedRows` over 100 asks for large pages from the start.
    PageWalk(int firstPage, int largestPage, qsizetype expectedRows = 0);

    int page() const { return m_page; }     ///< to be asked for now
    int pageSize() const { return m_size; }
    int pass() const { return m_pass; }     ///< from 1; rows belong to the pass they were seen in
    bool wantsUnion() const { return m_wantsUnion; }
    /// Ids of the last pass are fewer than the server's total (a wrong total, or no paging).
    bool isShort() const { return m_total && m_seen.size() < *m_total; }

    /// Takes the ids of the page asked for, in order, and the total that came with it.
    /// `bytes`: size of the answer.
    Step accept(const QStringList &ids, std::optional<qint64> total, qint64 bytes = 0);
    /// The page asked for failed: More when another page number or size may help, else Failed.
    Step refuse(ErrorKind kind);

private:
    Step acceptFirst(qsizetype rows);
    Step nextPage();
    Step endPass();
    void restart(int size);

    int m_first;
    int m_largest;
    int m_page;
    int m_size = kSmallPage;
    int m_pass = 1;
    int m_requests = 0;
    qint64 m_bytes = 0;         ///< over all passes
    bool m_echoed = false;      ///< the page after the first repeated it
    bool m_answered = false;    ///< some page was answered
    bool m_moved = false;       ///< the total changed during this pass
    bool m_wantsUnion = false;
    QSet<QString> m_seen;       ///< in this pass
    std::optional<qint64> m_total;
    std::optional<qint64> m_shortage; ///< of the pass before
};

} // namespace novita
