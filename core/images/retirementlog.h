// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/ids.h"
#include "core/cloud/endpoints/retirement.h"

namespace novita {

class Database;

/// What servers have said of their endpoints, by profile, in images.sqlite: an endpoint that is gone must not be tried anew after each start. Statements
/// only. Thread: the Database's.
class RetirementLog final
{
    Q_DISABLE_COPY_MOVE(RetirementLog)

public:
    /// What a server said longer ago counts no more: accounts are given rights, and providers change their minds.
    static constexpr std::chrono::days kKept{30};

    explicit RetirementLog(Database &database) : m_database(database) {}

    static bool isOver(const RetiredMark &mark, TimePoint now) { return now - mark.seenAt >= kKept; }

    /// Those that still count; the others are deleted.
    Call<RetiredMarks> *marks(const ProfileId &profile, TimePoint now) const;
    void save(const ProfileId &profile, const RetiredMark &mark);
    void forget(const ProfileId &profile, const QString &endpoint);
    /// All that the profile has.
    void forget(const ProfileId &profile);

private:
    Database &m_database;
};

} // namespace novita
