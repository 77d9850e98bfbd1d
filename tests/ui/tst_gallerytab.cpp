// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/databasestatus.h"
#include "tests/ui/findnamed.h"
#include "tests/ui/galleryroom.h"
#include "ui/gallery/exportdialog.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerystage.h"
#include "ui/gallery/gallerytab.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturecommands.h"
#include "ui/gallery/picturedetails.h"
#include "ui/gallery/picturetakeout.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/gallery/zoomview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tagsdialog.h"

#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace novita;

/// The tab that holds the gallery, over a real images.sqlite with real files.
class TestGalleryTab final : public QObject
{
    Q_OBJECT

    std::unique_ptr<GalleryRoom> m_room;
    std::unique_ptr<GalleryTab> m_tab;

    void show(int pictures)
    {
        if (pictures > 0)
            m_room->fill(pictures);
        m_tab = std::make_unique<GalleryTab>(m_room->fixture().context());
        m_tab->resize(1100, 640);
        m_tab->show();
        m_tab->activate();
        QTRY_COMPARE(m_tab->model()->state(), GalleryModel::State::Ready);
        QTRY_COMPARE(m_tab->model()->rowCount(), pictures);
    }
    void select(const QList<int> &rows)
    {
        m_tab->view()->setCurrentId(m_tab->model()->at(rows.constFirst())->id);
        for (const int row : rows)
            m_tab->view()->selectionModel()->select(m_tab->model()->index(row, 0), QItemSelectionModel::Select);
    }
    QAction *action(const char *text) const { return findAction(m_tab->pageActions(), QString::fromUtf8(text)); }
    QString banner() const
    {
        const auto *banner = m_tab->findChild<ErrorBanner *>();
        return banner->isShowing() ? banner->sentence() : QString();
    }
    void pressEmpty()
    {
        for (EmptyState *one : m_tab->findChildren<EmptyState *>()) {
            if (one->sentence() == m_tab->emptySentence())
                return one->button()->click();
        }
        QFAIL("Nothing stands in place of the pictures");
    }

private slots:
    void init() { m_room = std::make_unique<GalleryRoom>(); }
    void cleanup()
    {
        m_tab.reset();
        m_room.reset();
    }

    void beforeTheFirstPictureThereIsAWayToOne()
    {
        show(0);
        QTRY_VERIFY(m_tab->emptySentence().startsWith(QStringLiteral("There are no pictures yet.")));
        QSignalSpy wanted(m_tab.get(), &GalleryTab::createRequested);
        pressEmpty();
        QCOMPARE(wanted.size(), 1);
        m_room->fill(1);
        m_room->images().tellGalleryChanged();
        QTRY_VERIFY(m_tab->emptySentence().isEmpty());
        QVERIFY(m_tab->isFilled());
    }

    void countsAndSearches()
    {
        show(12);
        QVERIFY(await(m_room->store().setStarred({m_tab->model()->at(3)->id}, true)));
        m_room->images().tellGalleryChanged();
        QTRY_VERIFY2(m_tab->countText().startsWith(QStringLiteral("12 picture")) &&
                         m_tab->countText().contains(QStringLiteral("· 1 starred")),
                     qPrintable(m_tab->countText()));
        m_tab->bar()->search()->setFilter(QStringLiteral("number7 "));
        QTRY_COMPARE(m_tab->model()->rowCount(), 1);
        QVERIFY(m_tab->countText().startsWith(QStringLiteral("1 of 12")));
        m_tab->bar()->search()->setFilter(QStringLiteral("is:starred"));
        QTRY_VERIFY(m_tab->model()->rowCount() == 1 && m_tab->model()->at(0)->starred);
        m_tab->bar()->search()->setFilter(QStringLiteral("nothing like it"));
        QTRY_VERIFY(m_tab->emptySentence().startsWith(QStringLiteral("No picture matches")));
        pressEmpty();
        QTRY_COMPARE(m_tab->model()->rowCount(), 12);
    }

