// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/images/serverbench.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace novita;

/// The image servers that a person has added: where they are, who is let in, what they have.
class TestImageServers final : public QObject, ServerWorld
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

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
        QList<ImageServer> servers{ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), ServerBench::onInstance(QStringLiteral("i-1"), 7860)};
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
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("top-secret-word"));
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
        QVERIFY(!await(m->servers->save(ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("top-secret-word"))).ok());
        QVERIFY(m->servers->all().isEmpty());
    }

    void aPasswordThatCannotBeReadIsSaid()
    {
        const QString id = m->add(ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann")), QStringLiteral("top-secret-word"));
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
        const QString id = m->add(ServerBench::onInstance(QStringLiteral("i-1"), 7860));
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
        const QString id = m->add(ServerBench::onInstance(QStringLiteral("i-1"), 7860));
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
        ImageServer server = ServerBench::onInstance(QStringLiteral("i-1"), 7860);
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
        const ImageServer typed = ServerBench::typed(QStringLiteral("https://a.example.net"), ann);
        ImageServer there = ServerBench::onInstance(QStringLiteral("i-1"), 7860);
        ImageServer other = ServerBench::onInstance(QStringLiteral("i-2"), 7860);
        ImageServer door = ServerBench::onInstance(QStringLiteral("i-1"), 7861);
        there.user = other.user = door.user = ann;
        QTest::newRow("host") << typed << ServerBench::typed(QStringLiteral("https://b.example.net"), ann) << false;
        QTest::newRow("port") << typed << ServerBench::typed(QStringLiteral("https://a.example.net:8443"), ann) << false;
        QTest::newRow("scheme") << ServerBench::typed(QStringLiteral("https://192.168.1.20:7860"), ann) << ServerBench::typed(QStringLiteral("http://192.168.1.20:7860"), ann) << false;
        QTest::newRow("to an instance") << typed << there << false;
        QTest::newRow("from an instance") << there << typed << false;
        QTest::newRow("instance") << there << other << false;
        QTest::newRow("port of the instance") << there << door << false;
        QTest::newRow("path") << typed << ServerBench::typed(QStringLiteral("https://a.example.net/ui"), ann) << true;
        QTest::newRow("its usual port") << typed << ServerBench::typed(QStringLiteral("https://a.example.net:443"), ann) << true;
        QTest::newRow("user") << typed << ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("bob")) << true;
        QTest::newRow("no login any more") << typed << ServerBench::typed(QStringLiteral("https://b.example.net")) << true;
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
        ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann"));
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
        ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"));
        server.id = m->add(server);
        m->secrets.values.insert(server.secretName(), QStringLiteral("untouched"));
        server.name = QStringLiteral("Workshop");
        (void)m->add(server);
        QCOMPARE(m->secrets.values.size(), 1);
    }

    void thereAreNoMoreThanTheMost()
    {
        ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann"));
        for (int i = 1; i < ImageServers::kMostServers; ++i)
            (void)m->add(ServerBench::typed(QStringLiteral("https://a.example.net")));
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
        ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"));
        server.id = m->add(server);
        QSignalSpy told(m->servers.get(), &ImageServers::listsChanged);
        m->servers->test(server, {})->cancel();
        QVERIFY(told.isEmpty());
        QVERIFY(m->servers->listsProblem(server.id).isEmpty());
    }

    void aServerIsKnownByTheTestBeforeItWasSaved_data()
    {
        QTest::addColumn<QString>("user");
        QTest::newRow("open") << QString();
        QTest::newRow("login") << QStringLiteral("ann");
    }
    void aServerIsKnownByTheTestBeforeItWasSaved()
    {
        QFETCH(QString, user);
        m_nam->setResponder([](const FakeRequest &request) { return FakeAnswer::payload(request.path().endsWith(QLatin1String("/options")) ? "{}" : "[]"); });
        const std::optional<QString> password = user.isEmpty() ? std::nullopt : std::optional(QStringLiteral("top-secret-word"));
        ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"), user);
        QVERIFY(await(m->servers->test(server, password))->failed == ImageServerReport::Step::Done);
        const int asked = m_nam->count();
        QSignalSpy told(m->servers.get(), &ImageServers::listsChanged);
        server.id = m->add(server, password);
        QCOMPARE(m->view(server.id).state, ImageServerState::Ready);
        QVERIFY(m->servers->listsState(server.id) == ServerListsState::Loaded);
        QCOMPARE(told.size(), 1);
        QCOMPARE(m_nam->count(), asked);
        // Another place is another server.
        server.url = QUrl(QStringLiteral("https://b.example.net"));
        (void)m->add(server, password);
        QVERIFY(m->servers->listsState(server.id) == ServerListsState::Unasked);
    }

    void aTestSaysNothingOfAnotherServer()
    {
        m_nam->setResponder([](const FakeRequest &request) { return FakeAnswer::payload(request.path().endsWith(QLatin1String("/options")) ? "{}" : "[]"); });
        const ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"), QStringLiteral("ann"));
        QVERIFY(await(m->servers->test(server, QStringLiteral("top-secret-word")))->failed == ImageServerReport::Step::Done);
        const QString other = m->add(server, QStringLiteral("another-secret-word"));
        QVERIFY(m->servers->listsState(other) == ServerListsState::Unasked);
    }

    void whatFailedElsewhereSaysNothingOfWhereItIsNow_data()
    {
        QTest::addColumn<bool>("isAnswered");
        QTest::newRow("failed") << true;
        QTest::newRow("on its way") << false;
    }
    void whatFailedElsewhereSaysNothingOfWhereItIsNow()
    {
        QFETCH(bool, isAnswered);
        m_nam->setResponder([isAnswered](const FakeRequest &) { return isAnswered ? FakeAnswer::payload("{}", 401) : FakeAnswer::hanging(); });
        ImageServer server = ServerBench::typed(QStringLiteral("https://a.example.net"));
        server.id = m->add(server);
        m->servers->readLists(server.id);
        if (isAnswered)
            QTRY_VERIFY_WITH_TIMEOUT(m->servers->listsState(server.id) == ServerListsState::Failed, 20000);
        QSignalSpy told(m->servers.get(), &ImageServers::listsChanged);
        server.url = QUrl(QStringLiteral("https://b.example.net"));
        (void)m->add(server);
        QVERIFY(m->servers->listsState(server.id) == ServerListsState::Unasked);
        QVERIFY(m->servers->listsProblem(server.id).isEmpty());
        QCOMPARE(m->view(server.id).state, ImageServerState::Ready);
        QCOMPARE(told.size(), 1);
    }

    void anAddressThatTheListLacksIsAskedFor()
    {
        const QString id = m->add(ServerBench::onInstance(QStringLiteral("i-1"), 7860));
        m->cloud.setResponder([](const FakeRequest &) {
            return FakeAnswer::payload("{\"id\":\"i-1\",\"name\":\"worker-1\",\"status\":\"running\",\"portMappings\":[{\"port\":7860,\"type\":\"http\",\"endpoint\":\"https://three.example.net\"}]}");
        });
        m->tell(InstanceStatus::Running, {});
        QCOMPARE(m->view(id).state, ImageServerState::Finding);
        QTRY_COMPARE_WITH_TIMEOUT(m->view(id).state, ImageServerState::Ready, 20000);
        QCOMPARE(m->view(id).address, QUrl(QStringLiteral("https://three.example.net")));
        QCOMPARE(m->cloud.count(), 1);
    }

    void aTestWaitsForTheAddress_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("there") << true;
        QTest::newRow("fails") << false;
    }
    void aTestWaitsForTheAddress()
    {
        QFETCH(bool, isThere);
        m_nam->setResponder([](const FakeRequest &request) { return FakeAnswer::payload(request.path().endsWith(QLatin1String("/options")) ? "{}" : "[]"); });
        m->cloud.setResponder([isThere](const FakeRequest &) {
            return isThere ? FakeAnswer::payload("{\"id\":\"i-1\",\"name\":\"worker-1\",\"status\":\"running\",\"portMappings\":[{\"port\":7860,\"type\":\"http\",\"endpoint\":\"https://three.example.net\"}]}")
                           : FakeAnswer::payload("{}", 404);
        });
        m->tell(InstanceStatus::Running, {});
        const Result<ImageServerReport> report = await(m->servers->test(ServerBench::onInstance(QStringLiteral("i-1"), 7860), {})); // not saved yet
        QVERIFY(report.ok());
        QVERIFY2(report->failed == (isThere ? ImageServerReport::Step::Done : ImageServerReport::Step::Address), report->error ? qPrintable(report->error->message) : "");
        QCOMPARE(report->error.has_value(), !isThere);
        if (!isThere)
            QVERIFY2(report->error->message.contains(QLatin1String("cannot be read")), qPrintable(report->error->message));
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
        const Result<ImageServerReport> report = await(m->servers->test(ServerBench::typed(QStringLiteral("https://a.example.net")), {}));
        QVERIFY(report.ok());
        QVERIFY(report->failed == step);
        QVERIFY(report->error && !report->error->message.isEmpty());
        for (const FakeRequest &request : m_nam->requests())
            QVERIFY(request.header("Authorization").isEmpty());
    }

    void anAddressThatMayNotBeAskedIsNotAsked()
    {
        const Result<ImageServerReport> report = await(m->servers->test(ServerBench::typed(QStringLiteral("http://203.0.113.7")), {}));
        QVERIFY(report->failed == ImageServerReport::Step::Address);
        QCOMPARE(m_nam->count(), 0);
    }

    void aSandboxServerPassesTheTest()
    {
        useSandbox({.timeScale = 1000, .webUiCredentials = QStringLiteral("ann:secret-word")});
        const ImageServer server = ServerBench::typed(m_cloud->apiRoot().toString() + QStringLiteral("/webui"), QStringLiteral("ann"));
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
};

QTEST_GUILESS_MAIN(TestImageServers)
#include "tst_imageservers.moc"
