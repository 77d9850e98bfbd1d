// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/backends/webuibackend.h"
#include "core/cloud/endpoints/endpointtable.h"
#include "core/cloud/endpoints/fieldnames.h"
#include "core/cloud/services/instanceservice.h"
#include "core/cloud/stores/instancestore.h"
#include "core/gallery/picturestore.h"
#include "core/images/imagequeue.h"
#include "core/images/imageservers.h"
#include "core/net/apiclient.h"
#include "core/sandbox/sandboxserver.h"
#include "core/settings/settingskeys.h"
#include "tests/gallery/imagesfile.h"
#include "tests/images/fakebackend.h"
#include "tests/support/await.h"
#include "tests/support/fakenam.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/tempsettings.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace novita;

namespace {

/// The servers with all that they stand on; the network is `network`.
struct Bench
{
    /// `cloudRoot`: a simulated cloud to read instances from; without it a fake answers.
    explicit Bench(QNetworkAccessManager &network, const QUrl &cloudRoot = {}) : links(network), api(cloudRoot.isEmpty() ? cloud : apiNetwork, clock, [] { return 0.5; })
    {
        if (!cloudRoot.isEmpty()) {
            ApiClientConfig config;
            config.apiRoot = cloudRoot;
            api.setConfig(config);
        }
        api.setKey(QStringLiteral("sk_test_0123456789"));
        start();
    }

    /// As after a kill.
    void start()
    {
        servers.reset();
        queue.reset();
        file.reopen();
        queue = std::make_unique<ImageQueue>(ImageQueue::Parts{file.database(), keeper, [this](const QString &id) { return table.find(id); }, clock, [] { return 0.5; }, {}});
        servers = std::make_unique<ImageServers>(ImageServers::Parts{*settings, secrets, instances, api, links, *queue, clock});
        queue->open(kMine);
        QObject::connect(queue.get(), &ImageQueue::finished, queue.get(), [this](const ImageJob &job) { finished.append(job); });
        (void)await(PictureStore(file.database()).totals(kMine));
    }
    void restartSettings()
    {
        servers.reset();
        settings.reopen();
        start();
    }

    static ImageServer typed(const QString &url, const QString &user = {})
    {
        ImageServer server;
        server.name = QStringLiteral("Studio");
        server.url = QUrl(url);
        server.user = user;
        return server;
    }
    static ImageServer onInstance(const QString &id, int port)
    {
        ImageServer server;
        server.name = QStringLiteral("Worker");
        server.instance = InstanceId(id);
        server.port = port;
        return server;
    }
    QString add(const ImageServer &server, const std::optional<QString> &password = {}) { return await(servers->save(server, password)).value(); }
    ImageServerView view(const QString &id) const { return servers->find(id).value(); }

    void tell(InstanceStatus status, const QString &endpoint, const QString &type = QStringLiteral("http"))
    {
        Instance instance;
        instance.id = InstanceId(QStringLiteral("i-1"));
        instance.name = QStringLiteral("worker-1");
        instance.status = status;
        instance.statusText = stateInfo(status).wire;
        instance.ports = {{7860, type, endpoint}};
        instance.lastStartedAt = clock.now();
        instances.adoptRows({instance}, clock.now(), false);
        instances.markRefreshed(clock.now());
    }
    static NewImageJob job(const QString &backend, int steps)
    {
        NewImageJob out;
        out.backend = backend;
        out.recipe = {QStringLiteral("webui-txt2img"), {{fields::kPrompt, QStringLiteral("a lighthouse")}, {fields::kSize, QJsonObject{{QStringLiteral("width"), 64}, {QStringLiteral("height"), 64}}},
                                                        {fields::kSteps, steps}, {fields::kGuidance, 7}, {fields::kSampler, QStringLiteral("Euler a")}, {fields::kSeed, 7}}};
        return out;
    }
    ImageJobId addJob(const QString &backend, int steps) { return await(queue->add({job(backend, steps)})).value().first(); }
    ImageJobState state(const ImageJobId &id) const { return queue->job(id)->job.state; }

    QNetworkAccessManager &links;
    FakeClock clock;
    FakeNam cloud;
    QNetworkAccessManager apiNetwork;
    ApiClient api;
    TempSettings settings;
    FakeSecretStore secrets;
    InstanceStore instances;
    EndpointTable table = EndpointTable::builtIn();
    ImagesFile file;
    FakeKeeper keeper;
    QList<ImageJob> finished;
    std::unique_ptr<ImageQueue> queue;
    std::unique_ptr<ImageServers> servers;
};

} // namespace

