// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/findnamed.h"
#include "tests/ui/galleryroom.h"
#include "ui/gallery/galleryactions.h"
#include "ui/gallery/gallerybar.h"
#include "ui/gallery/gallerymodel.h"
#include "ui/gallery/gallerytab.h"
#include "ui/gallery/galleryview.h"
#include "ui/gallery/picturedetails.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tagsdialog.h"

#include <QClipboard>
#include <QDir>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

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
    }

    void anotherProfileTakesTheOfferToUndoAlong()
    {
        show(2);
        m_tab->actions()->moveToTrash({m_tab->model()->at(0)->id});
        QTRY_VERIFY(banner().contains(QStringLiteral("moved to the trash")));
        m_room->images().open(ProfileId(QStringLiteral("other")), {});
        QCOMPARE(banner(), QString());
        m_room->images().close();
        QVERIFY(m_tab->emptySentence().startsWith(QStringLiteral("No profile is open.")));
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

    void exportsToAFolder()
    {
        QTemporaryDir folder;
        show(3);
        select({0, 1});
        m_room->fixture().prompts().chooseNext(folder.path());
        action("Without metadata…")->trigger();
        QTRY_COMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 2);
        QTRY_VERIFY2(banner().contains(QStringLiteral("written to")), qPrintable(banner()));
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
