// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imagejoblog.h"
#include "core/gallery/picturefiles.h"
#include "core/gallery/picturestore.h"
#include "core/gallery/promptlog.h"
#include "tests/gallery/imagesfile.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTest>

using namespace novita;

namespace {

// clang-format off
/// The first schema, as it was; never to be changed along with the program.
constexpr const char *kSchema1[] = {
    "CREATE TABLE job (id TEXT PRIMARY KEY, profile TEXT NOT NULL, position INTEGER NOT NULL, state INTEGER NOT NULL, backend TEXT NOT NULL,"
    " endpoint TEXT NOT NULL, recipe TEXT NOT NULL, template TEXT NOT NULL, options TEXT NOT NULL, inputs TEXT NOT NULL, batch TEXT NOT NULL, cell TEXT NOT NULL,"
    " expected INTEGER NOT NULL, task TEXT NOT NULL, note TEXT NOT NULL, created_at INTEGER NOT NULL,"
    " updated_at INTEGER NOT NULL, submitted_at INTEGER, version INTEGER NOT NULL)",
    "CREATE INDEX job_open ON job (profile, position) WHERE state < 4",
    "CREATE INDEX job_ended ON job (profile, updated_at) WHERE state >= 4",
    "CREATE INDEX job_by_task ON job (task) WHERE task <> ''",
    "CREATE TABLE picture (id INTEGER PRIMARY KEY AUTOINCREMENT, profile TEXT NOT NULL, job TEXT NOT NULL, ordinal INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, file TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, created_at INTEGER NOT NULL,"
    " starred INTEGER NOT NULL, flagged INTEGER NOT NULL, trashed_at INTEGER, bytes INTEGER NOT NULL, format TEXT NOT NULL,"
    " endpoint TEXT NOT NULL, model TEXT NOT NULL, prompt TEXT NOT NULL, template TEXT NOT NULL, negative TEXT NOT NULL, seed INTEGER,"
    " recipe TEXT NOT NULL, credential INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX picture_of_job ON picture (job, ordinal) WHERE job <> ''",
    "CREATE INDEX picture_by_age ON picture (profile, created_at, id, kind, file, width, height, starred, flagged, trashed_at)",
    "CREATE TABLE picture_tag (picture INTEGER NOT NULL REFERENCES picture (id) ON DELETE CASCADE, tag TEXT NOT NULL COLLATE NOCASE,"
    " PRIMARY KEY (picture, tag)) WITHOUT ROWID",
    "CREATE INDEX picture_by_tag ON picture_tag (tag, picture)",
    "CREATE VIRTUAL TABLE picture_words USING fts5 (prompt, negative, model, tags, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "CREATE TABLE prompt (id INTEGER PRIMARY KEY AUTOINCREMENT, profile TEXT NOT NULL, prompt TEXT NOT NULL, negative TEXT NOT NULL,"
    " used_at INTEGER NOT NULL, uses INTEGER NOT NULL, starred INTEGER NOT NULL, UNIQUE (profile, prompt, negative))",
    "CREATE INDEX prompt_by_age ON prompt (profile, used_at)",
    "CREATE VIRTUAL TABLE prompt_words USING fts5 (prompt, negative, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "CREATE TABLE draft (profile TEXT NOT NULL, field TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (profile, field)) WITHOUT ROWID",
    "CREATE TABLE style (folder TEXT NOT NULL, name TEXT NOT NULL, prompt TEXT NOT NULL, negative TEXT NOT NULL, PRIMARY KEY (folder, name)) WITHOUT ROWID",
};
// clang-format on

constexpr const char *kRows[] = {
    "INSERT INTO picture VALUES (7, 'mine', 'j-1', 1, 0, 'originals/2026-05/0123456789abcdef0123456789abcdef.jpg', "
    "640, 480,"
    " 1780000000000, 1, 0, NULL, 5, 'jpg', 'txt2img', 'sd_xl_base_1.0.safetensors', 'a lighthouse', 'a "
    "{light|ware}house',"
    " 'fog', 42, '{\"steps\": 24}', 0)",
    "INSERT INTO picture VALUES (8, 'mine', '', 0, 0, 'originals/2026-05/00000000000000000000000000000008.jpg', 64, 48,"
    " 1780000001000, 0, 1, 1780000002000, 6, 'jpg', '', '', '', '', '', NULL, '{}', 0)",
    "INSERT INTO picture VALUES (9, 'other', '', 0, 1, 'originals/2026-05/00000000000000000000000000000009.mp4', 0, 0,"
    " 1780000003000, 0, 0, NULL, 7, 'mp4', 'txt2video', 'm', 'waves', '', '', NULL, '{}', 0)",
    "INSERT INTO picture_tag VALUES (7, 'Sea')",
    "INSERT INTO picture_words (rowid, prompt, negative, model, tags) VALUES (7, 'a lighthouse', 'fog', 'sd xl base', "
    "'Sea')",
    "INSERT INTO job VALUES ('j-1', 'mine', 3, 4, 'novita', 'txt2img', '{\"prompt\": \"a lighthouse\"}', '', '{}', "
    "'{}', '', '{}',"
    " 2, 'task-1', '', 1780000000000, 1780000000000, 1780000000000, 5)",
    "INSERT INTO job VALUES ('j-2', 'mine', 4, 0, 'novita', 'txt2img', '{\"prompt\": \"a boat\"}', '', '{}',"
    " '{\"image\": \"inputs/0000000000000000000000000000000000000000000000000000000000000001.jpg\"}', '', '{}',"
    " 1, '', '', 1780000000000, 1780000000000, NULL, 1)",
    "INSERT INTO prompt VALUES (1, 'mine', 'a lighthouse', 'fog', 1780000000000, 3, 1)",
    "INSERT INTO prompt_words (rowid, prompt, negative) VALUES (1, 'a lighthouse', 'fog')",
    "INSERT INTO draft VALUES ('mine', 'prompt', 'a half')",
    "INSERT INTO style VALUES ('', 'Oil', '{prompt}, oil', '')",
    "PRAGMA user_version = 1",
};

const QString kLighthouse = QStringLiteral("originals/2026-05/0123456789abcdef0123456789abcdef.jpg");

} // namespace

/// Files of earlier versions.
class TestImagesKind final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QString path() const { return m_folder->filePath(QStringLiteral("images.sqlite")); }