/// The image servers that a person has added, and their jobs in the queue.
class TestImageServers final : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeNam> m_nam;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<SandboxServer> m_cloud;
    std::unique_ptr<Bench> m;

    void useSandbox(const SandboxOptions &options)
    {
        m.reset();
        m_cloud = std::make_unique<SandboxServer>(options);
        QVERIFY(m_cloud->start().ok());
        m_network = std::make_unique<QNetworkAccessManager>();
        m = std::make_unique<Bench>(*m_network, m_cloud->apiRoot());
    }
    QString sandboxBackend()
    {
        const QString id = m->add(Bench::typed(m_cloud->apiRoot().toString() + QStringLiteral("/webui")));
        m->servers->backend(id)->setPollInterval(Milliseconds(5));
        return m->view(id).backend;
    }

private slots:
    void init()
    {
        m_nam = std::make_unique<FakeNam>();
        m = std::make_unique<Bench>(*m_nam);
    }
    void cleanup()
    {
        m.reset();
        m_cloud.reset();
        m_network.reset();
        m_nam.reset();
    }

    void addressesThatMayBeTyped_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("this computer") << QStringLiteral("http://127.0.0.1:7860") << true;
        QTest::newRow("localhost") << QStringLiteral("http://localhost:7860/") << true;
        QTest::newRow("local network") << QStringLiteral("http://192.168.1.20:7860") << true;
        QTest::newRow("local name") << QStringLiteral("http://studio.local:7860") << true;
        QTest::newRow("plain name") << QStringLiteral("http://studio:7860") << true;
        QTest::newRow("internet") << QStringLiteral("https://images.example.net/ui") << true;
        QTest::newRow("IPv6") << QStringLiteral("http://[::1]:7860") << true;
        QTest::newRow("open internet") << QStringLiteral("http://images.example.net") << false;
        QTest::newRow("open address") << QStringLiteral("http://203.0.113.7:7860") << false;
        QTest::newRow("metadata") << QStringLiteral("http://169.254.169.254") << false;
        QTest::newRow("metadata, secure") << QStringLiteral("https://169.254.169.254") << false;
        QTest::newRow("any") << QStringLiteral("http://0.0.0.0:7860") << false;
        QTest::newRow("login in it") << QStringLiteral("https://ann:pw@images.example.net") << false;
        QTest::newRow("query") << QStringLiteral("https://images.example.net/?a=1") << false;
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
        QTest::newRow("nothing") << QString() << false;
    }
    void addressesThatMayBeTyped()
    {
        QFETCH(QString, address);
        QFETCH(bool, allowed);
        const std::optional<Error> refused = checkServerAddress(QUrl(address, QUrl::StrictMode));
        QVERIFY2(refused.has_value() != allowed, refused ? qPrintable(refused->message) : "");
    }

    void whatIsKeptIsReadAgain()
    {
        QList<ImageServer> servers{Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), Bench::onInstance(QStringLiteral("i-1"), 7860)};
        servers[0].id = QStringLiteral("a");
        servers[1].id = QStringLiteral("b");
        QCOMPARE(imageServersFromText(imageServersToText(servers)), servers);
    }

    void brokenEntriesAreLeftOut()
    {
        QVERIFY(imageServersFromText(QStringLiteral("{")).isEmpty());
        QVERIFY(imageServersFromText(QStringLiteral("[7,null,{}]")).isEmpty());
        QVERIFY(imageServersFromText(QStringLiteral("[{\"id\":\"a\",\"name\":\"x\",\"url\":\"http://203.0.113.7\"}]")).isEmpty());
        QVERIFY(imageServersFromText(QStringLiteral("[{\"id\":\"../a\",\"name\":\"x\",\"url\":\"https://a.example.net\"}]")).isEmpty());
        QString many = QStringLiteral("[");
        for (int i = 0; i < 40; ++i)
            many += QStringLiteral("%1{\"id\":\"s%2\",\"name\":\"x\",\"url\":\"https://a.example.net\"}").arg(i ? QStringLiteral(",") : QString()).arg(i);
        QCOMPARE(imageServersFromText(many + QLatin1Char(']')).size(), ImageServers::kMostServers);
    }

    void aPasswordIsInTheKeychainAlone()
    {
        const QString id = m->add(Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("top-secret-word"));
        QCOMPARE(m->view(id).state, ImageServerState::Ready);
        QCOMPARE(m->secrets.values.value(m->view(id).server.secretName()), QStringLiteral("top-secret-word"));
        QVERIFY(m->settings->flush().ok());
        QFile file(m->settings.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray kept = file.readAll();
        QVERIFY(kept.contains("a.example.net") && !kept.contains("top-secret-word"));
        m->restartSettings();
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Ready, 20000);
        QCOMPARE(m->servers->backend(id)->service().target().password, QStringLiteral("top-secret-word"));
        QVERIFY(await(m->servers->remove(id)).ok());
        QVERIFY(m->secrets.values.isEmpty());
        QVERIFY(m->servers->all().isEmpty());
    }

    void aKeychainThatRefusesChangesNothing()
    {
        m->secrets.failWrites = true;
        QVERIFY(!await(m->servers->save(Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("top-secret-word"))).ok());
        QVERIFY(m->servers->all().isEmpty());
    }

    void aPasswordThatCannotBeReadIsSaid()
    {
        const QString id = m->add(Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("top-secret-word"));
        m->secrets.setState(KeychainState::Locked);
        m->restartSettings();
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Locked, 20000);
        QCOMPARE(m->servers->backend(id)->capacity(), 0);
        m->secrets.setState(KeychainState::Ok);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Ready, 20000);
        m->secrets.values.clear();
        m->restartSettings();
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Locked, 20000);
    }

    void itFollowsItsInstance()
    {
        const QString id = m->add(Bench::onInstance(QStringLiteral("i-1"), 7860));
        QCOMPARE(m->view(id).state, ImageServerState::Finding); // nobody knows yet
        QSignalSpy changed(m->servers.get(), &ImageServers::changed);
        m->tell(InstanceStatus::Running, QStringLiteral("https://one.example.net"));
        QCOMPARE(m->view(id).state, ImageServerState::Ready);
        QCOMPARE(m->view(id).address, QUrl(QStringLiteral("https://one.example.net")));
        QVERIFY(!changed.isEmpty());
        m->tell(InstanceStatus::Exited, {});
        QCOMPARE(m->view(id).state, ImageServerState::Stopped);
        QCOMPARE(m->servers->backend(id)->capacity(), 0);
        m->clock.advance(std::chrono::minutes(5));
        m->tell(InstanceStatus::Running, QStringLiteral("http://two.example.net:4711"));
        QCOMPARE(m->view(id).address, QUrl(QStringLiteral("http://two.example.net:4711")));
        QVERIFY(m->view(id).isReadable);
        QCOMPARE(m->servers->backend(id)->service().target().address, QUrl(QStringLiteral("http://two.example.net:4711")));
        m->tell(InstanceStatus::Running, QStringLiteral("one.example.net:4711"), QStringLiteral("tcp"));
        QCOMPARE(m->view(id).state, ImageServerState::Gone);
        m->instances.adoptAbsence(InstanceId(QStringLiteral("i-1")), m->clock.now());
        QCOMPARE(m->view(id).state, ImageServerState::Gone);
    }

    void theCloudMayNotPointIntoThisNetwork()
    {
        const QString id = m->add(Bench::onInstance(QStringLiteral("i-1"), 7860));
        m->tell(InstanceStatus::Running, QStringLiteral("http://192.168.1.1"));
        QCOMPARE(m->view(id).state, ImageServerState::Refused);
        m->tell(InstanceStatus::Running, QStringLiteral("http://127.0.0.1:80"));
        QCOMPARE(m->view(id).state, ImageServerState::Refused);
        m->servers->setReach(Reach::Local);
        QCOMPARE(m->view(id).state, ImageServerState::Ready);
    }

    void aLoginGoesToNoInstanceInClear_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("user");
        QTest::addColumn<bool>("isLocal");
        QTest::addColumn<ImageServerState>("state");
        const QString ann = QStringLiteral("ann");
        QTest::newRow("open") << QStringLiteral("http://two.example.net:4711") << ann << false << ImageServerState::Refused;
        QTest::newRow("open, a number") << QStringLiteral("http://203.0.113.7:4711") << ann << false << ImageServerState::Refused;
        QTest::newRow("open, a name that looks near") << QStringLiteral("http://studio:4711") << ann << false << ImageServerState::Refused;
        QTest::newRow("open, without a user") << QStringLiteral("http://two.example.net:4711") << QString() << false << ImageServerState::Ready;
        QTest::newRow("encrypted") << QStringLiteral("https://two.example.net:4711") << ann << false << ImageServerState::Ready;
        QTest::newRow("near") << QStringLiteral("http://192.168.1.20:7860") << ann << true << ImageServerState::Ready;
    }
    void aLoginGoesToNoInstanceInClear()
    {
        QFETCH(QString, address);
        QFETCH(QString, user);
        QFETCH(bool, isLocal);
        QFETCH(ImageServerState, state);
        ImageServer server = Bench::onInstance(QStringLiteral("i-1"), 7860);
        server.user = user;
        server.id = m->add(server, user.isEmpty() ? std::nullopt : std::optional(QStringLiteral("top-secret-word")));
        m->servers->setReach(isLocal ? Reach::Local : Reach::Internet);
        m->tell(InstanceStatus::Running, address);
        QCOMPARE(m->view(server.id).state, state);
        if (state == ImageServerState::Ready)
            return;
        QVERIFY(m->view(server.id).sentence.contains(QLatin1String("http")));
        QCOMPARE(m->servers->backend(server.id)->capacity(), 0);
        QVERIFY(await(m->servers->test(server, {}))->failed == ImageServerReport::Step::Address);
        QCOMPARE(m_nam->count(), 0);
    }

    void aPasswordGoesToNoOtherPlace_data()
    {
        QTest::addColumn<ImageServer>("before");
        QTest::addColumn<ImageServer>("after");
        QTest::addColumn<bool>("isKept");
        const QString ann = QStringLiteral("ann");
        const ImageServer typed = Bench::typed(QStringLiteral("https://a.example.net"), ann);
        ImageServer there = Bench::onInstance(QStringLiteral("i-1"), 7860);
        ImageServer other = Bench::onInstance(QStringLiteral("i-2"), 7860);
        ImageServer door = Bench::onInstance(QStringLiteral("i-1"), 7861);
        there.user = other.user = door.user = ann;
        QTest::newRow("host") << typed << Bench::typed(QStringLiteral("https://b.example.net"), ann) << false;
        QTest::newRow("port") << typed << Bench::typed(QStringLiteral("https://a.example.net:8443"), ann) << false;
        QTest::newRow("scheme") << Bench::typed(QStringLiteral("https://192.168.1.20:7860"), ann) << Bench::typed(QStringLiteral("http://192.168.1.20:7860"), ann) << false;
        QTest::newRow("to an instance") << typed << there << false;
        QTest::newRow("from an instance") << there << typed << false;
        QTest::newRow("instance") << there << other << false;
        QTest::newRow("port of the instance") << there << door << false;
        QTest::newRow("path") << typed << Bench::typed(QStringLiteral("https://a.example.net/ui"), ann) << true;
        QTest::newRow("its usual port") << typed << Bench::typed(QStringLiteral("https://a.example.net:443"), ann) << true;
        QTest::newRow("user") << typed << Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("bob")) << true;
        QTest::newRow("no login any more") << typed << Bench::typed(QStringLiteral("https://b.example.net")) << true;
    }
    void aPasswordGoesToNoOtherPlace()
    {
        QFETCH(ImageServer, before);
        QFETCH(ImageServer, after);
        QFETCH(bool, isKept);
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("[]"); });
        before.id = after.id = m->add(before, QStringLiteral("top-secret-word"));
        const Result<ImageServerReport> report = await(m->servers->test(after, {}));
        const Result<QString> saved = await(m->servers->save(after, {}));
        QCOMPARE(saved.ok(), isKept);
        if (isKept)
            return;
        QCOMPARE(saved.error().kind, ErrorKind::Validation);
        QVERIFY(saved.error().message.contains(QLatin1String("password")));
        QVERIFY(report->failed == ImageServerReport::Step::Login);
        QCOMPARE(report->error->message, saved.error().message);
        QCOMPARE(m_nam->count(), 0);
        QCOMPARE(m->view(before.id).server, before);
        QVERIFY(await(m->servers->save(after, QStringLiteral("another-secret-word"))).ok());
        QCOMPARE(m->view(after.id).server, after);
    }

    void whoNeedsNoLoginHasNoPassword()
    {
        ImageServer server = Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann"));
        server.id = m->add(server, QStringLiteral("top-secret-word"));
        server.user.clear();
        (void)m->add(server);
        QVERIFY(m->secrets.values.isEmpty());
        QVERIFY(m->servers->backend(server.id)->service().target().password.isEmpty());
        server.user = QStringLiteral("bob");
        (void)m->add(server);
        QTRY_COMPARE(m->view(server.id).state, ImageServerState::Locked); // that of ann is gone from memory, too
    }

    void theKeychainIsLeftAloneWhereThereWasNoLogin()
    {
        ImageServer server = Bench::typed(QStringLiteral("https://a.example.net"));
        server.id = m->add(server);
        m->secrets.values.insert(server.secretName(), QStringLiteral("untouched"));
        server.name = QStringLiteral("Workshop");
        (void)m->add(server);
        QCOMPARE(m->secrets.values.size(), 1);
    }

    void thereAreNoMoreThanTheMost()
    {
        ImageServer server = Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann"));
        for (int i = 1; i < ImageServers::kMostServers; ++i)
            (void)m->add(Bench::typed(QStringLiteral("https://a.example.net")));
        // Two at once, of which one has room.
        m->secrets.hold();
        QList<std::optional<ErrorKind>> ends;
        for (const char *password : {"top-secret-word", "another-secret-word"}) {
            m->servers->save(server, QString::fromLatin1(password))->onFinished(this, [&ends](const Result<QString> &saved) {
                ends.append(saved ? std::nullopt : std::optional(saved.error().kind));
            });
        }
        m->secrets.release();
        QTRY_COMPARE(ends.size(), 2);
        QVERIFY(!ends.first());
        QCOMPARE(ends.last(), std::optional(ErrorKind::Validation));
        QCOMPARE(m->secrets.values.size(), 1);
        QCOMPARE(m->servers->all().size(), ImageServers::kMostServers);
        server.id = QStringLiteral("one-more");
        QCOMPARE(await(m->servers->save(server, {})).error().kind, ErrorKind::Validation);
        QVERIFY(await(m->servers->save(m->servers->all().first().server, {})).ok()); // what is there may change
    }

    void aTestThatWasCancelledSaysNothing()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::hanging(); });
        ImageServer server = Bench::typed(QStringLiteral("https://a.example.net"));
        server.id = m->add(server);
        QSignalSpy told(m->servers.get(), &ImageServers::listsChanged);
        m->servers->test(server, {})->cancel();
        QVERIFY(told.isEmpty());
        QVERIFY(m->servers->listsProblem(server.id).isEmpty());
    }

    void anAddressThatTheListLacksIsAskedFor()
    {
        const QString id = m->add(Bench::onInstance(QStringLiteral("i-1"), 7860));
        m->cloud.setResponder([](const FakeRequest &) {
            return FakeAnswer::payload("{\"id\":\"i-1\",\"name\":\"worker-1\",\"status\":\"running\",\"portMappings\":[{\"port\":7860,\"type\":\"http\",\"endpoint\":\"https://three.example.net\"}]}");
        });
        m->tell(InstanceStatus::Running, {});
        QCOMPARE(m->view(id).state, ImageServerState::Finding);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Ready, 20000);
        QCOMPARE(m->view(id).address, QUrl(QStringLiteral("https://three.example.net")));
        QCOMPARE(m->cloud.count(), 1);
    }

    void aTestNamesTheStep_data()
    {
        QTest::addColumn<FakeAnswer>("answer");
        QTest::addColumn<ImageServerReport::Step>("step");
        QTest::newRow("off") << FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError) << ImageServerReport::Step::Connection;
        QTest::newRow("certificate") << FakeAnswer::transportError(QNetworkReply::SslHandshakeFailedError) << ImageServerReport::Step::Connection;
        QTest::newRow("login") << FakeAnswer::payload("{}", 401) << ImageServerReport::Step::Login;
        QTest::newRow("no API") << FakeAnswer::payload("{\"detail\":\"Not Found\"}", 404) << ImageServerReport::Step::Api;
        QTest::newRow("web page") << FakeAnswer::payload("<!doctype html>") << ImageServerReport::Step::Api;
        QTest::newRow("other JSON") << FakeAnswer::payload("[]") << ImageServerReport::Step::Api;
        QTest::newRow("redirect") << FakeAnswer::payload({}, 301).withHeader("Location", "https://elsewhere.example.net/") << ImageServerReport::Step::Api;
    }
    void aTestNamesTheStep()
    {
        QFETCH(FakeAnswer, answer);
        QFETCH(ImageServerReport::Step, step);
        m_nam->setResponder([answer](const FakeRequest &) { return answer; });
        const Result<ImageServerReport> report = await(m->servers->test(Bench::typed(QStringLiteral("https://a.example.net")), {}));
        QVERIFY(report.ok());
        QVERIFY(report->failed == step);
        QVERIFY(report->error && !report->error->message.isEmpty());
        for (const FakeRequest &request : m_nam->requests())
            QVERIFY(request.header("Authorization").isEmpty());
    }

    void anAddressThatMayNotBeAskedIsNotAsked()
    {
        const Result<ImageServerReport> report = await(m->servers->test(Bench::typed(QStringLiteral("http://203.0.113.7")), {}));
        QVERIFY(report->failed == ImageServerReport::Step::Address);
        QCOMPARE(m_nam->count(), 0);
    }

    void aSandboxServerPassesTheTest()
    {
        useSandbox({.timeScale = 1000, .webUiCredentials = QStringLiteral("ann:secret-word")});
        const ImageServer server = Bench::typed(m_cloud->apiRoot().toString() + QStringLiteral("/webui"), QStringLiteral("ann"));
        QVERIFY(await(m->servers->test(server, QStringLiteral("wrong-word")))->failed == ImageServerReport::Step::Login);
        const Result<ImageServerReport> report = await(m->servers->test(server, QStringLiteral("secret-word")));
        QVERIFY2(report->failed == ImageServerReport::Step::Done, report->error ? qPrintable(report->error->message) : "");
        QVERIFY(!report->lists.models.isEmpty());
        const QString id = m->add(server, QStringLiteral("secret-word"));
        QSignalSpy told(m->servers.get(), &ImageServers::listsChanged);
        m->servers->readLists(id);
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 2, 20000); // that it is asked, and that it has answered
        QCOMPARE(m->servers->lists(id), report->lists);
    }

    void aServerOnAnInstanceIsFoundAndUsed()
    {
        useSandbox({.instances = 20, .timeScale = 1000, .servesEndpoints = true});
        m->servers->setReach(Reach::Local);
        const Result<RowList<Instance>> rows = await(InstanceService(m->api).list());
        QVERIFY2(rows.ok(), rows.ok() ? "" : qPrintable(rows.error().message));
        m->instances.adoptList(*rows, m->clock.now());
        m->instances.markRefreshed(m->clock.now());
        ImageServer server;
        for (const Instance &instance : *rows) {
            for (const PortMapping &port : instance.ports) {
                if (instance.status == InstanceStatus::Running && port.type == QLatin1String("http") && server.port == 0)
                    server = Bench::onInstance(instance.id.toString(), port.port);
            }
        }
        QVERIFY(server.port > 0);
        const QString id = m->add(server);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Ready, 20000);
        QVERIFY(await(m->servers->test(server, {}))->failed == ImageServerReport::Step::Done);
        (void)m->addJob(m->view(id).backend, 10);
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Done);
    }

    void itsJobsRunThroughTheQueue()
    {
        useSandbox({.timeScale = 1000});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 10);
        const ImageJobId second = m->addJob(backend, 10);
        QCOMPARE(m->state(second), ImageJobState::Waiting); // one at a time
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 2, 20000);
        QCOMPARE(m->finished.first().id, first);
        for (const ImageJob &job : m->finished)
            QCOMPARE(job.state, ImageJobState::Done);
        QCOMPARE(await(PictureStore(m->file.database()).totals(kMine)).value().pictures, 2);
    }

    void progressComesAndCancelStopsIt()
    {
        useSandbox({.timeScale = 1});
        const ImageJobId id = m->addJob(sandboxBackend(), 150);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(id)->percent.has_value(), 20000);
        QVERIFY(m->queue->canInterrupt(id));
        m->queue->cancel({id});
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Canceled);
        QCOMPARE(await(PictureStore(m->file.database()).totals(kMine)).value().pictures, 0);
    }

    void whoseJobItIsWhereTheServerDoesNotTell()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            if (request.path() == QLatin1String("/sdapi/v1/progress"))
                return FakeAnswer::payload("{\"progress\":0.5,\"eta_relative\":3,\"state\":{\"job\":\"scripts_txt2img\",\"job_count\":1}}");
            return request.path().endsWith(QLatin1String("2img")) ? FakeAnswer::hanging() : FakeAnswer::payload("{}", 404);
        });
        const QString id = m->add(Bench::typed(QStringLiteral("https://a.example.net")));
        m->servers->backend(id)->setPollInterval(Milliseconds(5));
        const ImageJobId job = m->addJob(m->view(id).backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(job)->trouble.contains(QLatin1String("does not tell whose")), 20000);
        m->queue->cancel({job});
        const auto asked = [this](const char *what) {
            const auto &all = m_nam->requests();
            return std::any_of(all.begin(), all.end(), [what](const FakeRequest &one) { return one.path().endsWith(QLatin1String(what)); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(asked("/interrupt"), 20000);
        for (int i = 0; i < m_nam->count(); ++i) {
            if (m_nam->requests().at(static_cast<std::size_t>(i)).path().endsWith(QLatin1String("2img")))
                m_nam->reply(i)->answer(FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}"));
        }
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Canceled);
        QVERIFY(m->finished.first().note.contains(QLatin1String("whatever the server worked on")));
    }

    void aServerThatDiesLosesItsJobAndNoOther()
    {
        useSandbox({.timeScale = 1});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 150);
        const ImageJobId second = m->addJob(backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first)->percent.has_value(), 20000);
        m_cloud->stop();
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().id, first);
        QCOMPARE(m->finished.first().state, ImageJobState::Lost);
        // The other one has not been sent: nobody is there to take it.
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->heldUntil().has_value(), 20000);
        QCOMPARE(m->state(second), ImageJobState::Waiting);
    }

    void aServerThatIsOffHoldsNoOther()
    {
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::transportError(QNetworkReply::ConnectionRefusedError); });
        FakeBackend other;
        m->queue->addBackend(other);
        const QString id = m->add(Bench::typed(QStringLiteral("https://a.example.net")));
        const ImageJobId first = m->addJob(m->view(id).backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->heldUntil().has_value(), 20000);
        QCOMPARE(m->state(first), ImageJobState::Waiting);
        QVERIFY(m->queue->holdReason().startsWith(QLatin1String("Studio: ")));
        (void)m->addJob(other.id(), 10);
        QTRY_COMPARE_WITH_TIMEOUT(other.requests.size(), 1, 20000);
        m->queue->removeBackend(other.id());
    }

    void aRefusedLoginHoldsItsJobsAndNoOther_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("unauthorized") << 401;
        QTest::newRow("forbidden") << 403;
    }
    void aRefusedLoginHoldsItsJobsAndNoOther()
    {
        QFETCH(int, status);
        bool isOpen = false;
        m_nam->setResponder([&isOpen, status](const FakeRequest &request) {
            if (!isOpen)
                return FakeAnswer::payload("{}", status);
            if (request.path().endsWith(QLatin1String("2img")))
                return FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}");
            return FakeAnswer::payload(request.path().endsWith(QLatin1String("/options")) ? "{}" : "[]");
        });
        FakeBackend other;
        m->queue->addBackend(other);
        const QString id = m->add(Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("wrong-word"));
        const ImageJobId first = m->addJob(m->view(id).backend, 10);
        const ImageJobId second = m->addJob(m->view(id).backend, 10);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Unwelcome, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(m->state(first), ImageJobState::Waiting, 20000);
        for (const ImageJobId &job : {first, second})
            QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(job)->trouble.contains(QLatin1String("edit the server")), 20000);
        QVERIFY(!m->queue->isPaused());
        QVERIFY(!m->queue->heldUntil());
        (void)m->addJob(other.id(), 10);
        QTRY_COMPARE_WITH_TIMEOUT(other.requests.size(), 1, 20000);
        QCOMPARE(m_nam->count(), 1); // the second one was not sent to the same refusal
        // It lets people in again: whoever asks for its lists finds out.
        isOpen = true;
        m->servers->readLists(id);
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 2, 20000);
        QCOMPARE(m->view(id).state, ImageServerState::Ready);
        for (const ImageJob &job : m->finished)
            QCOMPARE(job.state, ImageJobState::Done);
        m->queue->removeBackend(other.id());
    }

    void anotherPasswordLetsTheJobsGo()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            if (request.header("Authorization") != "Basic " + QByteArray("ann:right-word").toBase64())
                return FakeAnswer::payload("{}", 401);
            return FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}");
        });
        ImageServer server = Bench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann"));
        server.id = m->add(server, QStringLiteral("wrong-word"));
        (void)m->addJob(m->view(server.id).backend, 10);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(server.id).state, ImageServerState::Unwelcome, 20000);
        QVERIFY(await(m->servers->save(server, QStringLiteral("right-word"))).ok());
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Done);
    }

    void whetherTheListsAreThereIsSaid()
    {
        m_nam->setResponder([](const FakeRequest &request) {
            return request.path().endsWith(QLatin1String("/options")) ? FakeAnswer::payload("{}") : FakeAnswer::payload("[]");
        });
        const QString id = m->add(Bench::typed(QStringLiteral("https://a.example.net")));
        QCOMPARE(m->servers->listsState(id), ServerListsState::Unasked);
        QSignalSpy told(m->servers.get(), &ImageServers::listsChanged);
        m->servers->readLists(id);
        QCOMPARE(m->servers->listsState(id), ServerListsState::Loading);
        QCOMPARE(told.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m->servers->listsState(id), ServerListsState::Loaded, 20000);
        m_nam->setResponder([](const FakeRequest &) { return FakeAnswer::payload("{}", 500); });
        const QString other = m->add(Bench::typed(QStringLiteral("https://b.example.net")));
        m->servers->readLists(other);
        QTRY_COMPARE_WITH_TIMEOUT(m->servers->listsState(other), ServerListsState::Failed, 20000);
        QVERIFY(!m->servers->listsProblem(other).isEmpty());
        m->servers->readLists(id); // what it said before is not forgotten
        QTRY_VERIFY_WITH_TIMEOUT(!m->servers->listsProblem(id).isEmpty(), 20000);
        QCOMPARE(m->servers->listsState(id), ServerListsState::Loaded);
    }

    void afterAKillItIsLostAndNotSentAgain()
    {
        useSandbox({.timeScale = 1});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 150);
        const ImageJobId second = m->addJob(backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first)->percent.has_value(), 20000);
        m->start();
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first).has_value(), 20000);
        QCOMPARE(m->state(first), ImageJobState::Lost);
        QCOMPARE(m->state(second), ImageJobState::Waiting);
        QVERIFY(m->queue->isPaused());
        int sent = 0;
        const QList<SandboxRequest> requests = m_cloud->requests();
        for (const SandboxRequest &request : requests)
            sent += request.operation == QLatin1String("webUiTxt2img") ? 1 : 0;
        QCOMPARE(sent, 1);
    }

    void removingItLosesTheJobUnderWay()
    {
        useSandbox({.timeScale = 1});
        const QString backend = sandboxBackend();
        const ImageJobId first = m->addJob(backend, 150);
        const ImageJobId second = m->addJob(backend, 10);
        QTRY_VERIFY_WITH_TIMEOUT(m->queue->job(first)->percent.has_value(), 20000);
        QVERIFY(await(m->servers->remove(m->servers->all().first().server.id)).ok());
        QCOMPARE(m->state(first), ImageJobState::Lost);
        QCOMPARE(m->state(second), ImageJobState::Waiting);
        QVERIFY(!m->queue->job(second)->trouble.isEmpty());
    }

    void jobsWaitForAnInstanceThatIsStopped()
    {
        const QString id = m->add(Bench::onInstance(QStringLiteral("i-1"), 7860));
        m->tell(InstanceStatus::Exited, {});
        const ImageJobId job = m->addJob(m->view(id).backend, 10);
        QCOMPARE(m->state(job), ImageJobState::Waiting);
        QVERIFY(m->queue->job(job)->trouble.contains(QLatin1String("worker-1")));
        QCOMPARE(m_nam->count(), 0);
        m_nam->setResponder([](const FakeRequest &request) {
            return request.path().endsWith(QLatin1String("2img")) ? FakeAnswer::payload("{\"images\":[\"aGVsbG8=\"],\"info\":\"{}\"}") : FakeAnswer::payload("{}");
        });
        m->tell(InstanceStatus::Running, QStringLiteral("https://one.example.net"));
        QTRY_COMPARE_WITH_TIMEOUT(m->finished.size(), 1, 20000);
        QCOMPARE(m->finished.first().state, ImageJobState::Done);
    }
};

QTEST_GUILESS_MAIN(TestImageServers)
#include "tst_imageservers.moc"
