// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/sessioncontroller.h"
#include "tests/ui/findnamed.h"
#include "tests/ui/imagesbench.h"
#include "ui/images/imagespage.h"
#include "ui/images/pictureplace.h"
#include "ui/theme.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

namespace novita {

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
    for (const char *tab : {"gallery", "queue", "models"}) {
        page.openTarget(QLatin1String(tab));
        shot(tab);
    }
    page.openTarget(QStringLiteral("create"));
    page.resize(600, 480);
    shot("narrow");
}

} // namespace novita
