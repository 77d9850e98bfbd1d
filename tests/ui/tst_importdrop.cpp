// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/endpoints/fieldnames.h"
#include "core/gallery/loosefiles.h"
#include "core/gallery/picturestore.h"
#include "core/imagefile/metadatawriter.h"
#include "core/images/imageworkspace.h"
#include "tests/support/await.h"
#include "tests/support/uifixture.h"
#include "tests/ui/findnamed.h"
#include "core/images/imageservers.h"
#include "ui/images/askserverbutton.h"
#include "ui/images/importdialog.h"
#include "ui/images/importdrop.h"
#include "ui/images/importrun.h"

#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QImage>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace novita;

namespace {

const ProfileId kMine{QStringLiteral("mine")};

QByteArray png(QColor color)
{
    QImage image(64, 48, QImage::Format_RGB32);
    image.fill(color);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

QByteArray fox()
{
    MetadataToWrite metadata;
    metadata.parameters.prompt = QStringLiteral("a red fox");
    for (const auto &[key, value] :
         {std::pair("Steps", "20"), std::pair("Sampler", "Euler a"), std::pair("Seed", "42")})
        metadata.parameters.setValue(QString::fromLatin1(key), QString::fromLatin1(value));
    return writeMetadata(png(Qt::red), metadata).value().bytes;
}

} // namespace

class TestImportDrop final : public QObject
{
    Q_OBJECT

    std::unique_ptr<UiFixture> m_fixture;
    std::unique_ptr<QWidget> m_page;
    std::unique_ptr<QTemporaryDir> m_folder;
    ImportDrop *m_drop = nullptr;

    QString file(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("The temporary directory is not writable");
        return file.fileName();
    }
    ImportDialog *dialog() const { return m_page->findChild<ImportDialog *>(); }
    QPushButton *button(const char *name) const { return findNamed<QPushButton>(*dialog(), QString::fromLatin1(name)); }
    QListWidget *list() const { return dialog()->findChild<QListWidget *>(); }
    bool says(const QString &part) const
    {
        for (const QLabel *label : dialog()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(part))
                return true;
        }
        return false;
    }
    /// Dragged over the page and let go, as the window system tells it; whether it was taken.
    bool dropped(QMimeData &data) const
    {
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_page.get(), &enter);
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        if (enter.isAccepted())
            QCoreApplication::sendEvent(m_page.get(), &drop);
        return enter.isAccepted() && drop.isAccepted();
    }
    QList<Picture> gallery() const
    {
        PictureStore &store = m_fixture->images().pictures();
        const QList<PictureEntry> entries = await(store.list(kMine, {})).value();
        QList<PictureId> ids;
        for (const PictureEntry &entry : entries)
            ids.append(entry.id);
        return await(store.read(ids)).value();
    }

    /// Those of `paths`, or what the dialog that is open has ticked.
    void import(const QStringList &paths)
    {
        if (!paths.isEmpty()) {
            m_drop->takeFiles(paths);
            QTRY_COMPARE(list()->count(), paths.size());
        }
        QSignalSpy added(m_drop, &ImportDrop::added);
        button("Add to the gallery")->click();
        QTRY_COMPARE(added.size(), 1);
        QTRY_VERIFY(!dialog());
    }
    int originals() const
    {
        int count = 0;
        for (QDirIterator it(m_fixture->images().files().folder() + QStringLiteral("/originals"), QDir::Files,
                             QDirIterator::Subdirectories);
             it.hasNext(); it.next())
            ++count;
        return count;
    }

