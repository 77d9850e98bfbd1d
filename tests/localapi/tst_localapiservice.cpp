// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"
#include "core/secrets/fallbacksecretstore.h"
#include "core/settings/settingskeys.h"
#include "localapifixture.h"
#include "tests/support/await.h"

#include <QTcpServer>

#include <memory>
#include <utility>

using namespace novita;
using Answer = LocalApiFixture::Answer;

namespace {

const QString kSecret = QStringLiteral("local-api/token");

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress(QHostAddress::LocalHost), 0);
    return server.serverPort();
}

} // namespace

class TestLocalApiService final : public QObject
{
    Q_OBJECT

    static bool reaches(LocalApiService &service, LocalApiState state)
    {
        return QTest::qWaitFor([&] { return service.state() == state; }, 5000);
    }

private slots:
    void offByDefault()
    {
        LocalApiFixture api;
        api.service.start();
        QCOMPARE(api.service.state(), LocalApiState::Off);
        QCOMPARE(api.service.port(), quint16(8788));
        QVERIFY(api.cloud.stack.secrets.values.isEmpty());
    }

    void switchingOnMakesATokenAndKeepsIt()
    {
        LocalApiFixture api;
        const quint16 port = freePort();
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiPort, int(port)).ok());
        api.service.start();
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiEnabled, true).ok());
        QVERIFY(reaches(api.service, LocalApiState::Listening));
        QCOMPARE(api.service.port(), port);
        const QString token = api.cloud.stack.secrets.values.value(kSecret);
        QVERIFY(ApiGate::isToken(token));
        QCOMPARE(await(api.service.token()).valueOr({}), token);
        QVERIFY(!redact(QStringLiteral("x %1 y").arg(token)).contains(token));
        QVERIFY(!api.service.sentence().contains(token) && !api.service.curlExample().contains(token));
        QByteArray request = api.request("GET", "/metrics").replace(LocalApiFixture::token().toLatin1(), token.toLatin1());
        QCOMPARE(api.send(request).status, 200);
        QCOMPARE(api.get("/metrics").status, 401);

        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiEnabled, false).ok());
        QCOMPARE(api.service.state(), LocalApiState::Off);
        RawClient late(port);
        QVERIFY(!late.isConnected());
        QCOMPARE(api.cloud.stack.secrets.values.value(kSecret), token);
    }

    void theKeptTokenIsUsed()
    {
        LocalApiFixture api;
        api.cloud.stack.secrets.values.insert(kSecret, LocalApiFixture::token());
        api.service.start({quint16(0), {}});
        QVERIFY(reaches(api.service, LocalApiState::Listening));
        QVERIFY(api.service.isForThisRun());
        QCOMPARE(api.get("/metrics").status, 200);
    }

    void anotherTokenEndsTheOneBefore()
    {
        LocalApiFixture api;
        api.cloud.stack.secrets.values.insert(kSecret, LocalApiFixture::token());
        api.service.start({quint16(0), {}});
        QVERIFY(reaches(api.service, LocalApiState::Listening));
        QVERIFY(await(api.service.renewToken()).ok());
        QCOMPARE(api.get("/metrics").status, 401);
        QVERIFY(api.cloud.stack.secrets.values.value(kSecret) != LocalApiFixture::token());
        QVERIFY(!await(api.service.setToken(QStringLiteral("too short"))).ok());
        QVERIFY(await(api.service.setToken(LocalApiFixture::token())).ok());
        QCOMPARE(api.get("/metrics").status, 200);
    }

    void theEnvironmentsTokenIsKeptNowhere()
    {
        LocalApiFixture api;
        QVERIFY(api.listen());
        QVERIFY(api.service.isTokenFromEnvironment());
        QVERIFY(api.cloud.stack.secrets.values.isEmpty());
        QVERIFY(!await(api.service.renewToken()).ok());
        QCOMPARE(await(api.service.token()).valueOr({}), LocalApiFixture::token());
        QCOMPARE(api.get("/metrics").status, 200);
    }

    void aWeakTokenOfTheEnvironmentIsRefused()
    {
        LocalApiFixture api;
        api.service.start({quint16(0), QStringLiteral("short")});
        QVERIFY(reaches(api.service, LocalApiState::Failed));
        QVERIFY(api.service.sentence().contains(QLatin1String("LOCAL_API_TOKEN")));
    }

    void aLockedKeychainIsWaitedFor()
    {
        LocalApiFixture api;
        api.cloud.stack.secrets.setState(KeychainState::Locked);
        api.service.start({quint16(0), {}});
        QVERIFY(reaches(api.service, LocalApiState::Failed));
        QVERIFY(!api.service.sentence().isEmpty());
        api.cloud.stack.secrets.setState(KeychainState::Ok);
        QVERIFY(reaches(api.service, LocalApiState::Listening));
    }

    void withoutAKeychainTheTokenLastsForTheSession()
    {
        LocalApiFixture api;
        auto keychain = std::make_unique<FakeSecretStore>();
        keychain->setState(KeychainState::Unavailable);
        FallbackSecretStore secrets(std::move(keychain));
        LocalApiService service(api.parts(), secrets);
        service.start({quint16(0), {}});
        QVERIFY(reaches(service, LocalApiState::Listening));
        QVERIFY(service.isTokenSessionOnly());
        QVERIFY(ApiGate::isToken(await(service.token()).valueOr({})));
    }

    void aTakenPortIsSaidAndTriedAgain()
    {
        LocalApiFixture api;
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), 0));
        api.service.start({other.serverPort(), LocalApiFixture::token()});
        QVERIFY(reaches(api.service, LocalApiState::Failed));
        QVERIFY2(api.service.sentence().contains(QString::number(other.serverPort())), qPrintable(api.service.sentence()));
        other.close();
        api.service.retry();
        QVERIFY(reaches(api.service, LocalApiState::Listening));
        QCOMPARE(api.get("/metrics").status, 200);
    }

    void aPortThatGetsFreeIsTakenByItself()
    {
        LocalApiFixture api;
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), 0));
        api.service.start({other.serverPort(), LocalApiFixture::token()});
        QVERIFY(reaches(api.service, LocalApiState::Failed));
        other.close();
        QVERIFY(reaches(api.service, LocalApiState::Listening));
    }

    /// The keychain is slow, and the person has set a token before it said that there was none.
    void aTokenSetWhileTheKeychainIsAskedStays()
    {
        LocalApiFixture api;
        api.cloud.stack.secrets.hold();
        QString asked;
        api.service.token()->onFinished(&api.service, [&asked](const Result<QString> &token) { asked = token.valueOr({}); });
        Call<Done> *set = api.service.setToken(LocalApiFixture::token());
        api.cloud.stack.secrets.release();
        QVERIFY(await(set).ok());
        QTRY_COMPARE(asked, LocalApiFixture::token());
        QTest::qWait(20);
        QCOMPARE(api.cloud.stack.secrets.values.value(kSecret), LocalApiFixture::token());
    }

    void anotherPortMovesIt()
    {
        LocalApiFixture api;
        const quint16 first = freePort();
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiPort, int(first)).ok());
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiEnabled, true).ok());
        api.service.start({{}, LocalApiFixture::token()});
        QVERIFY(reaches(api.service, LocalApiState::Listening));
        const quint16 second = freePort();
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiPort, int(second)).ok());
        QVERIFY(reaches(api.service, LocalApiState::Listening));
        QCOMPARE(api.service.port(), second);
        QCOMPARE(api.get("/metrics").status, 200);
        QVERIFY(!RawClient(first).isConnected());
    }

    void switchedOffWhileTheKeychainIsAsked()
    {
        LocalApiFixture api;
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiPort, int(freePort())).ok());
        api.cloud.stack.secrets.hold();
        api.service.start();
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiEnabled, true).ok());
        QCOMPARE(api.service.state(), LocalApiState::Starting);
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiEnabled, false).ok());
        api.cloud.stack.secrets.release();
        QTest::qWait(50);
        QCOMPARE(api.service.state(), LocalApiState::Off);
        QVERIFY(api.cloud.stack.settings->setValue(keys::kLocalApiEnabled, true).ok());
        QVERIFY(reaches(api.service, LocalApiState::Listening));
    }

    void onlyLoopbackListens()
    {
        LocalApiFixture api;
        QVERIFY(api.listen());
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.2"), api.service.port());
        QVERIFY(!socket.waitForConnected(500));
    }
};

QTEST_GUILESS_MAIN(TestLocalApiService)
#include "tst_localapiservice.moc"
