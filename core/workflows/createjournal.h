// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/base/clock.h"
#include "core/database/operationlog.h"
#include "core/workflows/createoutcome.h"
#include "core/workflows/createsearch.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace novita {

/// A create that was sent and had no outcome when the program ended.
struct UnfinishedCreate
{
    OperationId operation;
    BatchPlace place;
    CreateTrace trace;
};

/// Keeps every create in the operation log (kind "create") from before its request leaves until its outcome is known, so that
/// after a kill each one can be looked for and none is sent twice. What is kept is what a search needs: name, product, time,
/// namesakes. Neither environment values nor anything else of the draft goes to disk. Thread: the Database's.
class CreateJournal final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CreateJournal)

public:
    CreateJournal(OperationLog &operations, const Clock &clock, QObject *parent = nullptr);

    /// Whose creates are written from now on.
    void setProfile(const ProfileId &profile) { m_profile = profile; }
    const ProfileId &profile() const { return m_profile; }

    /// Writes that `trace` is about to be sent; the request may leave once this is delivered. It may leave after a failure as
    /// well: without history the program works on, and a kill then leaves a create that only the list tells of.
    Call<Done> *sending(const OperationId &id, const BatchPlace &place, const CreateTrace &trace);
    /// Its outcome. One that is unknown stays open: it is looked for once more (takeUnfinished()), and only what is
    /// unknown even then is closed. An outcome that is learned later is still taken.
    void ended(const OperationId &id, const Result<CreateOutcome> &result);

    /// Those of the profile that another run of the program left open, and those of this one that have ended without an answer (its
    /// search found nothing, or another account was taken up); this one is their worker from now on. Each is given out once.
    Call<QList<UnfinishedCreate>> *takeUnfinished();
    /// One that was closed as unknown, by whatever run: its outcome is taken from now on. Nothing for any other.
    std::optional<UnfinishedCreate> recall(const Operation &closed);

private:
    OperationLog &m_operations;
    const Clock &m_clock;
    const QString m_worker;
    ProfileId m_profile;
    QHash<OperationId, Operation> m_open;
    QSet<OperationId> m_taken; ///< given out by takeUnfinished()
    QSet<OperationId> m_leftOpen; ///< of this run, ended in doubt
};

} // namespace novita