    void make()
    {
        {
            QSqlDatabase made = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("made"));
            made.setDatabaseName(path());
            QVERIFY(made.open());
            QSqlQuery query(made);
            for (const char *statement : kSchema1)
                QVERIFY2(query.exec(QString::fromLatin1(statement)), qPrintable(query.lastError().text()));
            for (const char *statement : kRows)
                QVERIFY2(query.exec(QString::fromLatin1(statement)), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("made"));
    }

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        make();
    }

    void allOfTheFirstSchemaIsThere()
    {
        FakeClock clock;
        Database database(clock, nullptr, imagesKind());
        QVERIFY(await(database.open(path())).ok());
        QVERIFY(database.status().notice.isEmpty());

        PictureStore pictures(database);
        const QList<PictureEntry> mine = await(pictures.list(kMine, {})).value();
        QCOMPARE(mine.size(), 1);
        QCOMPARE(mine.first().file, kLighthouse);
        const Picture picture = await(pictures.read(7)).value();
        QCOMPARE(picture.format, QStringLiteral("jpg"));
        QCOMPARE(picture.job, ImageJobId(QStringLiteral("j-1")));
        QCOMPARE(picture.ordinal, 1);
        QCOMPARE(picture.size, QSize(640, 480));
        QCOMPARE(picture.prompt, QStringLiteral("a lighthouse"));
        QCOMPARE(picture.promptTemplate, QStringLiteral("a {light|ware}house"));
        QCOMPARE(picture.seed, 42);
        QCOMPARE(picture.recipe.value(QLatin1String("steps")).toInt(), 24);
        QCOMPARE(picture.tags, QStringList{QStringLiteral("Sea")});
        QVERIFY(picture.starred);
        QCOMPARE(await(pictures.list(kMine, PictureQuery::fromText(QStringLiteral("lighthouse"))))->size(), 1);
        QCOMPARE(await(pictures.totals(kMine)).value(), (PictureStore::Totals{1, 1, 1, 11}));
        QCOMPARE(await(pictures.files(kMine))->size(), 2);

        ImageJobLog jobs(database);
        const QList<ImageJob> open = await(jobs.open(kMine)).value();
        QCOMPARE(open.size(), 1);
        QCOMPARE(open.first().recipe.value(QLatin1String("prompt")).toString(), QStringLiteral("a boat"));
        QCOMPARE(await(jobs.ended(kMine, std::nullopt, 10))->size(), 1);

        PromptLog prompts(database);
        QCOMPARE(await(prompts.find(kMine, QStringLiteral("light"), 10))->size(), 1);
        QCOMPARE(await(prompts.draft(kMine, QStringLiteral("prompt"))).value(), QStringLiteral("a half"));
        QCOMPARE(await(prompts.styles())->size(), 1);
    }

    /// They are called so no more; those that are, are found, shown and deleted like others.
    void jpgFilesAreOurs()
    {
        const PictureFiles files(m_folder->path());
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("originals/2026-05")));
        QFile file(files.path(kLighthouse));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("bytes") == 5);
        file.close();
        QCOMPARE(files.read(kLighthouse, 10).value(), QByteArray("bytes"));
        QVERIFY(files.saveThumbnail(kLighthouse, QImage(640, 480, QImage::Format_RGB32)).ok());
        QVERIFY(!files.thumbnail(kLighthouse).isNull());
        QCOMPARE(files.discard({kLighthouse}), QStringList());
        QVERIFY(!file.exists() && files.thumbnail(kLighthouse).isNull());
    }

    void theMigratedFileIsWrittenLikeANewOne()
    {
        FakeClock clock;
        Database database(clock, nullptr, imagesKind());
        QVERIFY(await(database.open(path())).ok());
        PictureStore pictures(database);
        Picture picture;
        picture.file = QStringLiteral("originals/2027-01/00000000000000000000000000000010.png");
        picture.createdAt = secondsLater(0);
        QVERIFY(await(pictures.add(kMine, {picture}))->first() > 9); // ids are never given twice
        QCOMPARE(await(pictures.remove({7})).value(), QStringList{kLighthouse});
        const auto version = await(database.run<int>([](SqlSession &session) {
            const Result<QVariant> number = session.value(QStringLiteral("PRAGMA user_version"));
            return number ? Result<int>(number->toInt()) : Result<int>(number.error());
        }));
        QVERIFY(version.value() > 1);
    }

    /// Links that let their bearer in were kept once.
    void signedCoversAreGone()
    {
        {
            FakeClock clock;
            Database database(clock, nullptr, imagesKind());
            QVERIFY(await(database.open(path())).ok());
            const auto made = await(database.run<Done>([](SqlSession &session) -> Result<Done> {
                for (const char *sql : {"INSERT INTO model_page VALUES ('mine', 'type=lora', 0, 0, '', 5, 0, 1, "
                                        "'[{\"id\": 5, \"cover_url\": \"https://x/?sig=s\"}]')",
                                        "INSERT INTO kept_model VALUES ('mine', 'lora', 'x', '{\"id\": 5, \"sd_name\": "
                                        "\"x\", \"cover_url\": \"https://x/?sig=s\"}', 1, NULL)",
                                        "INSERT INTO kept_model VALUES ('mine', 'lora', 'y', 'no json', 1, NULL)",
                                        "PRAGMA user_version = 3"}) {
                    if (const std::optional<Error> error = session.exec(QString::fromLatin1(sql)))
                        return *error;
                }
                return Done{};
            }));
            QVERIFY(made.ok());
        }
        FakeClock clock;
        Database database(clock, nullptr, imagesKind());
        QVERIFY(await(database.open(path())).ok());
        const auto rest = await(database.run<QString>([](SqlSession &session) -> Result<QString> {
            const Result<QVariant> text =
                session.value(QStringLiteral("SELECT (SELECT count(*) FROM model_page) || ' ' || (SELECT "
                                             "group_concat(model, ' ') FROM kept_model)"));
            return text ? Result<QString>(text->toString()) : Result<QString>(text.error());
        }));
        QCOMPARE(rest.value(), QStringLiteral("0 {\"id\":5,\"sd_name\":\"x\"} no json"));
    }
};

QTEST_GUILESS_MAIN(TestImagesKind)
#include "tst_imageskind.moc"
