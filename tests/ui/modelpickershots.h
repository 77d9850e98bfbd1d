// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/modelpickerbench.h"
#include "ui/theme.h"
#include "ui/widgets/searchfield.h"

#include <QApplication>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>

namespace novita {

/// The catalogue of models: empty, few, many, as a grid, not fitting, without a network, old; and in a small window.
inline void shootModelPicker(ColorScheme scheme, int percent, const QString &prefix)
{
    const auto shoot = [&prefix](ModelPickerBench &bench, const char *name) {
        QTest::qWait(700); // previews
        bench.picker->grab().save(prefix + QStringLiteral("models-%1.png").arg(QLatin1String(name)));
    };
    const auto button = [](ModelPickerBench &bench, const char *name) {
        for (QPushButton *one : bench.picker->findChildren<QPushButton *>()) {
            if (one->accessibleName() == QLatin1String(name))
                one->click();
        }
    };
    const QFont font = QApplication::font();
    for (const int count : {0, 5, 12'000}) {
        QApplication::setFont(font); // the theme of the one before has set its own
        ModelPickerBench bench(count);
        bench.fixture.theme().apply(scheme, percent);
        bench.open(ImageModelType::Checkpoint, ModelBase::Sd15);
        shoot(bench, count == 0 ? "0" : count == 5 ? "5" : "many");
        if (count <= 5)
            continue;
        bench.catalogue.setFavourite(bench.catalogue.listing(static_cast<ModelListModel *>(bench.rows())->question().query).models.at(1), true);
        bench.view()->setCurrentIndex(bench.rows()->index(2, 0));
        button(bench, "As a grid of pictures");
        shoot(bench, "grid");
        bench.picker->resize(800, 560);
        shoot(bench, "small-grid");
        button(bench, "As a grid of pictures");
        shoot(bench, "small");
        button(bench, "Filters");
        shoot(bench, "small-filters");
        button(bench, "Filters");
        button(bench, "Details of the selected model");
        shoot(bench, "small-details");
        button(bench, "Details of the selected model");
        bench.picker->reject();
        bench.fixture.clock().advance(Milliseconds(3 * 3'600'000));
        bench.fixture.network().setResponder([](const FakeRequest &) { return FakeAnswer::payload("{\"reason\":\"INVALID_REQUEST_BODY\",\"message\":\"no\"}", 400); });
        bench.picker->resize(920, 640);
        bench.open();
        shoot(bench, "old");
        QTest::keyClicks(bench.picker->findChild<SearchField *>(), QStringLiteral("zzz"));
        QTest::qWait(500);
        shoot(bench, "error");
    }
    QApplication::setFont(font);
    ModelPickerBench bench;
    bench.fixture.theme().apply(scheme, percent);
    bench.fixture.network().setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
    bench.open();
    shoot(bench, "loading");
}

} // namespace novita
