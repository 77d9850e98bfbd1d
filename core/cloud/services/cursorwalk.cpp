// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/services/cursorwalk.h"

namespace novita {

bool CursorWalk::advance(const QString &next, qsizetype rows, qsizetype asked)
{
    m_seen.insert(m_cursor);
    if (next.isEmpty() || rows < asked || m_seen.contains(next) || m_seen.size() >= kMostPages)
        return false;
    m_cursor = next;
    return true;
}

} // namespace novita
