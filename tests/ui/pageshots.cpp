// SPDX-License-Identifier: GPL-3.0-or-later
// Draws every page of the main window, its dialogs, the welcome page and a question with made-up data as PNG into the directory given, in both
// schemes and with large text, or only in the looks named after it (light, dark, large, largest), or with "dashboard", "images", "chat", "webhooks" or "models" that
// page or dialog alone: for people who change how things look. Not a test.
#include "tests/ui/chatshots.h"
#include "tests/ui/dashboardshots.h"
#include "tests/ui/guardshots.h"
#include "tests/ui/imagesshots.h"
#include "tests/ui/modelpickershots.h"
#include "tests/ui/outgoingshots.h"
#include "tests/ui/pictureshots.h"
#include "tests/ui/tagshots.h"
#include "tests/ui/webhookshots.h"
#include "core/base/logbuffer.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/stores.h"
#include "tests/support/catalogcloud.h"
#include "tests/support/uifixture.h"
#include "core/workflows/sessioncontroller.h"
#include "tests/ui/activitysamples.h"
#include "tests/ui/moreshots.h"
#include "tests/ui/webhooksettingshots.h"
#include "ui/batch/batchdialog.h"
#include "ui/batch/batchsource.h"
#include "ui/createwizard/createwizard.h"
#include "ui/createwizard/regionorderdialog.h"
#include "ui/mainwindow.h"
#include "ui/instanceforms/actiondialog.h"
#include "ui/instances/instancedetails.h"
#include "ui/instances/instancespage.h"
#include "ui/page.h"
#include "ui/theme.h"
#include "ui/widgets/confirmdialog.h"
#include "ui/widgets/errorbanner.h"
#include "ui/widgets/portlisteditor.h"
#include "ui/widgets/resultlistdialog.h"
#include "ui/widgets/tableview.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFont>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

#include <algorithm>

using namespace novita;

