// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/appearance.h"
#include "app/desktoptray.h"
#include "app/integrations.h"
#include "app/logsink.h"
#include "app/notices.h"
#include "app/outgoing.h"
#include "app/tour.h"
#include "app/trafficlog.h"
#include "core/base/logbuffer.h"
#include "core/base/logging.h"
#include "core/base/randomfraction.h"
#include "core/guards/guards.h"
#include "core/guards/metricssource.h"
#include "core/net/apiclient.h"
#include "core/images/imagequeue.h"
#include "core/cloud/backends/novitabackend.h"
#include "core/images/imageworkspace.h"
#include "core/net/endpointprobe.h"
#include "core/net/keylessnetwork.h"
#include "core/net/originpolicy.h"
#include "core/sandbox/sandboxserver.h"
#include "core/secrets/fallbacksecretstore.h"
#include "core/secrets/keychainsecretstore.h"
#include "core/settings/settings.h"
#include "core/settings/settingskeys.h"
#include "core/workflows/accounting.h"
#include "core/workflows/batchnotices.h"
#include "core/workflows/batchruns.h"
#include "core/workflows/createinstance.h"
#include "core/workflows/createjournal.h"
#include "core/workflows/fleetsummary.h"
#include "core/workflows/history.h"
#include "core/workflows/insight.h"
#include "core/workflows/instancecommands.h"
#include "core/workflows/instancetags.h"
#include "core/workflows/jobnotices.h"
#include "core/workflows/jobwatch.h"
#include "core/workflows/operationboard.h"
#include "core/workflows/paymentwatch.h"
#include "core/workflows/refresher.h"
#include "core/workflows/resourcecommands.h"
#include "core/workflows/sessioncontroller.h"
#include "core/workflows/startupwatch.h"
#include "core/workflows/stores.h"
#include "ui/accountgate.h"
#include "ui/mainwindow.h"
#include "ui/page.h"
#include "ui/qtprompts.h"
#include "ui/theme.h"
#include "ui/tray/tray.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace novita {

namespace {

/// A cloud on this computer.
bool isLocal(const Profile &profile)
{
    return profile.sandbox || isLoopbackHost(profile.apiRoot.host());
}

Profile transientProfile(const QString &id, const QString &name)
{
    Profile profile;
    profile.id = ProfileId(id);
    profile.name = name;
    return profile;
}

} // namespace

/// In the order of construction; destroyed from the bottom up, so that nothing outlives what it refers to.
class Application::Parts
{
public:
    Parts(QApplication &application, Options startOptions, Settings &settingsStore, LogSink &logSink, LogBuffer &logRing)
        : qt(application)
        , options(std::move(startOptions))
        , settings(settingsStore)
        , sink(logSink)
        , log(logRing)
        , profiles(settings)
        , secrets(std::make_unique<KeychainSecretStore>())
        , client(network, clock, &randomFraction)
        , refresher(client, stores, settings, clock, &randomFraction)
        , session(client, stores, refresher, settings, profiles, secrets, clock)
        , commands(client, stores, refresher, settings, profiles, clock)
        , create(client, stores, refresher, profiles, clock)
        , resources(client, stores, refresher, profiles, clock)
        , fleet(stores)
        , history(stores, settings, clock)
        , probe(probeNetwork, clock)
        , insight(client, stores, history, probe, clock, &randomFraction)
        , startups(stores, refresher, probe, settings, history.operations, history.timeline, clock, &randomFraction)
        , notices(stores, settings, history, startups, clock)
        , guards(history, stores, refresher, commands, notices.center, clock)
        , accounting(client, stores, refresher, fleet, history, notices.center, settings, clock)
        , journal(history.operations, clock)
        , batches(create, history.operations, clock)
        , jobs(client, stores, commands, history.operations, clock, &randomFraction)
        , payments(stores, refresher, commands, history.operations, clock)
        , operations(stores, history, create, startups, batches, jobs)
        , batchNotices(batches, notices.center)
        , jobNotices(jobs, notices.center)
        , integrations(options, settings, secrets, accounting.samples, notices.center,
                       {client, stores, refresher, commands, create, startups, fleet, history, profiles, settings, nullptr, clock})
        , tags(history.tags, stores)
        , images({client, linkNetwork, clock, options.dataDir, &randomFraction, [this] { return taskWebhook(); }, &settings, &secrets, &stores.instances})
        , outgoing(stores, startups, create, commands, tags, history, secrets, notices.center, settings, clock, &randomFraction)
        , traffic(client, refresher, stores.instances, clock)
        , theme(application)
        , appearance(theme, settings, sink, options.logLevel)
    {}