    void theFilterMenuKnowsWholeTerms()
    {
        show(2);
        m_tab->bar()->setTags({{QStringLiteral("art"), 1}, {QStringLiteral("artist"), 1}, {QStringLiteral("old sea"), 1}});
        m_tab->bar()->search()->setFilter(QStringLiteral("tag:artist"));
        const auto entry = [this](const QString &term) {
            auto *menu = m_tab->bar()->findChild<QMenu *>({}, Qt::FindDirectChildrenOnly);
            emit menu->aboutToShow();
            for (QAction *action : menu->findChildren<QAction *>()) {
                if (action->toolTip() == term)
                    return action;
            }
            return static_cast<QAction *>(nullptr);
        };
        QVERIFY(entry(QStringLiteral("tag:artist"))->isChecked());
        QVERIFY(!entry(QStringLiteral("tag:art"))->isChecked());
        entry(QStringLiteral("tag:art"))->trigger();
        entry(QStringLiteral("tag:\"old sea\""))->trigger();
        QCOMPARE(m_tab->bar()->search()->text().trimmed(), QStringLiteral("tag:artist tag:art tag:\"old sea\""));
        QVERIFY(entry(QStringLiteral("tag:\"old sea\""))->isChecked());
        entry(QStringLiteral("tag:art"))->trigger();
        QCOMPARE(m_tab->bar()->search()->text().trimmed(), QStringLiteral("tag:artist tag:\"old sea\""));
        m_tab->bar()->clearSearch();
        entry(QStringLiteral("-format:mp4"))->trigger();
        QCOMPARE(m_tab->bar()->query().exceptFormats, QStringList{QStringLiteral("mp4")});
        // However often it is opened.
        const auto menus = m_tab->bar()->findChildren<QMenu *>().size();
        QVERIFY(entry(QStringLiteral("-format:mp4"))->isChecked());
        QCOMPARE(m_tab->bar()->findChildren<QMenu *>().size(), menus);
    }

    void anotherProfileTakesTheOfferToUndoAlong()
    {
        show(2);
        m_tab->actions()->commands().moveToTrash({m_tab->model()->at(0)->id});
        QTRY_VERIFY(banner().contains(QStringLiteral("moved to the trash")));
        m_room->images().open(ProfileId(QStringLiteral("other")), {});
        QCOMPARE(banner(), QString());
        m_room->images().close();
        QVERIFY(m_tab->emptySentence().startsWith(QStringLiteral("No profile is open.")));
    }

    void theOfferToUndoGoesWithWhatItIsFor()
    {
        show(4);
        const QList<PictureId> ids{m_tab->model()->at(0)->id, m_tab->model()->at(1)->id};
        PictureCommands &commands = m_tab->actions()->commands();
        commands.moveToTrash(ids);
        QTRY_VERIFY(banner().contains(QStringLiteral("moved to the trash")));
        commands.restoreFromTrash({ids.at(0)});
        QTRY_COMPARE(m_tab->model()->rowCount(), 3);
        QVERIFY(banner().contains(QStringLiteral("moved to the trash"))); // one is still there
        m_tab->bar()->setTrash(true);
        QTRY_COMPARE(m_tab->model()->rowCount(), 1);
        // From anywhere.
        QVERIFY(await(m_room->store().setTrashed(ids, std::nullopt)));
        m_room->images().tellGalleryChanged();
        QTRY_COMPARE(banner(), QString());
    }

