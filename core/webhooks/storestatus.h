// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/database/databasestatus.h"

#include <QString>
#include <QtGlobal>

#include <functional>
#include <mutex>

namespace novita {

/// The one status of a DeliveryStore: that of its file, and where the file has nothing to say what is wrong with the journal. Any thread.
class StoreStatus final
{
    Q_DISABLE_COPY_MOVE(StoreStatus)

public:
    /// `report` is called in the thread of whoever changed something, one at a time: reports do not overtake one another.
    explicit StoreStatus(std::function<void(const DatabaseStatus &)> report);

    void setDatabase(const DatabaseStatus &status);
    void setJournalNotice(const QString &notice);

private:
    void report(); ///< with m_mutex held

    std::mutex m_mutex;
    const std::function<void(const DatabaseStatus &)> m_report;
    DatabaseStatus m_database;
    QString m_notice;
};

} // namespace novita