namespace {

void shoot(QWidget &widget, const QString &path)
{
    QTest::qWait(60); // layouts and queued updates
    widget.grab().save(path);
}

/// Until what the page in front shows of the store has all its rows, and they are laid out.
void waitForRows(const MainWindow &window, qsizetype rows)
{
    const auto hasRows = [&window, rows] {
        const QList<TableView *> tables = window.currentPage()->findChildren<TableView *>();
        return std::any_of(tables.begin(), tables.end(), [rows](const TableView *table) {
            return table->isVisible() && table->model()->rowCount() == rows && table->visualRect(table->model()->index(0, 0)).height() > 0;
        });
    };
    if (!QTest::qWaitFor(hasRows))
        qWarning("The table does not fill");
}

/// One of everything that is seldom seen: no name, a long name, an error, an asked action, what is reclaimed, no price.
void addOddInstances(UiFixture &fixture)
{
    InstanceStore &store = fixture.stores().instances;
    QList<Instance> odd;
    for (int number = 100; number < 106; ++number)
        odd.append(fixture.instance(number));
    odd[0].name.clear();
    odd[1].name = QStringLiteral("a-very-long-name-of-an-instance-that-does-not-fit-into-any-column-at-all-0001");
    odd[2].status = InstanceStatus::Exited;
    odd[2].statusError = QStringLiteral("image registry.example/team/trainer:22.04 not found");
    odd[3].status = InstanceStatus::Running;
    odd[3].spotReclaimTime = fixture.clock().now() + std::chrono::minutes(52);
    store.adoptRows(odd, fixture.clock().now(), false);
    store.setAsked(odd.at(4).id, InstanceAction::Stop, fixture.clock().now());
    store.setAsked(odd.at(5).id, InstanceAction::Restart, fixture.clock().now());
    Instance one = fixture.instance(0);
    one.connection = ConnectionInfo();
    one.connection->sshCommand = QStringLiteral("ssh -p 42210 root@proxy.us-ca-6.gpu-instance.novita.ai");
    one.connection->sshPassword = QStringLiteral("correct horse");
    one.connection->jupyterAddress = QStringLiteral("https://13a0a9f3c0e95765-8888.us-ca-6.gpu-instance.novita.ai/lab?token=1");
    one.ports = {{8888, QStringLiteral("http"), QStringLiteral("https://13a0a9f3c0e95765-8888.us-ca-6.gpu-instance.novita.ai")},
                 {6006, QStringLiteral("tcp"), QStringLiteral("proxy.us-ca-6.gpu-instance.novita.ai:30111")}};
    store.adoptRows({one}, fixture.clock().now(), false);
}

/// The pages with something chosen and something wrong.
void shootSituations(UiFixture &fixture, MainWindow &window, const QString &prefix)
{
    fixture.fill(17); // the fake cloud has none
    addOddInstances(fixture);
    window.openPage(QStringLiteral("instances"));
    waitForRows(window, fixture.stores().instances.size());
    shoot(window, prefix + QStringLiteral("instances-odd.png"));
    window.openInstance(QStringLiteral("i-0"));
    const auto hasDetails = [&window] {
        const auto *details = window.findChild<InstanceDetails *>();
        return details && details->isVisible();
    };
    if (!QTest::qWaitFor(hasDetails))
        qWarning("The details do not open");
    shoot(window, prefix + QStringLiteral("instances-details.png"));
    window.resize(1024, 700);
    shoot(window, prefix + QStringLiteral("instances-details-narrow.png"));
    window.resize(1280, 800);
    for (const QString &page : {QStringLiteral("products"), QStringLiteral("templates"), QStringLiteral("activity/requests"), QStringLiteral("activity/events")}) {
        window.openPage(page);
        for (TableView *table : window.currentPage()->findChildren<TableView *>()) {
            if (table->isVisible())
                table->selectRow(1);
        }
        shoot(window, prefix + QString(page).replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral("-details.png"));
    }
    for (int miss = 0; miss < 3; ++miss) {
        fixture.stores().instances.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
        fixture.stores().products.markRefreshFailed(Error::make(ErrorKind::Timeout, QStringLiteral("no answer")));
    }
    window.openPage(QStringLiteral("instances"));
    shoot(window, prefix + QStringLiteral("instances-stale.png"));
    window.openPage(QStringLiteral("products"));
    shoot(window, prefix + QStringLiteral("products-stale.png"));
}

void shootResults(UiFixture &fixture, const QString &path)
{
    ResultListDialog dialog(fixture.theme(), QStringLiteral("Stop 3 instances"));
    dialog.setRows({{QStringLiteral("worker-1"), ResultRow::State::Done, {}},
                    {QStringLiteral("i-7"), ResultRow::State::Failed, QStringLiteral("The cloud had an internal failure.")},
                    {QStringLiteral("worker-3"), ResultRow::State::Running, {}}});
    dialog.show();
    shoot(dialog, path);
}

/// The wizard step by step, and the dialog for several.
void shootCreate(UiFixture &fixture, const QString &prefix)
{
    InstanceDraft draft;
    draft.imageUrl = QStringLiteral("docker.io/library/ubuntu:22.04");
    draft.name = QStringLiteral("trainer");
    CreateWizard wizard(fixture.context());
    wizard.setDraft(draft);
    wizard.show();
    for (int step = 0; step < wizard.stepCount(); ++step) {
        wizard.goTo(step);
        shoot(wizard, prefix + QStringLiteral("wizard-%1.png").arg(step + 1));
    }
    wizard.goTo(0);
    wizard.resize(1000, wizard.height());
    shoot(wizard, prefix + QStringLiteral("wizard-1-narrow.png"));
    RegionOrderDialog regions(fixture.settings(), fixture.stores());
    regions.show();
    shoot(regions, prefix + QStringLiteral("regions.png"));
    shootBatch(fixture, wizard.draft(), prefix);
    BatchDialog batch(fixture.context());
    batch.setModel(wizard.draft());
    batch.show();
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("rows.csv")));
    if (file.open(QIODevice::WriteOnly)) {
        file.write("name,gpuNum,billingMode\na,1,spot\nb,x,\nc,2,onDemand\nd,1,sometimes\n");
        file.close();
        batch.source()->readFile(file.fileName());
        shoot(batch, prefix + QStringLiteral("batch-errors.png"));
    }
}