private slots:
    void init()
    {
        m_fixture = std::make_unique<UiFixture>();
        m_fixture->images().open(kMine, Reach::Local);
        QTRY_VERIFY(m_fixture->images().status().isOpen());
        m_folder = std::make_unique<QTemporaryDir>();
        m_page = std::make_unique<QWidget>();
        m_page->resize(900, 600);
        m_page->show();
        m_drop = new ImportDrop(m_fixture->context(), m_page.get());
    }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
        m_folder.reset();
    }

    void aServerIsAskedWhatNobodyHereKnows()
    {
        const QString path = file(QStringLiteral("plain.png"), png(Qt::blue));
        m_drop->takeFiles({path});
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(!dialog()->findChild<AskServerButton *>()->isVisible()); // there is nobody to ask
        ImageServer server;
        server.name = QStringLiteral("Studio");
        server.url = QUrl(QStringLiteral("https://studio.example.net"));
        QVERIFY(await(m_fixture->images().servers()->save(server, {})).ok());
        auto *ask = button("Ask Studio for the settings");
        QVERIFY(ask && ask->isVisible());
        ask->click();
        QVERIFY(!ask->isEnabled());
        QTRY_VERIFY(ask->isEnabled());
        QVERIFY(says(QStringLiteral("“Studio”"))); // whoever answers here is no such server
        FoundPicture found = pictureimport::find(QStringList{path}, KnownPictures{m_fixture->images().files(), {}}).pictures.first();
        QVERIFY(pictureimport::takeText(found, QStringLiteral("a blue fox\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 64x48"), server.name));
        emit dialog()->findChild<AskServerButton *>()->answered(found);
        QVERIFY(says(QStringLiteral("a blue fox")));
        QVERIFY(list()->item(0)->text().contains(QStringLiteral("WebUI")));
        QVERIFY(button("Restore settings")->isEnabled());
        QVERIFY(!ask->isVisible());
    }

    void theChosenServerIsAsked()
    {
        for (const char *name : {"Studio", "Workshop"}) {
            ImageServer server;
            server.name = QString::fromLatin1(name);
            server.url = QUrl(QStringLiteral("https://%1.example.net").arg(server.name.toLower()));
            QVERIFY(await(m_fixture->images().servers()->save(server, {})).ok());
        }
        QString chosen;
        m_drop->setServerChoice([&chosen] { return chosen; });
        const QStringList paths{file(QStringLiteral("plain.png"), png(Qt::blue))};
        m_drop->takeFiles(paths);
        QTRY_COMPARE(list()->count(), 1);
        // None is chosen, and there are two.
        QPushButton *ask = button("Ask an image server for the settings");
        QVERIFY(ask && ask->isVisible() && ask->menu());
        QCOMPARE(ask->menu()->actions().size(), 2);
        ask->menu()->actions().last()->trigger();
        QTRY_VERIFY(says(QStringLiteral("“Workshop”")));
        chosen = m_fixture->images().servers()->all().last().server.id;
        m_drop->takeFiles(paths);
        QTRY_VERIFY(button("Ask Workshop for the settings"));
        QVERIFY(!button("Ask Workshop for the settings")->menu());
    }

    void droppedFilesGoIntoTheGallery()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file(QStringLiteral("fox.png"), fox())),
                      QUrl::fromLocalFile(file(QStringLiteral("page.png"), "<!doctype html>"))});
        QVERIFY(dropped(data));
        QVERIFY(dialog());
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(says(QStringLiteral("page.png: ")));
        QVERIFY(says(QStringLiteral("a red fox")));
        QVERIFY(says(QStringLiteral("Made with Stable Diffusion WebUI")));
        QSignalSpy changed(&m_fixture->images(), &ImageWorkspace::galleryChanged);
        QSignalSpy added(m_drop, &ImportDrop::added);
        button("Add to the gallery")->click();
        QTRY_COMPARE(added.size(), 1);
        QCOMPARE(changed.size(), 1);
        const QList<Picture> pictures = gallery();
        QCOMPARE(pictures.size(), 1);
        QCOMPARE(pictures.first().prompt, QStringLiteral("a red fox"));
        QCOMPARE(m_fixture->images().files().read(pictures.first().file, 1'000'000).value(), fox());
        QTRY_VERIFY(!dialog()); // closed by itself
        m_drop->takeFiles({m_folder->filePath(QStringLiteral("fox.png"))});
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(says(QStringLiteral("already in the gallery: 1")));
        QVERIFY(!(list()->item(0)->flags() & Qt::ItemIsUserCheckable));
        QVERIFY(!button("Add to the gallery")->isEnabled());
    }

    void closingTheDialogDoesNotStopTheAdding()
    {
        QStringList paths;
        for (int i = 0; i < 20; ++i)
            paths.append(file(QStringLiteral("%1.png").arg(i), png(QColor::fromHsv(i * 10, 200, 200))));
        m_drop->takeFiles(paths);
        QTRY_COMPARE(list()->count(), 20);
        QSignalSpy added(m_drop, &ImportDrop::added);
        button("Add to the gallery")->click();
        dialog()->reject();
        QTRY_VERIFY(!dialog());
        QTRY_COMPARE(added.size(), 1);
        QCOMPARE(added.first().first().toInt(), 20);
        QCOMPARE(gallery().size(), 20);
    }

    /// As after the loss of images.sqlite: the files are there, and nobody knows them.
    void theGallerysOwnFolderComesBackAsItLies()
    {
        const PictureFiles &files = m_fixture->images().files();
        const TimePoint made = m_fixture->clock().now() - std::chrono::hours(24 * 40);
        const auto keep = [&](const QByteArray &bytes, const char *suffix) {
            const QString name = files.saveOriginal(bytes, QString::fromLatin1(suffix), made).value();
            QFile original(files.path(name));
            if (!original.open(QIODevice::ReadWrite) ||
                !original.setFileTime(QDateTime::fromMSecsSinceEpoch(made.time_since_epoch().count()),
                                      QFileDevice::FileModificationTime))
                qFatal("The file has no time");
            return name;
        };
        QStringList names{keep(fox(), "png"), keep("....ftypisom....", "mp4")};
        for (int i = 0; i < 10; ++i)
            names.append(keep(png(QColor::fromHsv(i * 30, 200, 200)), "png"));
        (void)files.saveThumbnail(names.first(), QImage(8, 8, QImage::Format_RGB32));
        (void)files.saveInput(png(Qt::white), QStringLiteral("png"));
        m_drop->takeFiles({files.folder()});
        QTRY_COMPARE(list()->count(), 12);
        QVERIFY(says(QStringLiteral("with their settings: 1")));
        import({});
        const QList<Picture> pictures = gallery();
        QCOMPARE(pictures.size(), 12);
        QCOMPARE(originals(), 12);
        QStringList back;
        for (const Picture &picture : pictures) {
            back.append(picture.file);
            QCOMPARE(picture.createdAt, made);
        }
        back.sort();
        names.sort();
        QCOMPARE(back, names);
        const auto withPrompt = std::find_if(pictures.begin(), pictures.end(),
                                             [](const Picture &picture) { return !picture.prompt.isEmpty(); });
        QCOMPARE(withPrompt->prompt, QStringLiteral("a red fox"));
        QCOMPARE(std::count_if(pictures.begin(), pictures.end(),
                               [](const Picture &picture) { return picture.kind == MediaKind::Video; }),
                 1);
        QCOMPARE(await(m_fixture->images().looseFiles().sweep()).value(), 0);
        // What is there is not looked at again: the next turn gets further.
        m_drop->takeFiles({files.folder()});
        QTRY_VERIFY(says(QStringLiteral("No pictures were found.")));
        // Another profile gets pictures with files of their own.
        m_fixture->images().open(ProfileId(QStringLiteral("other")), Reach::Local);
        m_drop->takeFiles({files.path(withPrompt->file)});
        QTRY_COMPARE(list()->count(), 1);
        import({});
        QCOMPARE(originals(), 13);
    }

    void whatLiesInTheTrashComesOutAsItWas()
    {
        const QString path = file(QStringLiteral("fox.png"), fox());
        import({path});
        PictureStore &store = m_fixture->images().pictures();
        const PictureId id = gallery().first().id;
        QVERIFY(await(store.setStarred({id}, true)).ok());
        QVERIFY(await(store.setTrashed({id}, m_fixture->clock().now())).ok());
        QVERIFY(gallery().isEmpty());
        m_drop->takeFiles({path});
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(says(QStringLiteral("in the trash: 1")));
        QVERIFY(list()->item(0)->text().contains(QStringLiteral("takes it out again")));
        import({});
        QCOMPARE(gallery().size(), 1);
        QCOMPARE(gallery().first().id, id);
        QVERIFY(gallery().first().starred);
        QCOMPARE(originals(), 1);
    }

    /// A folder in which many were thrown away does not bring them all back.
    void ofManyTheTrashedOnesAreNotMeant()
    {
        const QString path = file(QStringLiteral("fox.png"), fox());
        import({path});
        QVERIFY(
            await(m_fixture->images().pictures().setTrashed({gallery().first().id}, m_fixture->clock().now())).ok());
        m_drop->takeFiles(
            {path, file(QStringLiteral("b.png"), png(Qt::blue)), file(QStringLiteral("c.png"), png(Qt::blue))});
        QTRY_COMPARE(list()->count(), 3);
        QCOMPARE(list()->item(0)->checkState(), Qt::Unchecked);
        QCOMPARE(list()->item(1)->checkState(), Qt::Checked);
        QVERIFY(list()->item(0)->flags() & Qt::ItemIsUserCheckable);
        QVERIFY(!(list()->item(2)->flags() & Qt::ItemIsUserCheckable)); // the same as the second
        import({});
        QCOMPARE(gallery().size(), 1);
        QVERIFY(gallery().first().prompt.isEmpty());
    }

    void whatLeftTheTrashMeanwhileIsBroughtInAnew()
    {
        const QString path = file(QStringLiteral("fox.png"), fox());
        import({path});
        PictureStore &store = m_fixture->images().pictures();
        const PictureId id = gallery().first().id;
        QVERIFY(await(store.setTrashed({id}, m_fixture->clock().now())).ok());
        m_drop->takeFiles({path});
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(await(store.remove({id})).ok()); // its file is being deleted
        import({});
        QCOMPARE(gallery().size(), 1);
        QVERIFY(gallery().first().id != id);
        QVERIFY(m_fixture->images().files().read(gallery().first().file, 1'000'000).ok());
    }

    void anotherProfileMayHaveTheSame()
    {
        const QString path = file(QStringLiteral("fox.png"), fox());
        import({path});
        const ProfileId other(QStringLiteral("other"));
        m_fixture->images().open(other, Reach::Local);
        import({path});
        QCOMPARE(await(m_fixture->images().pictures().list(other, {}))->size(), 1);
        QCOMPARE(gallery().size(), 1);
        QCOMPARE(originals(), 2);
    }

    /// Two runs at once, as when the second is begun before the first has ended.
    void thePictureIsThereOnceHoweverOftenItIsBrought()
    {
        const QString path = file(QStringLiteral("fox.png"), fox());
        const KnownPictures nothing{m_fixture->images().files(), {}};
        const FoundPicture found = pictureimport::find(QStringList{path}, nothing).pictures.first();
        QObject owner;
        auto *first = new ImportRun(m_fixture->images(), m_fixture->clock(), {found}, &owner);
        auto *second = new ImportRun(m_fixture->images(), m_fixture->clock(), {found}, &owner);
        QSignalSpy firstEnded(first, &ImportRun::finished);
        QSignalSpy secondEnded(second, &ImportRun::finished);
        QTRY_VERIFY(firstEnded.size() == 1 && secondEnded.size() == 1);
        QCOMPARE(gallery().size(), 1);
        QCOMPARE(originals(), 1);
    }

    void aGalleryThatCannotBeWrittenSaysSo()
    {
        const QString path = file(QStringLiteral("fox.png"), fox());
        m_drop->takeFiles({path});
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(QDir(m_fixture->images().files().folder()).mkpath(QStringLiteral(".")));
        QFile blocked(m_fixture->images().files().folder() + QStringLiteral("/originals"));
        QVERIFY(blocked.open(QIODevice::WriteOnly)); // a file where the folder should be
        button("Add to the gallery")->click();
        QTRY_VERIFY(says(QStringLiteral("fox.png: ")));
        QVERIFY(gallery().isEmpty());
    }

    void whatCouldNotBeTakenIsToldBesideWhatWas()
    {
        const QString lost = file(QStringLiteral("b.png"), png(Qt::blue));
        m_drop->takeFiles({file(QStringLiteral("fox.png"), fox()), lost});
        QTRY_COMPARE(list()->count(), 2);
        QVERIFY(QFile::remove(lost));
        button("Add to the gallery")->click();
        QTRY_VERIFY(says(QStringLiteral("b.png: ")));
        QVERIFY(says(QStringLiteral("Added to the gallery: 1 of 2")));
        QCOMPARE(gallery().size(), 1);
    }

    void theActionAsksForFiles()
    {
        const QStringList paths{file(QStringLiteral("fox.png"), fox()), file(QStringLiteral("b.png"), png(Qt::blue))};
        m_fixture->prompts().chooseNextTogether(paths);
        m_drop->action()->trigger();
        QTRY_VERIFY(dialog());
        QTRY_COMPARE(list()->count(), 2);
        dialog()->reject();
        QTRY_VERIFY(!dialog());
        m_drop->action()->trigger(); // none was chosen
        QVERIFY(!dialog());
    }

    void settingsAndPictureGoToTheForm()
    {
        const QString path = file(QStringLiteral("fox.png"), fox());
        m_drop->takeFiles({path});
        QTRY_COMPARE(list()->count(), 1);
        QSignalSpy restored(m_drop, &ImportDrop::restoreRequested);
        button("Restore settings")->click();
        QCOMPARE(restored.size(), 1);
        QCOMPARE(restored.first().first().value<Recipe>().values.value(fields::kSeed).toInt(), 42);
        QTRY_VERIFY(!dialog());
        m_drop->takeFiles({path});
        QTRY_COMPARE(list()->count(), 1);
        QSignalSpy used(m_drop, &ImportDrop::sourceRequested);
        button("Use as source")->click();
        QCOMPARE(used.first().first().toString(), path);
    }

    void whatSaysNothingCannotBeRestored()
    {
        m_drop->takeFiles({file(QStringLiteral("plain.png"), png(Qt::blue))});
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(!button("Restore settings")->isEnabled());
        QVERIFY(says(QStringLiteral("Says nothing of how it was made")));
    }

    void picturesArePasted()
    {
        auto *data = new QMimeData;
        data->setData(QStringLiteral("image/png"), fox());
        QGuiApplication::clipboard()->setMimeData(data);
        QVERIFY(m_drop->paste());
        QTRY_COMPARE(list()->count(), 1);
        QVERIFY(button("Restore settings")->isEnabled()); // the very bytes
        QSignalSpy used(m_drop, &ImportDrop::sourceRequested);
        button("Use as source")->click();
        QCOMPARE(used.first().at(1).toByteArray(), fox());
        QTRY_VERIFY(!dialog());
        QGuiApplication::clipboard()->setText(QStringLiteral("no picture"));
        QVERIFY(!m_drop->paste());
        QVERIFY(!dialog());
    }

    void otherDropsAreLeftAlone()
    {
        QMimeData data;
        data.setUrls({QUrl(QStringLiteral("https://example.com/a.png"))});
        QVERIFY(!dropped(data));
        QVERIFY(!dialog());
    }

    void closingStopsAndAnotherProfileCloses()
    {
        QStringList paths;
        for (int i = 0; i < 20; ++i)
            paths.append(file(QStringLiteral("%1.png").arg(i), png(QColor::fromHsv(i * 10, 200, 200))));
        m_drop->takeFiles(paths);
        m_drop->takeFiles(paths); // in its place
        QTRY_COMPARE(m_page->findChildren<ImportDialog *>().size(), 1);
        QTRY_COMPARE(list()->count(), 20);
        m_fixture->images().open(ProfileId(QStringLiteral("other")), Reach::Local);
        QTRY_VERIFY(!dialog());
        QVERIFY(gallery().isEmpty());
    }
};

QTEST_MAIN(TestImportDrop)
#include "tst_importdrop.moc"