    /// Null where the cloud could not reach the receiver.
    Call<QUrl> *taskWebhook()
    {
        const std::optional<Profile> active = profiles.active();
        const bool reachesUs = (active && isLocal(*active)) || !integrations.webhooks.options().publicUrl.isEmpty();
        return reachesUs ? integrations.webhooks.revealTaskUrl() : nullptr;
    }

    QApplication &qt;
    const Options options;
    Settings &settings;
    LogSink &sink;
    LogBuffer &log;
    SystemClock clock;
    ProfileStore profiles;
    FallbackSecretStore secrets;
    QNetworkAccessManager network;
    ApiClient client;
    Stores stores;
    Refresher refresher;
    SessionController session;
    InstanceCommands commands;
    CreateInstance create;
    ResourceCommands resources;
    FleetSummary fleet;
    History history;
    KeylessNetwork probeNetwork; ///< apart from the API's: no key, no cookies, no pooled connections in common
    EndpointProbe probe;
    Insight insight;
    StartupWatch startups;
    Notices notices;
    Guards guards;
    Accounting accounting;
    CreateJournal journal;
    BatchRuns batches;
    JobWatch jobs;
    PaymentWatch payments;
    OperationBoard operations;
    BatchNotices batchNotices;
    JobNotices jobNotices;
    Integrations integrations;
    InstanceTags tags;
    KeylessNetwork linkNetwork; ///< results are fetched without a key, so by a manager that never has one
    ImageWorkspace images;
    Outgoing outgoing;
    TrafficLog traffic;
    std::unique_ptr<SandboxServer> sandbox;
    Theme theme;
    Appearance appearance;
    QtPrompts prompts;
    AccountGate gate{prompts};
    std::unique_ptr<MainWindow> window;
    std::unique_ptr<DesktopTray> trayArea;
    std::unique_ptr<Tray> tray;
    std::unique_ptr<Tour> tour;
    QElapsedTimer sinceStart; ///< or since there was a key to read anything with
    bool firstFillLogged = false;
    bool resumeCreates = false; ///< those of earlier runs are still to be looked for
    bool sawNoKey = false;
};

Application::Application(QApplication &qt, Options options, Settings &settings, LogSink &sink, LogBuffer &log)
    : d(std::make_unique<Parts>(qt, std::move(options), settings, sink, log))
{
    d->sinceStart.start();
    connect(&d->settings, &Settings::changed, this, [this](const QString &key) {
        if (key == keys::kAcceptedStatuses.name)
            applyCheckLimits();
        if (key == keys::kProxyUrl.name || key == keys::kCaFile.name)
            applyRoute();
    });
    applyRoute();
    connect(&d->profiles, &ProfileStore::activeChanged, this, &Application::ensureSandbox);
    keepHistory();
    // The session manager may end the program any moment after this.
    connect(&d->qt, &QGuiApplication::commitDataRequest, this, &Application::saveSession, Qt::DirectConnection);
    connect(&d->qt, &QGuiApplication::saveStateRequest, this, &Application::saveSession, Qt::DirectConnection);
    d->qt.installEventFilter(this);
}

Application::~Application()
{
    saveSession();
    d->tour.reset();
    d->tray.reset();
    d->window.reset();
    d->refresher.stop();
    d->client.cancelAll();
}

void Application::saveSession()
{
    if (d->window && d->options.tourDir.isEmpty())
        d->window->saveSession();
}

void Application::end()
{
    qCInfo(lcApp) << "Asked to end";
    // Not quit(): that closes the windows first, and one that has a question keeps the program running.
    QCoreApplication::exit(0);
}

bool Application::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Quit || watched != &d->qt)
        return QObject::eventFilter(watched, event);
    end();
    return true;
}

Result<Done> Application::start()
{
    d->images.follow(d->settings);
    if (Result<Done> chosen = chooseProfile(); !chosen)
        return chosen;
    const UiContext context{d->stores, d->settings, d->profiles, d->session, d->refresher, d->commands, d->create, d->batches, d->resources,
                            d->fleet, d->history, d->insight, d->startups, d->notices.center, d->guards, d->accounting, d->operations,
                            d->tags, d->integrations.webhooks, d->outgoing.notifier, d->integrations.localApi, d->images, d->log, d->theme, d->prompts, d->gate, d->clock};
    d->window = std::make_unique<MainWindow>(context);
    if (d->options.tourDir.isEmpty() && d->settings.value(keys::kRestoreSession))
        d->window->restoreSession();
    if (!d->options.page.isEmpty() && !d->window->openPage(d->options.page)) {
        QStringList names;
        for (const Page *page : d->window->pages())
            names.append(page->pageId());
        return Error::make(ErrorKind::Validation, tr("--page takes one of: %1.").arg(names.join(QStringLiteral(", "))));
    }
    ensureSandbox();
    d->session.start();
    d->integrations.countSent(d->outgoing.notifier);
    d->integrations.start();
    d->outgoing.start(d->options.webhookUrl, d->options.webhooks.secret);
    if (!d->options.tourDir.isEmpty())
        d->window->resize(1280, 800);
    d->window->show();
    logFirstFill();
    reportProblems();
    if (d->options.tourDir.isEmpty()) {
        d->trayArea = std::make_unique<DesktopTray>();
        d->tray = std::make_unique<Tray>(context, *d->trayArea, *d->window);
    } else {
        if (Result<Done> toured = startTour(); !toured)
            return toured;
    }
    qCInfo(lcApp) << "Started, version" << NOVITA_VERSION;
    return Done{};
}