/// The dialogs of the actions that need input, with problems where there can be some.
void shootActionForms(UiFixture &fixture, const QString &prefix)
{
    fixture.network().setResponder([&fixture](const FakeRequest &request) {
        if (!request.path().endsWith(QLatin1String("/gpu/instance")))
            return FakeAnswer::payload(R"({"data":[]})");
        const Instance one = fixture.instance(0);
        return FakeAnswer::payload(QStringLiteral(R"({"id":"%1","name":"%2","status":"running","rootfsSize":60,"imageUrl":"%3","gpuNum":"1","productId":"0","billingMode":"onDemand",
            "envs":[{"key":"HF_HOME","value":"/network/hf"},{"key":"HF_TOKEN","value":"hf_secret"}],"portMappings":[{"port":8888,"type":"http"},{"port":6006,"type":"tcp"}],
            "volumeMounts":[{"type":"local","size":38,"mountPath":"/workspace"},{"type":"network","size":200,"id":"ns-1","mountPath":"/network"}]})")
                                       .arg(one.id.toString(), one.name, one.imageUrl).toUtf8());
    });
    for (const InstanceAction action : {InstanceAction::Edit, InstanceAction::Upgrade, InstanceAction::SaveImage, InstanceAction::Renew, InstanceAction::ToMonthly,
                                        InstanceAction::AutoRenew, InstanceAction::AutoMigrate}) {
        Instance one = fixture.instance(0);
        one.status = action == InstanceAction::SaveImage ? InstanceStatus::Exited : InstanceStatus::Running;
        one.billing = action == InstanceAction::Renew || action == InstanceAction::AutoRenew ? BillingMode::Monthly : BillingMode::OnDemand;
        one.endTime = fixture.clock().now() + std::chrono::hours(240);
        fixture.stores().instances.adoptRows({one}, fixture.clock().now(), false);
        ActionDialog dialog(action, {{one.id, one.name, BulkRow::State::Waiting, {}}}, fixture.context());
        dialog.show();
        QTest::qWait(80);
        if (auto *ports = dialog.findChild<PortListEditor *>())
            ports->setPorts({{8888, QStringLiteral("http")}, {2222, QStringLiteral("tcp")}});
        shoot(dialog, QStringLiteral("%1form-%2.png").arg(prefix).arg(static_cast<int>(action)));
    }
}

