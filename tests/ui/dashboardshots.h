// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workflows/refresher.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/support/catalogcloud.h"
#include "tests/ui/dashboardbench.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/theme.h"
#include "ui/widgets/timespanbar.h"

#include <QTest>

namespace novita {

/// The dashboard with nothing, a few and very many instances, in another size and with another time range, and cut off.
inline void shootDashboard(ColorScheme scheme, int percent, const QString &prefix)
{
    const auto shot = [&prefix](QWidget &widget, const char *name) {
        QTest::qWait(90);
        widget.grab().save(prefix + QStringLiteral("dashboard-%1.png").arg(QLatin1String(name)));
    };
    UiFixture fixture;
    fixture.theme().apply(scheme, percent);
    CatalogCloud cloud;
    fixture.network().setResponder([&cloud](const FakeRequest &one) {
        if (one.path().endsWith(QLatin1String("/balance/detail")))
            return FakeAnswer::payload(R"({"availableBalance":"2124000","cashBalance":"2124000"})");
        return cloud.answer(one);
    });
    DashboardBench bench(fixture);
    if (!bench.open())
        return;
    fixture.useProfile(false, false);
    fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_pictures_only"));
    fixture.context().session.start();
    MainWindow window(fixture.context());
    window.resize(1280, 800);
    window.show();
    window.openPage(QStringLiteral("dashboard"));
    QTest::qWait(200);
    shot(window, "0");
    bench.fillSamples(30);
    bench.addEvents(14);
    fixture.fill(5);
    window.currentPage()->refresh();
    // Everything stands in one queue: this read comes after all that was written.
    static_cast<void>(await(fixture.context().history.samples.read(ProfileId(QStringLiteral("p")), QString(), {}, {}, 2)));
    fixture.fill(5);
    window.currentPage()->refresh();
    QTest::qWait(300);
    fixture.fill(5);
    shot(window, "5");
    fixture.fill(10000);
    auto *bar = window.currentPage()->findChild<TimeSpanBar *>();
    bar->setSpan(Seconds(86400));
    QTest::qWait(400);
    shot(window, "10000");
    fixture.fill(17);
    for (const QSize size : {QSize(1024, 700), QSize(1920, 1080)}) {
        window.resize(size);
        shot(window, size.width() > 1280 ? "wide" : "narrow");
    }
    window.resize(1280, 800);
    for (int miss = 0; miss < 3; ++miss)
        fixture.stores().instances.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
    shot(window, "stale");
}

} // namespace novita
