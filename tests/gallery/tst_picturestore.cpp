// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imagejoblog.h"
#include "core/gallery/picturestore.h"
#include "tests/gallery/imagesfile.h"

#include <QTest>

using namespace novita;

/// Each test on a file of its own.
class TestPictureStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<PictureStore> m_store;

    static Picture picture(qint64 seconds, const QString &prompt)
    {
        Picture out;
        out.file = QStringLiteral("originals/2027-01/%1.png").arg(seconds, 32, 16, QLatin1Char('0'));
        out.size = {1024, 768};
        out.createdAt = secondsLater(seconds);
        out.bytes = 1000;
        out.format = QStringLiteral("png");
        out.endpoint = QStringLiteral("txt2img");
        out.model = QStringLiteral("sd_xl_base_1.0.safetensors");
        out.prompt = prompt;
        out.seed = 4'294'967'296 + seconds;
        out.recipe = {{QStringLiteral("steps"), 24}};
        return out;
    }
    PictureId add(const Picture &picture, const ProfileId &profile = kMine) { return await(m_store->add(profile, {picture})).value().first(); }
    QList<PictureId> found(const PictureQuery &query)
    {
        QList<PictureId> ids;
        const QList<PictureEntry> all = await(m_store->list(kMine, query)).value();
        for (const PictureEntry &entry : all)
            ids.append(entry.id);
        return ids;
    }
    QList<PictureId> found(const QString &text) { return found(PictureQuery::fromText(text)); }

