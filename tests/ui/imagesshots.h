// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cloud/backends/webuibackend.h"
#include "core/images/imageservers.h"
#include "core/prompts/wildcardfolder.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/ui/findnamed.h"
#include "tests/ui/imagesbench.h"
#include "ui/gallery/restoredialog.h"
#include "ui/images/backendpicker.h"
#include "ui/images/cellpictures.h"
#include "ui/images/griddialog.h"
#include "ui/images/gridsheet.h"
#include "ui/images/gridsheetmodel.h"
#include "ui/images/imagespage.h"
#include "ui/images/pictureplace.h"
#include "ui/images/prompthistorydialog.h"
#include "ui/images/startoptions.h"
#include "ui/images/stylesdialog.h"
#include "ui/images/wildcardsdialog.h"
#include "ui/images/wildcardsource.h"
#include "ui/imageservers/serverdialog.h"
#include "ui/theme.h"

#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

namespace novita {

/// The dialogs of the Create tab, with a few styles and lists in them; the page must have pictures.
inline void shootImageDialogs(ImagesBench &bench, ImagesPage &page, const QString &prefix)
{
    const auto shot = [&prefix](QWidget &dialog, const char *name) {
        dialog.show();
        QTest::qWait(500); // what is read, layouts, queued updates
        dialog.grab().save(prefix + QStringLiteral("images-%1.png").arg(QLatin1String(name)));
    };
    const UiContext context = bench.context();
    const auto button = [&page](const char *name) { return findNamed<QPushButton>(page, QString::fromLatin1(name)); };
    (void)await(bench.images->prompts().saveStyles({{QStringLiteral("film grain"), QStringLiteral("photo/analog"), QStringLiteral("{prompt}, 35mm, film grain"), QStringLiteral("blurry")},
                                                    {QStringLiteral("watercolour"), {}, QStringLiteral("watercolour, paper texture"), {}}}));
    StylesDialog styles(context.theme, context.prompts, bench.images->prompts(), {QStringLiteral("a red fox in the snow"), QString()}, &page);
    styles.show();
    QTest::qWait(300);
    for (QTreeWidgetItemIterator item(styles.findChild<QTreeWidget *>()); *item; ++item) {
        if ((*item)->text(0) == QStringLiteral("film grain"))
            styles.findChild<QTreeWidget *>()->setCurrentItem(*item);
        if ((*item)->flags() & Qt::ItemIsUserCheckable)
            (*item)->setCheckState(0, Qt::Checked);
    }
    shot(styles, "styles");
    styles.hide();
    const QTemporaryDir lists;
    (void)wildcardfolder::save(lists.path(), QStringLiteral("animals/birds"), QStringLiteral("# birds\nowl\nswan\ncrow"));
    (void)wildcardfolder::save(lists.path(), QStringLiteral("colours"), QStringLiteral("red\nblue"));
    WildcardSource source(lists.path());
    WildcardsDialog wildcards(context.theme, context.prompts, source, &page);
    shot(wildcards, "wildcards");
    wildcards.hide();
    PromptHistoryDialog history({context.theme, context.prompts, context.settings, bench.images->prompts(), bench.images->profile()}, &page);
    shot(history, "history");
    history.hide();
    button("Grid")->click();
    if (auto *grid = page.findChild<GridDialog *>()) {
        grid->restore({{QStringLiteral("column"), QStringLiteral("seed")}, {QStringLiteral("columnValues"), QStringLiteral("11, 12, 13")}});
        shot(*grid, "grid");
        findNamed<QPushButton>(*grid, QStringLiteral("Generate"))->click();
        if (QTest::qWaitFor([&page] { return page.findChild<GridSheet *>(); })) {
            auto *sheet = page.findChild<GridSheet *>();
            const auto *model = sheet->findChild<GridSheetModel *>();
            (void)QTest::qWaitFor([model] { return model->doneCount() == 3; }, 20000);
            shot(*sheet, "gridsheet");
            const QList<PictureEntry> all = bench.pictures();
            CellPictures several(context.theme, bench.images->files(), all.mid(0, 5), QStringLiteral("Steps: 30, Guidance scale: 7"), true, sheet);
            several.setAttribute(Qt::WA_DeleteOnClose, false);
            shot(several, "cell");
            several.hide();
            sheet->close();
        }
    }
    findAction(page.pageActions(), QStringLiteral("Reuse settings…"))->trigger();
    if (QTest::qWaitFor([&page] { return page.findChild<RestoreDialog *>(); })) {
        shot(*page.findChild<RestoreDialog *>(), "restore");
        page.findChild<RestoreDialog *>()->reject();
    }
    auto *options = page.findChild<StartOptions *>();
    emit options->menu()->aboutToShow();
    shot(*options->menu(), "options");
    options->menu()->hide();
    ImageServer server;
    server.name = QStringLiteral("Studio under the desk");
    server.url = QUrl(bench.cloud->apiRoot().toString() + QStringLiteral("/webui"));
    const Result<QString> id = await(bench.images->servers()->save(server, {}));
    ServerDialog servers(context, &page);
    shot(servers, "servers");
    servers.hide();
    page.findChild<BackendPicker *>()->choose(WebUiBackend::backendId(*id));
    QTest::qWait(800);
    page.grab().save(prefix + QStringLiteral("images-server.png"));
    page.findChild<BackendPicker *>()->choose(BackendPicker::novitaId());
}

/// The Images page before a simulated cloud: with nothing, while a picture is made, with some, narrow, each tab.
inline void shootImages(ColorScheme scheme, int percent, const QString &prefix)
{
    ImagesBench bench;
    bench.fixture.theme().apply(scheme, percent);
    ImagesPage page(bench.context());
    page.setAutoFillBackground(true);
    page.resize(1080, 720);
    page.show();
    page.activate();
    const auto shot = [&page, &prefix](const char *name) {
        QTest::qWait(400); // layouts, queued updates, thumbnails
        page.grab().save(prefix + QStringLiteral("images-%1.png").arg(QLatin1String(name)));
    };
    shot("0");
    auto *prompt = findNamed<QPlainTextEdit>(page, QStringLiteral("Prompt"));
    auto *generate = findNamed<QPushButton>(page, QStringLiteral("Generate"));
    auto *place = page.findChild<PicturePlace *>();
    for (const char *text : {"a lighthouse in fog", "a red fox in the snow", "mountains at dawn", "a {red|blue} door"}) {
        const PictureId before = place->picture() ? place->picture()->id : 0;
        prompt->setPlainText(QLatin1String(text));
        if (!QTest::qWaitFor([generate] { return generate->isEnabled(); }))
            return;
        generate->click();
        if (!QTest::qWaitFor([place, before] { return place->picture() && place->picture()->id != before; }, 20000))
            return;
    }
    shot("4");
    shootImageDialogs(bench, page, prefix);
    for (const char *tab : {"gallery", "queue", "models"}) {
        page.openTarget(QLatin1String(tab));
        shot(tab);
    }
    page.openTarget(QStringLiteral("create"));
    page.resize(600, 480);
    shot("narrow");
}

} // namespace novita
