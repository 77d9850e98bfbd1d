// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/webhooks/outgoingmessage.h"

#include <QHash>
#include <QStringList>

namespace novita {

class Database;

/// Webhooks on their way out, and the log of those that were sent, in the history file. Statements only; what has been delivered by a call
/// outlives a kill -9. Thread: the Database's.
class OutgoingStore final
{
    Q_DISABLE_COPY_MOVE(OutgoingStore)

public:
    static constexpr int kMostAttempts = 200; ///< of a message that details show
    static constexpr int kMostListed = 1000;  ///< in one answer
    /// No wait is as long: what is due later than this was put off by a clock that has been set back since, and counts as due.
    static constexpr Milliseconds kLongestWait{360000};

    explicit OutgoingStore(Database &database) : m_database(database) {}

    static QByteArray newId(); ///< "msg_" and 32 hex digits

    /// Puts them at the end of the queue. Beyond `most` open ones the oldest that wait are dropped, with `note`: the result says how many.
    Call<int> *enqueue(const QList<OutgoingMessage> &messages, int most, const QString &note);

    struct Claim
    {
        QList<OutgoingMessage> messages;     ///< Sending from now on, one of a lane at most
        std::optional<TimePoint> nextDue;    ///< when there is something to claim again, as far as is known
        int open = 0;
    };
    /// Takes up to `most` messages that are due, none from a lane that has one under way.
    Call<Claim> *claim(TimePoint now, int most);

    /// An attempt at a claimed message was made. `message` has what follows: state, dueAt, endedAt, note; its attempts are counted here.
    Call<Done> *record(const OutgoingMessage &message, const OutgoingAttempt &attempt);
    /// No attempt could be made at a claimed message: writes its state, dueAt, endedAt and note.
    Call<Done> *putBack(const OutgoingMessage &message);
    /// What an earlier run had claimed waits again. Open messages of rules other than `known` are dropped with `note`.
    Call<Done> *takeUp(const QStringList &known, TimePoint at, const QString &note);
    /// Drops the waiting messages of a rule, tests among them; how many.
    Call<int> *drop(const RuleId &rule, TimePoint at, const QString &note);
    /// Sends an ended message once more, with `tries` further attempts. ErrorKind::NotFound when it is gone, Conflict when it is open.
    Call<Done> *resend(qint64 seq, int tries, TimePoint at);

    struct Query
    {
        RuleId rule;                           ///< empty: all
        std::optional<OutgoingState> state;    ///< Waiting stands for both open ones
        QString text;                          ///< part of the instance's id or name, or of the rule's name, whatever the case
        QStringList kinds;                     ///< kinds that `text` stands for, too
        qint64 before = 0;                     ///< only those before this row; 0: from the newest
        int limit = 200;                       ///< 1 to kMostListed
    };
    Call<QList<OutgoingMessage>> *list(const Query &query) const;   ///< newest first, without bodies
    /// Those of `seqs` that are still there, newest first, without bodies; kMostListed at most.
    Call<QList<OutgoingMessage>> *rows(const QList<qint64> &seqs) const;
    Call<OutgoingRecord> *read(qint64 seq) const;                  ///< ErrorKind::NotFound
    /// The latest that ended, by rule.
    Call<QHash<RuleId, OutgoingMessage>> *latest() const;
    /// Deletes what ended before `before`, and the oldest ended ones beyond `most`.
    Call<int> *prune(TimePoint before, int most);

private:
    Database &m_database;
};

} // namespace novita
