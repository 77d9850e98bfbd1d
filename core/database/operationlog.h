// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/base/ids.h"

#include <QJsonObject>
#include <QList>

#include <optional>

namespace novita {

class Database;

using OperationId = StrongId<struct OperationTag>; ///< local, UUID text without braces

enum class OperationState {
    Waiting,   ///< not begun
    Running,
    Done,
    Failed,
    Canceled,
};

/// Something that goes on in steps and has to survive a kill: a create, a start-up to be watched, a batch, an image being
/// saved. `payload` is what the worker needs to go on, `outcome` what came of it; both are the business of the kind and
/// hold no secrets.
struct Operation
{
    OperationId id;
    ProfileId profile;
    QString kind;                        ///< "create", "startup", "batch", "saveImage", …
    OperationId parent;                  ///< the batch a create belongs to, or none
    QString subject;                     ///< instance id, once there is one
    QString title;                       ///< for people
    OperationState state = OperationState::Waiting;
    QJsonObject payload;
    QJsonObject outcome;
    QString worker;                      ///< the run of the program that carries it out
    TimePoint createdAt{};
    TimePoint updatedAt{};
    std::optional<TimePoint> deadline;

    bool isOpen() const { return state == OperationState::Waiting || state == OperationState::Running; }
    bool operator==(const Operation &) const = default;
};

/// The operations of all profiles, in the history file. A row has exactly one worker at any time: `claim()` moves it from
/// the worker the caller has seen to itself, or fails. Statements only. Thread: the Database's.
class OperationLog final
{
    Q_DISABLE_COPY_MOVE(OperationLog)

public:
    explicit OperationLog(Database &database) : m_database(database) {}

    static OperationId newId();

    /// Inserts or replaces these rows, all or none. On the disk once it is delivered: whoever sends something that
    /// must not be sent twice waits for it.
    Call<Done> *save(const QList<Operation> &operations);
    Call<Done> *save(const Operation &operation) { return save(QList<Operation>{operation}); }

    /// Takes the row over from worker `seen` (empty: nobody's yet). False when another was quicker or it has ended.
    Call<bool> *claim(const OperationId &id, const QString &seen, const QString &worker);

    struct Filter
    {
        QStringList kinds;       ///< empty = all
        OperationId parent;      ///< rows of this one only
        bool openOnly = false;
        int limit = 1000;        ///< newest first; 1-100000
    };
    Call<QList<Operation>> *read(const ProfileId &profile, const Filter &filter) const;

    /// Deletes ended ones that were last touched before. Result: rows deleted.
    Call<int> *prune(TimePoint before);

private:
    Database &m_database;
};

} // namespace novita
