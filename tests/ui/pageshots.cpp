// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every page of the main window, the welcome page, the palette and a question with made-up data, in both schemes, as PNG into
// the directory given: for people who change how things look. Not a test.
#include "core/base/logbuffer.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/stores.h"
#include "tests/support/uifixture.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/ui/activitysamples.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/theme.h"
#include "ui/widgets/confirmdialog.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QTest>

using namespace novita;

namespace {

void shoot(QWidget &widget, const QString &path)
{
    QTest::qWait(60); // layouts and queued updates
    widget.grab().save(path);
}

void shootScheme(ColorScheme scheme, int percent, const QString &prefix)
{
    UiFixture fixture;
    fixture.theme().apply(scheme, percent);
    fixture.fill(17);
    fillActivity(fixture.stores().activity, fixture.clock());
    {
        MainWindow welcome(fixture.context());
        welcome.resize(1280, 800);
        welcome.show();
        shoot(welcome, prefix + QStringLiteral("welcome.png"));
    }
    fixture.useProfile(true, false);
    fixture.context().session.setEnvironmentKey(QStringLiteral("sk_for_pictures_only"));
    fixture.context().session.start();
    MainWindow window(fixture.context());
    window.resize(1280, 800);
    window.show();
    QTest::qWait(100); // the fake cloud answers with empty lists first
    fixture.fill(17);
    for (const QString &page : {QStringLiteral("instances"), QStringLiteral("products"), QStringLiteral("templates"), QStringLiteral("activity/requests"), QStringLiteral("activity/events"),
                                QStringLiteral("settings/general"), QStringLiteral("settings/profiles"), QStringLiteral("settings/network"),
                                QStringLiteral("settings/monitoring"), QStringLiteral("settings/appearance")}) {
        window.openPage(page);
        shoot(window, prefix + QString(page).replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral(".png"));
    }
    ConfirmRequest request;
    request.title = QStringLiteral("Stop 2 instances?");
    request.text = QStringLiteral("They stop being billed for GPU time.");
    request.bullets = {QStringLiteral("trainer-a: container disk (60 GB)"), QStringLiteral("worker-2: volume disk at /workspace (38 GB)")};
    request.keptBullets = {QStringLiteral("Network volume at /network")};
    request.confirmLabel = QStringLiteral("Stop 2 instances");
    ConfirmDialog dialog(request);
    dialog.show();
    shoot(dialog, prefix + QStringLiteral("confirm.png"));
    window.resize(1024, 700);
    window.openPage(QStringLiteral("activity/requests"));
    shoot(window, prefix + QStringLiteral("narrow.png"));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString directory = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("shots");
    if (!QDir().mkpath(directory))
        return 1;
    shootScheme(ColorScheme::Light, 100, directory + QStringLiteral("/light-"));
    shootScheme(ColorScheme::Dark, 100, directory + QStringLiteral("/dark-"));
    shootScheme(ColorScheme::Light, 160, directory + QStringLiteral("/large-"));
    return 0;
}
