// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QJsonObject>
#include <QList>

namespace novita {

class Database;

using RuleId = StrongId<struct RuleTag>; ///< local, UUID text without braces

/// A rule that a person made and the program follows while it runs: an idle guard, a schedule, a product watch. `body` is what
/// was asked for, `state` how far it is; both are the business of the kind.
struct RuleRecord
{
    RuleId id;
    ProfileId profile;
    QString kind;         ///< "idle", "spot", "schedule", "watch"
    QString subject;      ///< instance or product id
    bool enabled = true;
    QJsonObject body;
    QJsonObject state;
    qint64 version = 0;   ///< counts the writes; see RuleLog::save()
    TimePoint createdAt{};
    TimePoint updatedAt{};
    bool operator==(const RuleRecord &) const = default;
};

/// The rules of all profiles, in the history file. A row is written only by whoever has seen its latest version: of two workers that
/// want to act on it one gets through. Statements only. Thread: the Database's.
class RuleLog final
{
    Q_DISABLE_COPY_MOVE(RuleLog)

public:
    static constexpr int kMostRules = 5000;

    explicit RuleLog(Database &database) : m_database(database) {}

    static RuleId newId();

    /// Inserts the row (version 0) or replaces the version given. On the disk once it is delivered. Result: the version it has
    /// now; ErrorKind::Conflict when another has written in between, or it is gone.
    Call<qint64> *save(const RuleRecord &rule);
    Call<Done> *remove(const RuleId &id);
    /// Oldest first, at most kMostRules.
    Call<QList<RuleRecord>> *read(const ProfileId &profile, const QString &kind) const;

private:
    Database &m_database;
};

} // namespace novita