private slots:
    void init()
    {
        m_file = std::make_unique<ImagesFile>();
        QVERIFY(m_file->isOpen());
        m_store = std::make_unique<PictureStore>(m_file->database());
    }
    void cleanup()
    {
        m_store.reset();
        m_file.reset();
    }

    void keepsAllThatIsKnown()
    {
        Picture one = picture(1, QStringLiteral("a cat"));
        one.job = ImageJobLog::newId();
        one.ordinal = 3;
        one.kind = MediaKind::Video;
        one.starred = one.flagged = one.hasCredential = true;
        one.promptTemplate = QStringLiteral("a {cat|dog}");
        one.negativePrompt = QStringLiteral("blur");
        one.tags = {QStringLiteral("Best"), QStringLiteral("zoo")};
        one.id = add(one);
        m_file->reopen();
        m_store = std::make_unique<PictureStore>(m_file->database());
        QCOMPARE(await(m_store->read(one.id)).value(), one);
        const QList<PictureEntry> entries = await(m_store->list(kMine, {})).value();
        QCOMPARE(entries, QList<PictureEntry>{one});
        QCOMPARE(await(m_store->read(one.id + 1)).error().kind, ErrorKind::NotFound);
        QCOMPARE(await(m_store->read(QList<PictureId>{one.id + 1, one.id})).value(), QList<Picture>{one});
    }

    void ofAJobEachPictureIsOnceInTheGallery()
    {
        ImageJobLog jobs(m_file->database());
        ImageJob job;
        job.id = ImageJobLog::newId();
        job.profile = kMine;
        job = await(jobs.add({job})).value().first();
        Picture one = picture(1, QStringLiteral("a"));
        one.job = job.id;
        job.state = ImageJobState::Done;
        const PictureId id = await(m_store->add(kMine, {one}, job)).value().first();
        QCOMPARE(await(jobs.read(job.id)).value().state, ImageJobState::Done);

        // The same news by another way, or again after a restart.
        job.version = 2;
        Picture again = picture(2, QStringLiteral("b"));
        again.job = job.id;
        Picture second = picture(3, QStringLiteral("c"));
        second.job = job.id;
        second.ordinal = 1;
        const QList<PictureId> ids = await(m_store->add(kMine, {again, second}, job)).value();
        QCOMPARE(ids.first(), id);
        QCOMPARE(await(m_store->list(kMine, {})).value().size(), 2);
        QCOMPARE(await(m_store->read(id)).value().prompt, QStringLiteral("a"));

        // A job that was changed in the meantime: no picture either.
        Picture third = picture(4, QStringLiteral("d"));
        third.job = job.id;
        third.ordinal = 2;
        QCOMPARE(await(m_store->add(kMine, {third}, job)).error().kind, ErrorKind::Conflict);
        QCOMPARE(await(m_store->list(kMine, {})).value().size(), 2);
    }

    void belongsToItsProfile()
    {
        add(picture(1, QStringLiteral("cat")), kOther);
        QVERIFY(found(QStringLiteral("cat")).isEmpty());
        QCOMPARE(await(m_store->totals(kOther)).value().pictures, 1);
        QCOMPARE(await(m_store->totals(kMine)).value(), PictureStore::Totals());
    }

    void findsWords()
    {
        Picture cat = picture(1, QStringLiteral("A red CAT on a café table, masterpiece"));
        cat.negativePrompt = QStringLiteral("dog");
        cat.model = QStringLiteral("dreamshaper_8.safetensors");
        cat.id = add(cat);
        const PictureId tower = add(picture(2, QStringLiteral("黎明的灯塔, red sky")));
        using Ids = QList<PictureId>;
        QCOMPARE(found(QStringLiteral("red")), (Ids{tower, cat.id}));
        QCOMPARE(found(QStringLiteral("red -sky")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("-sky ")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("-red ")), (Ids{}));
        QCOMPARE(found(QStringLiteral("-dog -sky ")), (Ids{}));
        QCOMPARE(found(QStringLiteral("-zebra ")), (Ids{tower, cat.id}));
        QCOMPARE(found(QStringLiteral("cafe")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("master")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("master ")), (Ids{}));
        QCOMPARE(found(QStringLiteral("\"red cat\"")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("\"cat red\"")), (Ids{}));
        QCOMPARE(found(QStringLiteral("dog")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("灯塔")), (Ids{tower}));
        QCOMPARE(found(QStringLiteral("塔灯")), (Ids{}));
        QCOMPARE(found(QStringLiteral("dreamshaper")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("model:SHAPER_8")), (Ids{cat.id}));
        QCOMPARE(found(QStringLiteral("model:shaper%")), (Ids{}));
        for (const char *hostile : {"\"", "*", "cat*", "cat:", "prompt:cat ", "NEAR(", "a\"b\"c", "'; DROP TABLE picture; --", "(((((", "^cat", "+", "- -", "{cat}", "-\"", "-*", "-cat*", "-(", "-NEAR(", "\\", "AND", "NOT cat", "tag:\"", "model:%_\\", "after:"})
            QVERIFY2(await(m_store->list(kMine, PictureQuery::fromText(QString::fromLatin1(hostile)))).ok(), hostile);
    }

    void filtersAndSorts()
    {
        Picture video = picture(1, QStringLiteral("v"));
        video.kind = MediaKind::Video;
        video.id = add(video);
        Picture star = picture(2, QStringLiteral("s"));
        star.starred = true;
        star.id = add(star);
        const PictureId plain = add(picture(3, QStringLiteral("p")));
        using Ids = QList<PictureId>;
        QCOMPARE(found(QString()), (Ids{plain, star.id, video.id}));
        QCOMPARE(found(QStringLiteral("is:video")), (Ids{video.id}));
        QCOMPARE(found(QStringLiteral("is:starred")), (Ids{star.id}));
        PictureQuery query;
        query.order = PictureQuery::Order::OldestFirst;
        QCOMPARE(found(query), (Ids{video.id, star.id, plain}));
        query.order = PictureQuery::Order::StarredFirst;
        QCOMPARE(found(query), (Ids{star.id, plain, video.id}));
        query = {};
        query.from = secondsLater(2);
        query.before = secondsLater(3);
        QCOMPARE(found(query), (Ids{star.id}));
    }

    void tagsAreFoundAndCounted()
    {
        const PictureId a = add(picture(1, QStringLiteral("a"))), b = add(picture(2, QStringLiteral("b")));
        const QList<QStringList> now = await(m_store->changeTags({a, b}, {{QStringLiteral("Zoo"), QStringLiteral("best")}, {}})).value();
        QCOMPARE(now, (QList<QStringList>(2, {QStringLiteral("best"), QStringLiteral("Zoo")})));
        QVERIFY(await(m_store->changeTags({b}, {{}, {QStringLiteral("zoo")}})).ok());
        using Ids = QList<PictureId>;
        QCOMPARE(found(QStringLiteral("tag:ZOO")), (Ids{a}));
        QCOMPARE(found(QStringLiteral("tag:best")), (Ids{b, a}));
        QCOMPARE(found(QStringLiteral("zoo ")), (Ids{a}));
        // Typed with marks, as the search wants words that belong together.
        QVERIFY(await(m_store->changeTags({a}, {{QStringLiteral("\"wet  clay\"")}, {}})).ok());
        QCOMPARE(found(QStringLiteral("tag:\"wet clay\"")), (Ids{a}));
        QCOMPARE(found(QStringLiteral("tag:\" wet  clay\"")), (Ids{a}));
        QCOMPARE(found(QStringLiteral("\"wet clay\"")), (Ids{a}));
        QVERIFY(await(m_store->changeTags({a}, {{}, {QStringLiteral("wet clay")}})).ok());
        QCOMPARE(await(m_store->tags(kMine)).value(), (QList<PictureStore::Tag>{{QStringLiteral("best"), 2}, {QStringLiteral("Zoo"), 1}}));
        QCOMPARE(await(m_store->changeTags({a}, {{QStringLiteral("a,b")}, {}})).error().kind, ErrorKind::Validation);
        QCOMPARE(await(m_store->read(a)).value().tags, (QStringList{QStringLiteral("best"), QStringLiteral("Zoo")}));
    }

    void formatsAndWhatIsLeftOut()
    {
        Picture film = picture(3, QStringLiteral("cat"));
        film.format = QStringLiteral("mp4");
        film.kind = MediaKind::Video;
        const PictureId a = add(picture(1, QStringLiteral("cat"))), b = add(picture(2, QStringLiteral("dog"))), c = add(film);
        QVERIFY(await(m_store->changeTags({a}, {{QStringLiteral("zoo")}, {}})).ok());
        QVERIFY(await(m_store->setStarred({b}, true)).ok());
        using Ids = QList<PictureId>;
        QCOMPARE(found(QStringLiteral("-format:mp4")), (Ids{b, a}));
        QCOMPARE(found(QStringLiteral("-is:video cat")), (Ids{a}));
        QCOMPARE(found(QStringLiteral("format:mp4")), (Ids{c}));
        QCOMPARE(found(QStringLiteral("format:mp4 format:PNG")), (Ids{c, b, a}));
        QCOMPARE(found(QStringLiteral("-tag:zoo")), (Ids{c, b}));
        Picture old = picture(4, QStringLiteral("old"));
        old.format = QStringLiteral("jpg");
        const PictureId d = add(old);
        QCOMPARE(found(QStringLiteral("format:jpeg")), (Ids{d}));
        QCOMPARE(found(QStringLiteral("-format:jpg -is:starred")), (Ids{c, a}));
        QVERIFY(await(m_store->setTrashed({d}, secondsLater(9))).ok());
        QCOMPARE(found(QStringLiteral("-is:starred")), (Ids{c, a}));
        QCOMPARE(found(QStringLiteral("-model:SD_XL")), (Ids{}));
    }

    void starsAndTrash()
    {
        const PictureId a = add(picture(1, QStringLiteral("cat"))), b = add(picture(2, QStringLiteral("cat")));
        QVERIFY(await(m_store->setStarred({a, b}, true)).ok());
        QVERIFY(await(m_store->setTrashed({a}, secondsLater(9))).ok());
        using Ids = QList<PictureId>;
        QCOMPARE(found(QStringLiteral("cat")), (Ids{b}));
        PictureQuery trash;
        trash.trashed = true;
        QCOMPARE(found(trash), (Ids{a}));
        QCOMPARE(await(m_store->totals(kMine)).value(), (PictureStore::Totals{1, 1, 1, 2000}));
        QCOMPARE(await(m_store->trashedOf({a, b, 999})).value(), (Ids{a}));
        QVERIFY(await(m_store->setTrashed({a}, std::nullopt)).ok());
        QCOMPARE(found(QStringLiteral("cat")), (Ids{b, a}));

        const QString file = await(m_store->read(a)).value().file;
        QCOMPARE(await(m_store->remove({a, a, 12345})).value(), QStringList{file});
        QCOMPARE(found(QStringLiteral("cat")), (Ids{b}));
        const PictureId next = add(picture(3, QStringLiteral("new")));
        QVERIFY(next > b);
    }
};

QTEST_GUILESS_MAIN(TestPictureStore)
#include "tst_picturestore.moc"
