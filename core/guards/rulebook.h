// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/database/rulelog.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>
#include <map>

namespace novita {

/// The rules of one kind of the profile in use, as they stand in the history file, and the only way to change them. Every change is
/// on the disk once its call has delivered; changes of one rule are written one after another. What could not be written is taken back,
/// with all that was to be written after it: the rule stands as the file has it, also one that could not be removed. A rule that
/// somebody else has written meanwhile is read anew, and the change fails as ErrorKind::Conflict: whoever is to act acts only on success.
/// Rules that could not be read are unknown, which is not "none": nothing can be added until they are, and it is tried again.
///
/// Thread: UI. Errors: ErrorKind::Storage without a history file.
class RuleBook final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RuleBook)

public:
    /// Between two attempts to read what could not be read.
    static constexpr Milliseconds kReadAgainAfter{30000};

    RuleBook(RuleLog &log, const QString &kind, const Clock &clock, QObject *parent = nullptr);

    /// Forgets the rules of the profile before and reads those of `profile`. An empty one has none.
    void setProfile(const ProfileId &profile);
    const ProfileId &profile() const { return m_profile; }
    /// The rules have been read.
    bool isLoaded() const { return m_loaded; }

    /// Oldest first; only those whose last write is on its way or done.
    QList<RuleRecord> rules() const;
    /// Null when there is none. Not to be kept.
    const RuleRecord *find(const RuleId &id) const;
    /// The first one about `subject`, or null.
    const RuleRecord *findFor(const QString &subject) const;
    /// It is there, switched on, and still asks for `body`. A result is delivered a moment after it was settled: whoever acts on one
    /// looks whether the rule has been removed or changed, or another profile taken up, in that moment.
    bool stillAsksFor(const RuleId &id, const QJsonObject &body) const;

    /// A new rule. Fails beyond RuleLog::kMostRules, and while the rules have not been read.
    Call<RuleId> *add(const QString &subject, const QJsonObject &body, const QJsonObject &state);
    /// What a person changed: it begins with `state` anew.
    Call<Done> *change(const RuleId &id, const QJsonObject &body, const QJsonObject &state, bool enabled);
    /// A step of the worker.
    Call<Done> *advance(const RuleId &id, const QJsonObject &state);
    Call<Done> *setEnabled(const RuleId &id, bool enabled);
    /// The rule acts no more from now on; it is back if it could not be taken out of the file.
    Call<Done> *remove(const RuleId &id);

    /// Says in the log, once for each rule, why a row that stands in the file is ignored.
    void warnUnreadable(const RuleId &id, const Error &why) const;

signals:
    void loaded();
    /// Once for each setProfile().
    void readFailed(const novita::Error &why);
    /// Added, changed or removed.
    void changed(const novita::RuleId &id);

private:
    struct Entry
    {
        RuleRecord record;
        RuleRecord stored;        ///< as the file has it; version 0: not at all
        quint64 order = 0;
        bool writing = false;
        bool removing = false;    ///< on its way out of the file: for everybody it is gone already
        std::deque<QPointer<Call<Done>>> waiting; ///< for the write after the one on its way
    };

    void read();
    void onRead(const Result<QList<RuleRecord>> &read);
    void onRemoved(const RuleId &id, const Result<Done> &removed);
    Entry *entryOf(const RuleId &id);
    Call<Done> *write(const RuleId &id);
    void startWrite(const RuleId &id, std::deque<QPointer<Call<Done>>> listeners);
    static void settle(const std::deque<QPointer<Call<Done>>> &listeners, const Result<Done> &result);

    RuleLog &m_log;
    const QString m_kind;
    const Clock &m_clock;
    ProfileId m_profile;
    std::map<QString, Entry> m_entries; ///< by id
    mutable QHash<QString, const RuleRecord *> m_bySubject; ///< into m_entries; empty after rules came or went
    quint64 m_nextOrder = 0;
    CallGuard m_reading;
    QTimer m_again;
    bool m_loaded = false;
    bool m_failureTold = false;
    mutable QSet<QString> m_unreadable; ///< the log has told of them
};

} // namespace novita
