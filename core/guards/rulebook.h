// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/call.h"
#include "core/database/rulelog.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <deque>
#include <map>

namespace novita {

/// The rules of one kind of the profile in use, as they stand in the history file, and the only way to change them. Every change is
/// on the disk once its call has delivered; changes of one rule are written one after another. What could not be written is taken back,
/// with all that was to be written after it: the rule stands as the file has it. A rule that somebody else has
/// written meanwhile is read anew, and the change fails as ErrorKind::Conflict: whoever is to act acts only on success.
///
/// Thread: UI. Errors: ErrorKind::Storage without a history file.
class RuleBook final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RuleBook)

public:
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

    /// A new rule. Fails beyond RuleLog::kMostRules.
    Call<RuleId> *add(const QString &subject, const QJsonObject &body, const QJsonObject &state);
    /// What a person changed: it begins with `state` anew.
    Call<Done> *change(const RuleId &id, const QJsonObject &body, const QJsonObject &state, bool enabled);
    /// A step of the worker.
    Call<Done> *advance(const RuleId &id, const QJsonObject &state);
    Call<Done> *setEnabled(const RuleId &id, bool enabled);
    Call<Done> *remove(const RuleId &id);

    /// Says in the log, once for each rule, why a row that stands in the file is ignored.
    void warnUnreadable(const RuleId &id, const Error &why) const;

signals:
    void loaded();
    /// Added, changed or removed.
    void changed(const novita::RuleId &id);

private:
    struct Entry
    {
        RuleRecord record;
        RuleRecord stored;        ///< as the file has it; version 0: not at all
        quint64 order = 0;
        bool writing = false;
        std::deque<QPointer<Call<Done>>> waiting; ///< for the write after the one on its way
    };

    void read();
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
    bool m_loaded = false;
    mutable QSet<QString> m_unreadable; ///< the log has told of them
};

} // namespace novita
