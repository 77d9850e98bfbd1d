// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/migrations.h"

#include "core/database/schemasteps.h"

#include <QtGlobal>

#include <array>

namespace novita::migrations {

namespace {

/// Times are milliseconds since 1970, UTC. `profile` is the ProfileId: what one account did is never shown under another.
std::optional<Error> begin(SqlSession &session)
{
    return execAll(session, {
        "CREATE TABLE event (id INTEGER PRIMARY KEY, profile TEXT NOT NULL, at INTEGER NOT NULL, severity INTEGER NOT NULL,"
        " source INTEGER NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, detail TEXT NOT NULL)",
        "CREATE INDEX event_by_time ON event (profile, at)",
        "CREATE INDEX event_by_subject ON event (profile, subject, at)",

        // One row for each thing that goes on in steps; `worker` is the run of the program that does it.
        "CREATE TABLE operation (id TEXT PRIMARY KEY, profile TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT NOT NULL,"
        " subject TEXT NOT NULL, title TEXT NOT NULL, state INTEGER NOT NULL, payload TEXT NOT NULL, outcome TEXT NOT NULL,"
        " worker TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, deadline_at INTEGER)",
        "CREATE INDEX operation_by_state ON operation (profile, state, kind)",
        "CREATE INDEX operation_by_parent ON operation (parent) WHERE parent <> ''",

        // Every state an instance was seen in, for its timeline.
        "CREATE TABLE timeline (id INTEGER PRIMARY KEY, profile TEXT NOT NULL, instance TEXT NOT NULL, at INTEGER NOT NULL,"
        " state TEXT NOT NULL, note TEXT NOT NULL)",
        "CREATE INDEX timeline_by_instance ON timeline (profile, instance, at)",

        // Numbers over time. Raw samples age into roll-ups of 5 minutes (tier 300) and an hour (tier 3600), in seconds.
        "CREATE TABLE series (id INTEGER PRIMARY KEY, profile TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (profile, name))",
        "CREATE TABLE sample (series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, at INTEGER NOT NULL, value REAL NOT NULL,"
        " PRIMARY KEY (series, at)) WITHOUT ROWID",
        "CREATE TABLE rollup (series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE, tier INTEGER NOT NULL, at INTEGER NOT NULL,"
        " count INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL, total REAL NOT NULL,"
        " PRIMARY KEY (series, tier, at)) WITHOUT ROWID",

        // A row only where price or stock moved; `units` is 1/100000 USD per hour and GPU, NULL where it is not offered.
        "CREATE TABLE price (profile TEXT NOT NULL, product TEXT NOT NULL, mode TEXT NOT NULL, at INTEGER NOT NULL, units INTEGER,"
        " available INTEGER NOT NULL, PRIMARY KEY (profile, product, mode, at)) WITHOUT ROWID",
    });
}

/// What a person was told of, and the rules a person made. `body` and `state` of a rule are JSON of its kind.
std::optional<Error> rules(SqlSession &session)
{
    return execAll(session, {
        "CREATE TABLE notified (profile TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (profile, key)) WITHOUT ROWID",
        "CREATE TABLE rule (id TEXT PRIMARY KEY, profile TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, enabled INTEGER NOT NULL,"
        " body TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL)",
        "CREATE INDEX rule_by_kind ON rule (profile, kind)",
    });
}

/// How long things were used, for their cost; and until when the instances of each account were watched.
std::optional<Error> usage(SqlSession &session)
{
    return execAll(session, {
        "CREATE TABLE usage (profile TEXT NOT NULL, owner TEXT NOT NULL, over INTEGER NOT NULL, updated_at INTEGER NOT NULL, track TEXT NOT NULL,"
        " PRIMARY KEY (profile, owner)) WITHOUT ROWID",
        "CREATE TABLE account (profile TEXT PRIMARY KEY, seen_at INTEGER) WITHOUT ROWID",
    });
}

/// Webhooks on their way out and their log. Of each lane one is under way at a time, the oldest; `state` below 2 is open.
std::optional<Error> outgoing(SqlSession &session)
{
    return execAll(session, {
        "CREATE TABLE webhook_message (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, lane TEXT NOT NULL, rule TEXT NOT NULL,"
        " rule_name TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, subject_name TEXT NOT NULL, body BLOB NOT NULL,"
        " state INTEGER NOT NULL, attempts INTEGER NOT NULL, tries INTEGER NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER NOT NULL,"
        " ended_at INTEGER, status INTEGER NOT NULL, took INTEGER NOT NULL, note TEXT NOT NULL)",
        "CREATE INDEX webhook_message_open ON webhook_message (lane, seq) WHERE state < 2",
        "CREATE INDEX webhook_message_by_rule ON webhook_message (rule, seq)",
        "CREATE INDEX webhook_message_ended ON webhook_message (ended_at) WHERE state >= 2",
        "CREATE TABLE webhook_attempt (id INTEGER PRIMARY KEY, message INTEGER NOT NULL REFERENCES webhook_message (seq) ON DELETE CASCADE,"
        " at INTEGER NOT NULL, target TEXT NOT NULL, address TEXT NOT NULL, signed INTEGER NOT NULL, status INTEGER NOT NULL,"
        " took INTEGER NOT NULL, problem TEXT NOT NULL, answer TEXT NOT NULL)",
        "CREATE INDEX webhook_attempt_by_message ON webhook_attempt (message)",
    });
}

/// What a person calls instances by, one row a tag.
std::optional<Error> tags(SqlSession &session)
{
    return execAll(session, {
        "CREATE TABLE tag (profile TEXT NOT NULL, instance TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (profile, instance, tag)) WITHOUT ROWID",
    });
}

constexpr std::array<SchemaStep, 5> kSteps{begin, rules, usage, outgoing, tags};

} // namespace

int latest()
{
    return static_cast<int>(kSteps.size());
}

std::optional<Error> apply(SqlSession &session)
{
    return applySchemaSteps(session, kSteps, QT_TRANSLATE_NOOP("Database", "The history file was written by a newer version of this program; it is left as it is."));
}

} // namespace novita::migrations