Result<Done> Application::chooseProfile()
{
    const Options &options = d->options;
    if (options.sandbox) {
        Profile profile = transientProfile(QStringLiteral("run-sandbox"), tr("Sandbox"));
        profile.sandbox = true;
        profile.color = QStringLiteral("green");
        d->profiles.setTransient(profile);
        return Done{};
    }
    if (!options.environmentKey.isEmpty())
        d->session.setEnvironmentKey(options.environmentKey);
    if (!options.profileName.isEmpty()) {
        const std::optional<Profile> named = d->profiles.findByName(options.profileName);
        if (!named) {
            QStringList names;
            for (const Profile &profile : d->profiles.all())
                names.append(profile.name);
            return Error::make(ErrorKind::Validation,
                               names.isEmpty() ? tr("There is no profile “%1”; none has been made yet.").arg(options.profileName)
                                               : tr("There is no profile “%1”. Profiles: %2.").arg(options.profileName, names.join(QStringLiteral(", "))));
        }
        d->profiles.setActive(named->id);
    }
    if (options.apiRoot) {
        // A profile of its own: the key that the keychain holds for another root must never go to this one.
        Profile profile = transientProfile(QStringLiteral("run-api-root"), options.apiRoot->authority());
        profile.apiRoot = *options.apiRoot;
        profile.color = QStringLiteral("purple");
        d->profiles.setTransient(profile);
    } else if (!options.environmentKey.isEmpty() && !d->profiles.active()) {
        d->profiles.setTransient(transientProfile(QStringLiteral("run-environment"), tr("From environment")));
    }
    return Done{};
}

void Application::ensureSandbox()
{
    const std::optional<Profile> active = d->profiles.active();
    if (!active || !active->sandbox || d->sandbox)
        return;
    SandboxOptions options;
    options.seed = d->options.sandboxSeed;
    options.instances = d->options.sandboxInstances;
    options.timeScale = d->options.sandboxTimeScale;
    options.ambientActivity = true;
    options.servesEndpoints = true;
    auto server = std::make_unique<SandboxServer>(options);
    const Result<quint16> port = server->start();
    if (!port) {
        qCWarning(lcApp) << "The built-in sandbox does not start:" << port.error().toLogString();
        if (d->window)
            d->window->showNotice(tr("The built-in sandbox could not be started: %1").arg(port.error().message));
        return;
    }
    d->sandbox = std::move(server);
    d->session.setSandboxRoot(d->sandbox->apiRoot());
}

void Application::applyRoute()
{
    for (KeylessNetwork *network : {&d->linkNetwork, &d->probeNetwork})
        network->configure(d->settings.value(keys::kProxyUrl), d->settings.value(keys::kCaFile));
}

void Application::applyCheckLimits()
{
    EndpointCheck::Limits limits;
    const Result<AcceptedStatuses> accepted = AcceptedStatuses::parse(d->settings.value(keys::kAcceptedStatuses));
    if (accepted)
        limits.accepted = *accepted;
    else
        qCWarning(lcSettings).noquote() << keys::kAcceptedStatuses.name << accepted.error().message;
    d->startups.setCheckLimits(limits);
    d->insight.reachability.setAccepted(limits.accepted);
}

