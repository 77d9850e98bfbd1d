// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/endpoints/endpointtable.h"
#include "core/sandbox/media/film.h"
#include "core/sandbox/media/painter.h"
#include "tests/support/uifixture.h"
#include "tests/ui/galleryfiles.h"
#include "ui/gallery/comparedialog.h"
#include "ui/gallery/comparepane.h"
#include "ui/gallery/picturedetails.h"
#include "ui/gallery/pictureviewer.h"
#include "ui/gallery/restoredialog.h"
#include "ui/gallery/zoomview.h"
#include "ui/theme.h"

#include <QSignalSpy>
#include <QTest>

namespace novita {

/// Pictures of the widgets that show, compare and restore pictures.
class PictureShots
{
public:
    PictureShots(ColorScheme scheme, int percent, const QString &prefix)
        : m_prefix(prefix)
    {
        m_fixture.theme().apply(scheme, percent);
    }

    void takeAll()
    {
        viewer();
        details();
        compare();
        restore();
    }

private:
    QImage painted(const QString &subject, qint64 seed, QSize size) const
    {
        PaintOrder order;
        order.subject = subject;
        order.seed = seed;
        order.size = size;
        return paintPicture(order);
    }
    Picture job(const QString &prompt, qint64 seed)
    {
        return m_gallery.addJob(painted(prompt, seed, {768, 512}), prompt, seed);
    }
    void shot(QWidget &widget, const char *name)
    {
        QTest::qWait(200); // layouts and queued updates
        widget.grab().save(m_prefix + QLatin1String(name) + QStringLiteral(".png"));
    }
    void shoot(PictureViewer &viewer, const Picture &picture, const char *name)
    {
        QSignalSpy shown(&viewer, &PictureViewer::shown);
        viewer.show(picture, m_gallery.files());
        QVERIFY(shown.wait(10'000));
        shot(viewer, name);
    }

    void viewer()
    {
        PictureViewer viewer({m_fixture.theme(), m_fixture.settings(), m_fixture.prompts()});
        viewer.resize(640, 560);
        viewer.setSteps(true, true);
        static_cast<QWidget &>(viewer).show();
        shot(viewer, "viewer-empty");
        Picture picture = job(QStringLiteral("a lighthouse in morning fog"), 418);
        shoot(viewer, picture, "viewer");
        viewer.view()->zoomToPixels();
        viewer.view()->zoomIn();
        viewer.view()->setFocus();
        shot(viewer, "viewer-zoomed");
        picture.id += 1000;
        picture.flagged = true;
        shoot(viewer, picture, "viewer-flagged");
        QImage half = testPicture({512, 512}, 120, true);
        shoot(viewer, m_gallery.add(half), "viewer-transparent");
        shoot(viewer, m_gallery.add(pngClaiming(60'000, 60'000), QStringLiteral("png"), {60'000, 60'000}), "viewer-broken");
        FilmOrder film;
        film.picture.subject = QStringLiteral("waves at night");
        film.picture.size = {480, 320};
        shoot(viewer, m_gallery.add(encodeFilm(film, "mp4"), QStringLiteral("mp4")), "viewer-film");
        viewer.resize(360, 480);
        shot(viewer, "viewer-film-narrow");
        shoot(viewer,
              m_gallery.add(QByteArray("\0\0\0\x18"
                                       "ftypmp42 and nothing that could be played",
                                       45),
                            QStringLiteral("mp4")),
              "viewer-film-broken");
    }

    void details()
    {
        PictureDetails details({m_fixture.theme(), m_table});
        Picture picture =
            job(QStringLiteral("a lighthouse in morning fog, long exposure, film grain, cinematic light, 35 mm"),
                418'220'771);
        picture.promptTemplate =
            QStringLiteral("a lighthouse in {morning|evening} fog, long exposure, film grain, cinematic light, 35 mm");
        picture.tags = {QStringLiteral("client"), QStringLiteral("draft")};
        picture.hasCredential = true;
        picture.starred = true;
        details.resize(300, 900);
        details.show();
        details.setPicture(picture);
        shot(details, "details");
        details.resize(260, 900);
        shot(details, "details-narrow");
    }

    void compare()
    {
        const Picture first = job(QStringLiteral("a lighthouse in morning fog, long exposure"), 418);
        Picture second = job(QStringLiteral("a lighthouse in evening fog, long exposure, film grain"), 419);
        second.recipe.insert(QStringLiteral("steps"), 45);
        const Picture third = job(QStringLiteral("a lighthouse in evening fog"), 420);
        CompareDialog two({m_fixture.theme(), m_fixture.settings(), m_table}, m_gallery.files(), {first, second});
        two.setAttribute(Qt::WA_DeleteOnClose, false);
        two.open();
        QTRY_VERIFY(two.panes().at(0)->loaded() && two.panes().at(1)->loaded());
        shot(two, "compare-two");
        QVERIFY(two.setSliding(true));
        two.setShowsAll(true);
        shot(two, "compare-slider");
        CompareDialog four({m_fixture.theme(), m_fixture.settings(), m_table}, m_gallery.files(),
                           {first, second, third, first});
        four.setAttribute(Qt::WA_DeleteOnClose, false);
        four.open();
        QTRY_VERIFY(four.panes().at(3)->loaded());
        four.panes().at(1)->view()->zoomToPixels();
        four.setTrashed(third.id, true);
        shot(four, "compare-four");
    }

    void restore()
    {
        Picture picture = job(QStringLiteral("a lighthouse in morning fog, long exposure, film grain"), 418'220'771);
        picture.promptTemplate = QStringLiteral("a lighthouse in {morning|evening} fog");
        Recipe form{QStringLiteral("flux-1-schnell"),
                    {{QStringLiteral("prompt"), QStringLiteral("a castle on a hill")}, {QStringLiteral("seed"), 7}}};
        auto *dialog =
            new RestoreDialog({m_fixture.theme(), m_table, {QDate(2026, 3, 1), {}, false}}, form, picture, RestorePart::All);
        dialog->open();
        shot(*dialog, "restore");
        dialog->reject();
    }

    const QString m_prefix;
    const EndpointTable m_table = EndpointTable::builtIn();
    UiFixture m_fixture;
    GalleryFiles m_gallery;
};

inline void shootPictures(ColorScheme scheme, int percent, const QString &prefix)
{
    PictureShots(scheme, percent, prefix).takeAll();
}

} // namespace novita
