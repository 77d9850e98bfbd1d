// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/galleryroom.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/thumbnailloader.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <algorithm>

using namespace novita;

/// The rows of the gallery, the thumbnails that are read for them, and their way out of it.
class TestGalleryModel final : public QObject
{
    Q_OBJECT

    std::unique_ptr<GalleryRoom> m_room;

    static QList<PictureId> idsOf(const GalleryModel &model)
    {
        QList<PictureId> out;
        for (int row = 0; row < model.rowCount(); ++row)
            out.append(model.at(row)->id);
        return out;
    }

private slots:
    void init() { m_room = std::make_unique<GalleryRoom>(); }
    void cleanup() { m_room.reset(); }

    void readsWhatIsThereAndFollows()
    {
        GalleryModel model(m_room->images());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.state(), GalleryModel::State::Loading);
        QTRY_COMPARE(model.state(), GalleryModel::State::Ready);
        QCOMPARE(model.rowCount(), 0);
        const QList<PictureId> ids = m_room->fill(5);
        m_room->images().tellGalleryChanged();
        QTRY_COMPARE(model.rowCount(), 5);
        QCOMPARE(model.at(0)->id, ids.constLast()); // newest first
        QCOMPARE(model.rowOf(ids.constFirst()), 4);
        QVERIFY(!model.find(4711));
        QCOMPARE(model.data(model.index(0, 0), GalleryModel::IdRole).toLongLong(), ids.constLast());
    }

    void nothingIsReadWhileNobodyLooks()
    {
        m_room->fill(5);
        GalleryModel model(m_room->images(), nullptr, false);
        QSignalSpy updates(&model, &GalleryModel::updated);
        QVERIFY(!model.isReading());
        model.setActive(true);
        QTRY_COMPARE(model.rowCount(), 5);
        model.setActive(false);
        updates.clear();
        m_room->fill(1, 5);
        m_room->images().tellGalleryChanged();
        PictureQuery query;
        query.limit = 2;
        model.setQuery(query);
        QVERIFY(!model.isReading());
        QVERIFY(updates.isEmpty());
        model.setActive(true);
        QTRY_COMPARE(model.rowCount(), 2);
        QCOMPARE(updates.size(), 1);
        model.setActive(false);
        model.setActive(true);
        QVERIFY(!model.isReading()); // it has not changed
    }

    void selectionStaysWithItsPictures()
    {
        const QList<PictureId> ids = m_room->fill(6);
        GalleryModel model(m_room->images());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(model.rowCount(), 6);
        QItemSelectionModel selection(&model);
        selection.setCurrentIndex(model.index(model.rowOf(ids.at(2)), 0), QItemSelectionModel::ClearAndSelect);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        m_room->fill(3, 100);
        QVERIFY(await(m_room->store().setTrashed({ids.at(4)}, secondsLater(9))));
        QVERIFY(await(m_room->store().setStarred({ids.at(2)}, true)));
        m_room->images().tellGalleryChanged();
        QTRY_COMPARE(model.rowCount(), 8);
        QCOMPARE(model.at(selection.currentIndex().row())->id, ids.at(2));
        QVERIFY(selection.isSelected(selection.currentIndex()));
        QVERIFY(model.find(ids.at(2))->starred);
        PictureQuery query;
        query.order = PictureQuery::Order::StarredFirst;
        model.setQuery(query);
        QTRY_COMPARE(model.rowOf(ids.at(2)), 0);
        QCOMPARE(selection.currentIndex().row(), 0);
        QVERIFY(resets.isEmpty());
    }

    void anyChangeIsBroughtInAsDifferences()
    {
        const QList<PictureId> ids = m_room->fill(240);
        GalleryModel model(m_room->images());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(model.rowCount(), 240);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QRandomGenerator random(7);
        QPersistentModelIndex kept = model.index(model.rowOf(ids.at(120)), 0);
        for (int round = 0; round < 12; ++round) {
            QList<PictureId> out, in;
            for (const PictureId id : ids) {
                if (id != ids.at(120))
                    (random.bounded(3) == 0 ? out : in).append(id);
            }
            QVERIFY(await(m_room->store().setTrashed(out, secondsLater(9))));
            QVERIFY(await(m_room->store().setTrashed(in, std::nullopt)));
            QVERIFY(await(m_room->store().setStarred(in.mid(0, 40), round % 2 == 0)));
            PictureQuery query;
            query.order = static_cast<PictureQuery::Order>(round % 3);
            model.setQuery(query);
            model.reload();
            QTRY_VERIFY(!model.isReading());
            QList<PictureId> expected;
            for (const PictureEntry &entry : await(m_room->store().list(kMine, query)).valueOr({}))
                expected.append(entry.id);
            QCOMPARE(idsOf(model), expected);
            QCOMPARE(kept.row(), model.rowOf(ids.at(120)));
        }
        QVERIFY(resets.isEmpty());
    }

    void anotherProfileHasOtherPictures()
    {
        m_room->fill(3);
        GalleryModel model(m_room->images());
        QTRY_COMPARE(model.rowCount(), 3);
        m_room->images().open(kOther, {});
        QCOMPARE(model.rowCount(), 0);
        QTRY_COMPARE(model.state(), GalleryModel::State::Ready);
        QCOMPARE(model.rowCount(), 0);
    }

    void wordsHaveThePromptOnceItIsRead()
    {
        const QList<PictureId> ids = m_room->fill(2);
        QVERIFY(await(m_room->store().setStarred({ids.at(1)}, true)));
        GalleryModel model(m_room->images());
        QTRY_COMPARE(model.rowCount(), 2);
        QVERIFY(model.words(0).startsWith(QStringLiteral("Picture, ")));
        model.describe(0, 1);
        QTRY_VERIFY(model.words(0).startsWith(QStringLiteral("lighthouse number1")));
        QVERIFY(model.words(0).endsWith(QStringLiteral("starred")));
    }

    void thumbnailsAreMadeOnceAndKept()
    {
        const PictureFiles &files = m_room->images().files();
        const QString good =
            files.saveOriginal(GalleryRoom::png(1, {640, 480}), QStringLiteral("png"), secondsLater(1)).valueOr({});
        const QString bad = files.saveOriginal("no picture", QStringLiteral("png"), secondsLater(1)).valueOr({});
        const QString film = files.saveOriginal("....ftypisom....", QStringLiteral("mp4"), secondsLater(1)).valueOr({});
        QVERIFY(files.thumbnail(good).isNull());
        ThumbnailLoader loader(files);
        QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
        loader.want({{good, 160}, {bad, 160}, {film, 160}});
        QTRY_COMPARE(loaded.size(), 3);
        QVERIFY(loader.find({good, 160}));
        QCOMPARE(loader.find({good, 160})->state, Thumbnail::State::Ready);
        QCOMPARE(loader.find({good, 160})->image.size(), QSize(160, 120));
        QCOMPARE(loader.find({bad, 160})->state, Thumbnail::State::Broken);
        QCOMPARE(loader.find({film, 160})->state, Thumbnail::State::NoPreview);
        QCOMPARE(files.thumbnail(good).size(), QSize(320, 240));
        // What is there is not read again; of another side it is, and stands in until then.
        loader.want({{good, 160}});
        QCOMPARE(loader.waiting(), 0);
        QVERIFY(loader.find({good, 96}));
        loader.want({{good, 96}});
        QTRY_COMPARE(loader.find({good, 96})->side, 96);
        QVERIFY(!loader.find({good, 96, true}));
    }

    void thumbnailsThatAreNotWantedAnyMoreAreDropped()
    {
        const QList<PictureId> ids = m_room->fill(60);
        QList<ThumbnailKey> keys;
        for (const PictureEntry &entry : await(m_room->store().list(kMine, {})).valueOr({}))
            keys.append({entry.file, 128});
        ThumbnailLoader loader(m_room->images().files());
        QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
        loader.want(keys);
        loader.want({keys.constLast()});
        QTRY_VERIFY(loader.find(keys.constLast()));
        QCOMPARE(loader.waiting(), 0);
        QVERIFY(loaded.size() < ids.size());
    }

    /// Being read anew while threads are at it: what they bring is not taken, and must be made once more.
    void whatIsReadAnewComesAgain()
    {
        m_room->fill(2);
        QList<ThumbnailKey> keys;
        for (const PictureEntry &entry : await(m_room->store().list(kMine, {})).valueOr({}))
            keys.append({entry.file, 96});
        ThumbnailLoader loader(m_room->images().files());
        loader.want(keys);
        while (loader.waiting() > 0) // until each is under way; no event is delivered
            QThread::yieldCurrentThread();
        loader.clear();
        loader.want(keys);
        for (const ThumbnailKey &key : keys)
            QTRY_VERIFY(loader.find(key));
    }

    void memoryIsCapped()
    {
        m_room->fill(12);
        ThumbnailLoader loader(m_room->images().files());
        loader.setMostBytes(60'000); // two of 96 × 64 pixels
        QSignalSpy loaded(&loader, &ThumbnailLoader::loaded);
        QList<ThumbnailKey> keys;
        for (const PictureEntry &entry : await(m_room->store().list(kMine, {})).valueOr({}))
            keys.append({entry.file, 96});
        loader.want(keys);
        QTRY_COMPARE(loaded.size(), 12);
        QVERIFY(loader.bytes() <= 60'000);
        QVERIFY(loader.bytes() > 0);
    }
};

QTEST_MAIN(TestGalleryModel)
#include "tst_gallerymodel.moc"