/// What outlives the program: events, the creates that are on their way, the starts that are being watched.
void Application::keepHistory()
{
    applyCheckLimits();
    d->guards.idle.setSource(metricsSource(d->client, d->clock, &d->stores.instances));
    d->create.setJournal(&d->journal);
    d->history.open(d->options.dataDir + QStringLiteral("/history.sqlite"));
    d->startups.follow(d->create, d->commands);
    connect(&d->payments, &PaymentWatch::changed, &d->operations, &OperationBoard::refresh);
    connect(&d->integrations.webhooks, &WebhookService::arrived, &d->images.queue(), [this](const QList<ReceivedWebhook> &webhooks) {
        for (const ReceivedWebhook &webhook : webhooks) {
            if (const auto *task = std::get_if<TaskEvent>(&webhook.event))
                d->images.queue().noteTask(task->taskId);
        }
    });
    connect(&d->session, &SessionController::profileSwitched, &d->history, [this] {
        const std::optional<Profile> active = d->profiles.active();
        const ProfileId id = active ? active->id : ProfileId();
        d->history.setProfile(id, active && active->sandbox);
        d->tags.setProfile(id);
        d->journal.setProfile(id);
        d->batches.setProfile(id);
        d->jobs.setProfile(id);
        d->payments.setProfile(id);
        const Reach reach = active && isLocal(*active) ? Reach::Local : Reach::Internet;
        d->probe.setReach(reach);
        d->insight.logs.setReach(reach);
        if (active)
            d->images.open(id, reach);
        else
            d->images.close();
        d->outgoing.setProfile(id);
        d->startups.setProfile(id);
        d->notices.center.setProfile(id);
        d->guards.setProfile(id);
        d->accounting.setProfile(id);
        d->resumeCreates = true;
    });
    connect(&d->profiles, &ProfileStore::profilesChanged, &d->images, [this, before = d->profiles.all()]() mutable {
        const QList<Profile> now = d->profiles.all();
        for (const Profile &profile : std::exchange(before, now)) {
            if (std::none_of(now.begin(), now.end(), [&profile](const Profile &one) { return one.id == profile.id; }))
                d->images.forget(profile.id);
        }
    });
    const auto barSpending = [this] {
        d->images.queue().bar(NovitaBackend::backendId(), d->session.isReadOnly() ? tr("This profile is read-only: nothing that costs money is sent.") : QString());
    };
    connect(&d->profiles, &ProfileStore::activeChanged, &d->images.queue(), barSpending);
    connect(&d->profiles, &ProfileStore::profilesChanged, &d->images.queue(), barSpending);
    barSpending();
    // A search needs a cloud that answers; while there is no key it would only run out of time.
    connect(&d->stores.instances, &EntityStoreBase::freshnessChanged, &d->create, [this] {
        if (d->stores.instances.refreshedAt() && std::exchange(d->resumeCreates, false))
            d->create.resume();
    });
    connect(&d->create, &CreateInstance::resumed, this, [this](const OperationId &, const BatchPlace &place, const Result<CreateOutcome> &result) {
        // Of a batch's rows the batch itself is told of.
        if (d->window && place.batch.isEmpty() && result && !result->message.isEmpty())
            d->window->showNotice(result->message);
    });
}

void Application::handleForwarded(const QJsonObject &message)
{
    if (!d->window)
        return;
    const QString page = message.value(QLatin1String("page")).toString();
    if (!page.isEmpty())
        d->window->openPage(page);
    d->window->comeForward();
}

void Application::logFirstFill()
{
    const auto isKeyless = [this] {
        const ConnectionState state = d->session.connection();
        return state == ConnectionState::NoProfile || state == ConnectionState::NoKey || state == ConnectionState::KeyRejected;
    };
    // The time that a person takes to enter a key is not the program's.
    d->sawNoKey = isKeyless();
    connect(&d->session, &SessionController::connectionChanged, this, [this, isKeyless] {
        if (d->sawNoKey && !isKeyless())
            d->sinceStart.restart();
        d->sawNoKey = isKeyless();
    });
    // One line that tells how long a person waited; the start-up benchmark reads it.
    connect(
        &d->stores.instances, &EntityStoreBase::freshnessChanged, this,
        [this] {
            if (d->firstFillLogged || !d->stores.instances.refreshedAt())
                return;
            d->firstFillLogged = true;
            // After the events that the new rows caused, so after they were laid out and painted.
            QTimer::singleShot(0, this, [this] { qCInfo(lcApp) << "First filled window after" << d->sinceStart.elapsed() << "ms"; });
        },
        Qt::QueuedConnection);
}

void Application::reportProblems()
{
    for (const SettingProblem &problem : d->settings.problems()) {
        qCWarning(lcSettings).noquote() << problem.message;
        d->window->showNotice(problem.message);
    }
    const auto sayHistory = [this](const DatabaseStatus &status) {
        if (!status.notice.isEmpty())
            d->window->showNotice(status.notice);
    };
    sayHistory(d->history.database.status());
    connect(&d->history.database, &Database::statusChanged, d->window.get(), sayHistory);
    connect(&d->settings, &Settings::writeFailed, d->window.get(), [this](const QString &message) { d->window->showNotice(message); });
}

Result<Done> Application::startTour()
{
    d->tour = std::make_unique<Tour>(*d->window, d->options.tourDir);
    connect(d->tour.get(), &Tour::finished, &d->qt, [](int code) { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    return d->tour->start();
}

} // namespace novita
