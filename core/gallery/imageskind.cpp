// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imageskind.h"

#include "core/database/schemasteps.h"

#include <QtGlobal>

#include <array>

namespace novita {

namespace {

/// Times are milliseconds since 1970, UTC; `profile` is the ProfileId.
std::optional<Error> begin(SqlSession &session)
{
    return execAll(session, {
        // States below 4 are open: ImageJobState.
        "CREATE TABLE job (id TEXT PRIMARY KEY, profile TEXT NOT NULL, position INTEGER NOT NULL, state INTEGER NOT NULL, backend TEXT NOT NULL,"
        " endpoint TEXT NOT NULL, recipe TEXT NOT NULL, template TEXT NOT NULL, options TEXT NOT NULL, inputs TEXT NOT NULL, batch TEXT NOT NULL, cell TEXT NOT NULL,"
        " expected INTEGER NOT NULL, task TEXT NOT NULL, note TEXT NOT NULL, created_at INTEGER NOT NULL,"
        " updated_at INTEGER NOT NULL, submitted_at INTEGER, version INTEGER NOT NULL)",
        "CREATE INDEX job_open ON job (profile, position) WHERE state < 4",
        "CREATE INDEX job_ended ON job (profile, updated_at) WHERE state >= 4",
        "CREATE INDEX job_by_task ON job (task) WHERE task <> ''",

        // AUTOINCREMENT: the id of a picture that is gone never means another.
        "CREATE TABLE picture (id INTEGER PRIMARY KEY AUTOINCREMENT, profile TEXT NOT NULL, job TEXT NOT NULL, ordinal INTEGER NOT NULL,"
        " kind INTEGER NOT NULL, file TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, created_at INTEGER NOT NULL,"
        " starred INTEGER NOT NULL, flagged INTEGER NOT NULL, trashed_at INTEGER, bytes INTEGER NOT NULL, format TEXT NOT NULL,"
        " endpoint TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL, template TEXT NOT NULL, negative TEXT NOT NULL, seed INTEGER,"
        " recipe TEXT NOT NULL, credential INTEGER NOT NULL)",
        "CREATE UNIQUE INDEX picture_of_job ON picture (job, ordinal) WHERE job <> ''",
        // With all that a list shows: 10,000 rows without a look into the table.
        "CREATE INDEX picture_by_age ON picture (profile, created_at, id, kind, file, width, height, starred, flagged, trashed_at)",
        "CREATE TABLE picture_tag (picture INTEGER NOT NULL REFERENCES picture (id) ON DELETE CASCADE, tag TEXT NOT NULL COLLATE NOCASE,"
        " PRIMARY KEY (picture, tag)) WITHOUT ROWID",
        "CREATE INDEX picture_by_tag ON picture_tag (tag, picture)",
        // rowid = picture.id; written by hand, for its texts are not those of the table (picturewords::indexed()).
        "CREATE VIRTUAL TABLE picture_words USING fts5 (prompt, negative, model, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",

        "CREATE TABLE prompt (id INTEGER PRIMARY KEY AUTOINCREMENT, profile TEXT NOT NULL, prompt TEXT NOT NULL, negative TEXT NOT NULL,"
        " used_at INTEGER NOT NULL, uses INTEGER NOT NULL, starred INTEGER NOT NULL, UNIQUE (profile, prompt, negative))",
        "CREATE INDEX prompt_by_age ON prompt (profile, used_at)",
        "CREATE VIRTUAL TABLE prompt_words USING fts5 (prompt, negative, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
        "CREATE TABLE draft (profile TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (profile, field)) WITHOUT ROWID",
        "CREATE TABLE style (folder TEXT NOT NULL, name TEXT NOT NULL, prompt TEXT NOT NULL, negative TEXT NOT NULL, PRIMARY KEY (folder, name)) WITHOUT ROWID",
    });
}

/// What was read of the catalogue of models, which of them somebody likes or uses, and the endpoints that servers have called gone.
std::optional<Error> addModels(SqlSession &session)
{
    return execAll(session, {
        "CREATE TABLE model_page (profile TEXT NOT NULL, question TEXT NOT NULL, number INTEGER NOT NULL, searched INTEGER NOT NULL,"
        " next TEXT NOT NULL, read_at INTEGER NOT NULL, partial INTEGER NOT NULL, count INTEGER NOT NULL, models TEXT NOT NULL,"
        " PRIMARY KEY (profile, question, number))",
        "CREATE TABLE kept_model (profile TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, model TEXT NOT NULL,"
        " favourite INTEGER NOT NULL, used_at INTEGER, PRIMARY KEY (profile, type, name))",
        "CREATE TABLE retired_endpoint (profile TEXT NOT NULL, endpoint TEXT NOT NULL, reason TEXT NOT NULL, seen_at INTEGER NOT NULL,"
        " PRIMARY KEY (profile, endpoint)) WITHOUT ROWID",
    });
}

/// See LooseFiles.
std::optional<Error> addLooseFiles(SqlSession &session)
{
    return execAll(session, {
        "CREATE TABLE loose_file (file TEXT PRIMARY KEY, leaving INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE INDEX picture_by_file ON picture (file)",
    });
}

/// They had links to covers with what signs them. The pages can be read again; what somebody likes cannot.
std::optional<Error> dropSignedCovers(SqlSession &session)
{
    return execAll(session, {
        "DELETE FROM model_page",
        "UPDATE kept_model SET model = json_remove(model, '$.cover_url') WHERE json_valid(model)",
    });
}

constexpr std::array<SchemaStep, 4> kSteps{begin, addModels, addLooseFiles, dropSignedCovers};

std::optional<Error> migrate(SqlSession &session)
{
    return applySchemaSteps(session, kSteps, QT_TRANSLATE_NOOP("Database", "The file of the gallery was written by a newer version of this program; it is left as it is."));
}

} // namespace

const DatabaseKind &imagesKind()
{
    static constexpr DatabaseKind kind{
        &migrate,
        true,
        {
            QT_TRANSLATE_NOOP("Database", "The disk is full: the gallery and the queue are not being saved."),
            QT_TRANSLATE_NOOP("Database", "The file of the gallery is damaged."),
            QT_TRANSLATE_NOOP("Database", "Another program holds the file of the gallery."),
            QT_TRANSLATE_NOOP("Database", "The file of the gallery cannot be written."),
            QT_TRANSLATE_NOOP("Database", "The file of the gallery could not be used."),
            QT_TRANSLATE_NOOP("Database", "The file of the gallery was damaged. It is kept as %1; a new one was begun."),
            QT_TRANSLATE_NOOP("Database", "The file of the gallery is damaged and could not be set aside."),
            QT_TRANSLATE_NOOP("Database", "The file of the gallery is not open."),
        }};
    return kind;
}

} // namespace novita