    void starsTagsAndTheDetailsFollow()
    {
        show(3);
        select({1});
        QTRY_COMPARE(m_tab->details()->picture(), m_tab->view()->currentId());
        QTest::keyClick(m_tab->view(), Qt::Key_S);
        QTRY_VERIFY(m_tab->model()->at(1)->starred);
        QVERIFY(action("Remove star"));
        select({0, 1});
        QTest::keyClick(m_tab->view(), Qt::Key_T);
        QTRY_VERIFY(m_tab->findChild<TagsDialog *>());
        auto *dialog = m_tab->findChild<TagsDialog *>();
        const auto labels = dialog->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
                            [](const QLabel *label) { return label->text() == QStringLiteral("2 picture(s)"); }));
        findNamed<QLineEdit>(*dialog, QStringLiteral("New tags"))->setText(QStringLiteral("sea"));
        emit dialog->saveRequested();
        const auto tagged = [this] {
            return await(m_room->store().list(kMine, PictureQuery::fromText(QStringLiteral("tag:sea"))))
                .valueOr({})
                .size();
        };
        QTRY_COMPARE(tagged(), 2);
    }

    void trashAndBackAndForGood()
    {
        show(4);
        const PictureId first = m_tab->model()->at(0)->id;
        const QString path = m_room->images().files().path(m_tab->model()->at(0)->file);
        select({0});
        QTest::keyClick(m_tab->view(), Qt::Key_X);
        QTRY_COMPARE(m_tab->model()->rowCount(), 3);
        QVERIFY(banner().contains(QStringLiteral("trash")));
        emit m_tab->findChild<ErrorBanner *>()->actionTriggered();
        QTRY_COMPARE(m_tab->model()->rowCount(), 4);
        m_tab->view()->setCurrentId(first);
        action("Move to trash")->trigger();
        QTRY_COMPARE(m_tab->model()->rowCount(), 3);
        m_tab->bar()->setTrash(true);
        QTRY_COMPARE(m_tab->model()->rowCount(), 1);
        m_tab->view()->setCurrentId(first);
        m_room->fixture().prompts().answerNext(false);
        QTest::keyClick(m_tab->view(), Qt::Key_Delete);
        QCOMPARE(m_room->fixture().prompts().asked().size(), 1);
        QCOMPARE(m_tab->model()->rowCount(), 1);
        m_room->fixture().prompts().answerNext(true);
        QTest::keyClick(m_tab->view(), Qt::Key_Delete);
        QTRY_COMPARE(m_tab->model()->rowCount(), 0);
        QTRY_VERIFY(!QFile::exists(path));
        QTRY_COMPARE(m_tab->emptySentence(), QStringLiteral("The trash is empty."));
        pressEmpty();
        QTRY_COMPARE(m_tab->model()->rowCount(), 3);
    }

    void copiesThePromptAndAsksForTheRest()
    {
        show(2);
        select({0});
        QSignalSpy source(m_tab.get(), &GalleryTab::useAsSourceRequested);
        QSignalSpy restore(m_tab.get(), &GalleryTab::restoreRequested);
        QVERIFY(action("Use as source")->isEnabled());
        action("Use as source")->trigger();
        action("All but the seed")->trigger();
        QCOMPARE(source.size(), 1);
        QCOMPARE(restore.size(), 1);
        QCOMPARE(restore.at(0).at(1).value<RestorePart>(), RestorePart::AllButSeed);
        action("Copy prompt")->trigger();
        QTRY_COMPARE(QApplication::clipboard()->text(), QStringLiteral("lighthouse number1 in the fog"));
        select({0, 1});
        QVERIFY(!action("Use as source")->isEnabled());
        QVERIFY(action("Compare")->isEnabled());
    }

    void exportsToAFolderAndRemembersHow()
    {
        QTemporaryDir folder;
        show(3);
        select({0, 1});
        QTest::keyClick(m_tab->view(), Qt::Key_E);
        QTRY_VERIFY(m_tab->findChild<ExportDialog *>());
        auto *dialog = m_tab->findChild<ExportDialog *>();
        m_room->fixture().prompts().chooseNext(folder.path());
        findNamed<QPushButton>(*dialog, QStringLiteral("Choose the folder"))->click();
        findNamed<QLineEdit>(*dialog, QStringLiteral("Names"))->setText(QStringLiteral("{number} {seed}"));
        emit dialog->saveRequested();
        const auto names = [&folder] { return QDir(folder.path()).entryList(QDir::Files, QDir::Name); };
        QTRY_COMPARE(names(), (QStringList{QStringLiteral("001 2.png"), QStringLiteral("002 1.png")}));
        QTRY_VERIFY2(banner().contains(QStringLiteral("written to")), qPrintable(banner()));
        const QJsonObject state = m_tab->saveState();
        m_tab = std::make_unique<GalleryTab>(m_room->fixture().context());
        m_tab->restoreState(state);
        QCOMPARE(m_tab->actions()->takeout().lastOrder(),
                 (ExportOrder{folder.path(), QStringLiteral("{number} {seed}"), false}));
    }

    void copiesThePictureAndItsFile()
    {
        show(2);
        select({0});
        QApplication::clipboard()->setText(QStringLiteral("before"));
        QTest::keyClick(m_tab->view(), Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QApplication::clipboard()->mimeData()->hasImage());
        QCOMPARE(QApplication::clipboard()->image().size(), QSize(96, 64));
        QCOMPARE(QApplication::clipboard()->mimeData()->urls().size(), 1);
        select({0, 1});
        QVERIFY(QFile::remove(m_room->images().files().path(m_tab->model()->at(0)->file)));
        action("Copy")->trigger();
        QTRY_VERIFY2(banner().contains(QStringLiteral("not there any more")), qPrintable(banner()));
        QCOMPARE(QApplication::clipboard()->mimeData()->urls().size(), 1);
    }

    void cullsInTheLargeView()
    {
        show(4);
        select({1});
        const QList<PictureId> ids{m_tab->model()->at(0)->id, m_tab->model()->at(1)->id, m_tab->model()->at(2)->id};
        GalleryStage &stage = *m_tab->stage();
        QTest::keyClick(m_tab->view(), Qt::Key_Space);
        QCOMPARE(stage.opened(), ids.at(1));
        QTRY_COMPARE(stage.viewer()->picture(), ids.at(1));
        QVERIFY(!m_tab->bar()->isVisible());
        QTest::keyClick(stage.viewer()->view(), Qt::Key_S);
        QTRY_VERIFY(m_tab->model()->find(ids.at(1))->starred);
        QTest::keyClick(stage.viewer()->view(), Qt::Key_X);
        QTRY_COMPARE(stage.opened(), ids.at(2)); // the next one takes its place
        QCOMPARE(m_tab->view()->currentId(), ids.at(2));
        QTRY_COMPARE(stage.viewer()->picture(), ids.at(2));
        emit m_tab->findChild<ErrorBanner *>()->actionTriggered(); // undo
        QTRY_COMPARE(m_tab->model()->rowCount(), 4);
        QCOMPARE(stage.opened(), ids.at(2));
        QTest::keyClick(stage.viewer()->view(), Qt::Key_Escape);
        QVERIFY(!stage.isOpen());
        QVERIFY(m_tab->view()->isVisible());
        QVERIFY(m_tab->bar()->isVisible());
    }

    void theLastOneThatLeavesClosesTheLargeView()
    {
        show(1);
        select({0});
        QTest::keyClick(m_tab->view(), Qt::Key_Return);
        QVERIFY(m_tab->stage()->isOpen());
        QTest::keyClick(m_tab->stage()->viewer()->view(), Qt::Key_Delete);
        QTRY_VERIFY(!m_tab->stage()->isOpen());
        QVERIFY(m_tab->emptySentence().startsWith(QStringLiteral("There are no pictures yet.")));
    }

    void aFileThatIsGoneIsSaid()
    {
        show(3);
        const PictureEntry entry = *m_tab->model()->at(1);
        QVERIFY(QFile::remove(m_room->images().files().path(entry.file)));
        m_tab->refresh();
        select({1});
        const auto note = [this] {
            for (const QLabel *label : m_tab->details()->findChildren<QLabel *>()) {
                if (label->isVisibleTo(m_tab->details()) && label->text().contains(QStringLiteral("Its file")))
                    return label->text();
            }
            return QString();
        };
        QTRY_VERIFY2(note().contains(QStringLiteral("not there any more")), qPrintable(note()));
        QTRY_VERIFY(m_tab->model()->words(1).contains(QStringLiteral("not there any more")));
        QVERIFY(!m_tab->view()->dragData({entry.id}));
        // Put back by hand.
        QFile back(m_room->images().files().path(entry.file));
        QVERIFY(back.open(QIODevice::WriteOnly) && back.write(GalleryRoom::png(1)) > 0);
        back.close();
        m_tab->refresh();
        QTRY_VERIFY(note().isEmpty());
        QTRY_VERIFY(!m_tab->model()->words(1).contains(QStringLiteral("not there any more")));
        // Something else in its place.
        QVERIFY(back.open(QIODevice::WriteOnly) && back.write(GalleryRoom::png(7, {300, 200})) > 0);
        back.close();
        m_tab->refresh();
        QTRY_VERIFY2(note().contains(QStringLiteral("has been changed")), qPrintable(note()));
    }

    void aProfileSwitchedWhileThumbnailsAreReadShowsItsOwn()
    {
        QVERIFY(await(m_room->store().add(kOther, {m_room->picture(500, GalleryRoom::png(5))})));
        show(60);
        select({3});
        m_tab->stage()->open(m_tab->model()->at(3)->id);
        m_tab->refresh(); // all are wanted anew
        m_room->images().open(kOther, {});
        QVERIFY(!m_tab->stage()->isOpen());
        QCOMPARE(m_tab->details()->picture(), PictureId(0));
        QTRY_COMPARE(m_tab->model()->rowCount(), 1);
        const QString file = m_tab->model()->at(0)->file;
        QTRY_VERIFY(m_tab->view()->thumbnails().find({file, m_tab->view()->side(), false}));
        QCOMPARE(m_tab->view()->thumbnails().find({file, m_tab->view()->side(), false})->state, Thumbnail::State::Ready);
        QVERIFY(m_tab->countText().startsWith(QStringLiteral("1 picture")));
        m_room->images().open(kMine, {});
        QTRY_COMPARE(m_tab->model()->rowCount(), 60);
    }

    void whatAnotherProgramHoldsCanBeTriedAgain()
    {
        show(3);
        const PictureId id = m_tab->model()->at(0)->id;
        const QString path = m_room->images().files().folder() + QStringLiteral("/../images.sqlite");
        {
            QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
            other.setDatabaseName(path);
            QVERIFY(other.open());
            QVERIFY(QSqlQuery(other).exec(QStringLiteral("BEGIN EXCLUSIVE")));
            select({0});
            QTest::keyClick(m_tab->view(), Qt::Key_S);
            QTRY_VERIFY_WITH_TIMEOUT(banner().contains(QStringLiteral("The stars could not be kept.")), 15'000);
            QVERIFY2(banner().contains(QStringLiteral("Another program holds")), qPrintable(banner()));
            QVERIFY(!m_tab->model()->at(0)->starred);
            QVERIFY(QSqlQuery(other).exec(QStringLiteral("ROLLBACK")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("other"));
        emit m_tab->findChild<ErrorBanner *>()->actionTriggered();
        QTRY_VERIFY(m_tab->model()->find(id)->starred);
    }

    void whatCannotBeReadAnewStaysInSight()
    {
        show(3);
        const QString path = m_room->images().files().folder() + QStringLiteral("/../images.sqlite");
        const auto rename = [&path](const char *from, const char *to) {
            {
                QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
                other.setDatabaseName(path);
                QVERIFY(other.open());
                QVERIFY(QSqlQuery(other).exec(QStringLiteral("ALTER TABLE %1 RENAME TO %2").arg(QLatin1String(from), QLatin1String(to))));
            }
            QSqlDatabase::removeDatabase(QStringLiteral("other"));
        };
        rename("picture", "elsewhere");
        m_room->images().tellGalleryChanged();
        QTRY_VERIFY2(banner().contains(QStringLiteral("could not be read anew")), qPrintable(banner()));
        QCOMPARE(m_tab->model()->rowCount(), 3);
        select({0});
        QTest::keyClick(m_tab->view(), Qt::Key_E);
        QTRY_VERIFY2(banner().contains(QStringLiteral("Nothing was exported.")), qPrintable(banner()));
        select({0, 1});
        QTest::keyClick(m_tab->view(), Qt::Key_C);
        QTRY_VERIFY2(banner().contains(QStringLiteral("cannot be compared")), qPrintable(banner()));
        m_room->images().tellGalleryChanged();
        QTRY_VERIFY2(banner().contains(QStringLiteral("could not be read anew")), qPrintable(banner()));
        rename("elsewhere", "picture");
        emit m_tab->findChild<ErrorBanner *>()->actionTriggered();
        QTRY_COMPARE(m_tab->model()->state(), GalleryModel::State::Ready);
        QCOMPARE(banner(), QString());
    }

    void aDamagedFileThatWasPutAsideIsSaid()
    {
        show(0);
        DatabaseStatus status = m_room->images().status();
        status.notice = QStringLiteral("The file of the gallery was damaged. It is kept as a.sqlite; a new one was begun.");
        status.isOver = true;
        emit m_room->images().statusChanged(status);
        QVERIFY2(banner().contains(QStringLiteral("kept as a.sqlite")), qPrintable(banner()));
        QVERIFY(banner().contains(QStringLiteral("are where they were")));
        m_room->images().open(kOther, {});
        QVERIFY(!banner().isEmpty()); // the file is that of all profiles
        QSignalSpy files(m_tab.get(), &GalleryTab::filesDropped);
        emit m_tab->findChild<ErrorBanner *>()->actionTriggered();
        QCOMPARE(files.size(), 1);
        QCOMPARE(files.at(0).at(0).toStringList(),
                 QStringList{m_room->images().files().folder() + QStringLiteral("/originals")});
        QCOMPARE(banner(), QString());
    }

    void filesThatAreDroppedArePassedOn()
    {
        show(0);
        QSignalSpy dropped(m_tab.get(), &GalleryTab::filesDropped);
        QMimeData data;
        data.setUrls(
            {QUrl::fromLocalFile(QStringLiteral("/tmp/a.png")), QUrl(QStringLiteral("https://example.com/b.png"))});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_tab.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(m_tab.get(), &drop);
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(dropped.at(0).at(0).toStringList(), QStringList{QStringLiteral("/tmp/a.png")});
    }

    void opensAPictureAndGoesBack()
    {
        show(3);
        select({1});
        m_tab->view()->setFocus();
        QTest::keyClick(m_tab->view(), Qt::Key_Space);
        auto *back = m_tab->findChild<QPushButton *>();
        for (QPushButton *one : m_tab->findChildren<QPushButton *>()) {
            if (one->text() == QLatin1String("Back to all pictures"))
                back = one;
        }
        QTRY_VERIFY(back->isVisible());
        back->click();
        QVERIFY(m_tab->view()->isVisible());
    }

    void stateIsKept()
    {
        show(5);
        select({2});
        const PictureId id = m_tab->view()->currentId();
        m_tab->bar()->setOrder(PictureQuery::Order::OldestFirst);
        m_tab->bar()->search()->setFilter(QStringLiteral("fog"));
        QTRY_COMPARE(m_tab->model()->query().words, QStringLiteral("fog"));
        const QJsonObject state = m_tab->saveState();
        m_tab = std::make_unique<GalleryTab>(m_room->fixture().context());
        m_tab->restoreState(state);
        m_tab->activate();
        QTRY_COMPARE(m_tab->view()->currentId(), id);
        QCOMPARE(m_tab->model()->query().order, PictureQuery::Order::OldestFirst);
    }

    void everyControlHasAName()
    {
        show(2);
        for (const QWidget *one : m_tab->findChildren<QAbstractButton *>()) {
            const auto *button = qobject_cast<const QAbstractButton *>(one);
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty() || !button->isVisible() ||
                         button->parent()->inherits("QLineEdit"),
                     button->metaObject()->className());
        }
        QVERIFY(!m_tab->view()->accessibleName().isEmpty());
        QVERIFY(!m_tab->bar()->search()->accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestGalleryTab)
#include "tst_gallerytab.moc"