void shootScheme(ColorScheme scheme, int percent, const QString &prefix)
{
    UiFixture fixture;
    fixture.theme().apply(scheme, percent);
    const CatalogCloud cloud;
    fixture.network().setResponder([&cloud](const FakeRequest &one) {
        if (one.path().endsWith(QLatin1String("/balance/detail")))
            return FakeAnswer::payload(R"({"availableBalance":"1234500","cashBalance":"1234500","creditLimit":"500000","outstandingInvoices":"0"})");
        return one.path().contains(QLatin1String("/metrics/")) ? pictureMetrics(one) : cloud.answer(one);
    });
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
    // The fake cloud answers with empty lists first, which must not take away what is put in by hand.
    const auto isRead = [&fixture] { return fixture.stores().instances.refreshedAt() && fixture.stores().products.refreshedAt(); };
    if (!QTest::qWaitFor(isRead))
        qWarning("The fake cloud does not answer");
    fixture.fill(17);
    const TimePoint now = fixture.clock().now();
    fixture.stores().jobs.upsert({{JobId(QStringLiteral("job-1")), QStringLiteral("saveImage"), QStringLiteral("running"), {}, InstanceId(QStringLiteral("i-2")), {}, now - std::chrono::seconds(40)},
                                  {JobId(QStringLiteral("job-2")), QStringLiteral("instanceMigrate"), QStringLiteral("success"), {}, InstanceId(QStringLiteral("i-3")), {}, now - std::chrono::hours(2)},
                                  {JobId(QStringLiteral("job-3")), QStringLiteral("saveImage"), QStringLiteral("fail"), QStringLiteral("push to the registry was denied"), InstanceId(QStringLiteral("i-8")), {}, now - std::chrono::hours(5)}});
    for (const QString &page : {QStringLiteral("instances"), QStringLiteral("products"), QStringLiteral("templates"), QStringLiteral("costs"), QStringLiteral("activity/requests"), QStringLiteral("activity/events"), QStringLiteral("activity/operations"),
                                QStringLiteral("settings/general"), QStringLiteral("settings/profiles"), QStringLiteral("settings/network"),
                                QStringLiteral("settings/monitoring"), QStringLiteral("settings/notifications"), QStringLiteral("settings/webhooks"), QStringLiteral("settings/localapi"), QStringLiteral("settings/appearance")}) {
        window.openPage(page);
        shoot(window, prefix + QString(page).replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral(".png"));
    }
    shootWebhookSettings(fixture, window, prefix);
    shootDetailTabs(fixture, window, prefix);
    shootTemplates(fixture, window, prefix);
    shootSituations(fixture, window, prefix);
    shootGuards(fixture, window, prefix);
    shootTags(fixture, window, prefix);
    shootPriceChart(fixture, window, prefix);
    shootResults(fixture, prefix + QStringLiteral("results.png"));
    shootCreate(fixture, prefix);
    for (const QString &page : {QStringLiteral("costs"), QStringLiteral("activity/operations"), QStringLiteral("activity/log")}) {
        window.openPage(page);
        shoot(window, prefix + QString(page).replace(QLatin1Char('/'), QLatin1Char('-')) + QStringLiteral("-later.png"));
    }
    shootActionForms(fixture, prefix);
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
    shootCounts(fixture, window, prefix);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString directory = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("shots");
    if (!QDir().mkpath(directory))
        return 1;
    QStringList wanted = QCoreApplication::arguments().mid(2);
    const bool onlyDashboard = wanted.removeAll(QStringLiteral("dashboard")) > 0;
    const bool onlyWebhooks = wanted.removeAll(QStringLiteral("webhooks")) > 0;
    const bool onlyModels = wanted.removeAll(QStringLiteral("models")) > 0;
    const bool onlyImages = wanted.removeAll(QStringLiteral("images")) > 0;
    const bool onlyChat = wanted.removeAll(QStringLiteral("chat")) > 0;
    QTranslator english;
    if (english.load(QStringLiteral(":/i18n/app_en")))
        QCoreApplication::installTranslator(&english);
    const QFont systemFont = QApplication::font();
    using Shoot = void (*)(ColorScheme, int, const QString &);
    const auto shootLook = [&](const QString &name, ColorScheme scheme, int percent) {
        if (!wanted.isEmpty() && !wanted.contains(name))
            return;
        QList<Shoot> shoots;
        const bool all = !onlyDashboard && !onlyWebhooks && !onlyModels && !onlyImages && !onlyChat;
        if (all || onlyDashboard)
            shoots.append(shootDashboard);
        if (all || onlyWebhooks)
            shoots.append({shootOutgoing, shootWebhooks, shootStoreTrouble});
        if (all || onlyModels)
            shoots.append(shootModelPicker);
        if (all || onlyImages)
            shoots.append(shootImages);
        if (all || onlyChat)
            shoots.append(shootChat);
        if (all)
            shoots.append({shootScheme, shootPictures});
        for (const Shoot shoot : std::as_const(shoots)) {
            QApplication::setFont(systemFont); // the theme of the one before has set its own
            shoot(scheme, percent, directory + QLatin1Char('/') + name + QLatin1Char('-'));
        }
    };
    shootLook(QStringLiteral("light"), ColorScheme::Light, 100);
    shootLook(QStringLiteral("dark"), ColorScheme::Dark, 100);
    shootLook(QStringLiteral("large"), ColorScheme::Light, 160);
    shootLook(QStringLiteral("largest"), ColorScheme::Dark, 200);
    return 0;
}
