// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/storestatus.h"

#include <utility>

namespace novita {

StoreStatus::StoreStatus(std::function<void(const DatabaseStatus &)> report) : m_report(std::move(report)) {}

void StoreStatus::setDatabase(const DatabaseStatus &status)
{
    const std::lock_guard lock(m_mutex);
    m_database = status;
    report();
}

void StoreStatus::setJournalNotice(const QString &notice)
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_notice, notice) != notice)
        report();
}

void StoreStatus::report()
{
    DatabaseStatus status = m_database;
    if (!m_notice.isEmpty() && status.problem().isEmpty()) {
        status.notice = m_notice;
        status.isOver = false;
    }
    m_report(status);
}

} // namespace novita
