// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apigate.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace novita;

namespace {

constexpr quint16 kPort = 8788;

QByteArray token()
{
    return QByteArrayLiteral("0123456789abcdefghijklmnop");
}

HttpRequest requestTo(const QByteArray &host)
{
    HttpRequest request;
    request.method = "GET";
    request.path = QStringLiteral("/health");
    request.peer = QHostAddress(QHostAddress::LocalHost);
    if (!host.isNull())
        request.headers.append("Host", host);
    return request;
}

HttpRequest authorized(const QByteArray &value)
{
    HttpRequest request = requestTo("127.0.0.1:8788");
    request.headers.append("Authorization", value);
    return request;
}

} // namespace

class TestApiGate final : public QObject
{
    Q_OBJECT

    FakeClock m_clock;

    QString codeFor(const HttpRequest &request)
    {
        ApiGate gate(m_clock);
        gate.setToken(token());
        gate.setPort(kPort);
        const std::optional<ApiProblem> problem = gate.refusal(request);
        return problem ? problem->code : QString();
    }

private slots:
    void hostMustBeThisLoopback_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("passes");
        QTest::newRow("address") << QByteArray("127.0.0.1:8788") << true;
        QTest::newRow("name") << QByteArray("localhost:8788") << true;
        QTest::newRow("name in capitals") << QByteArray("LocalHost:8788") << true;
        QTest::newRow("version 6") << QByteArray("[::1]:8788") << true;
        QTest::newRow("none") << QByteArray() << false;
        QTest::newRow("empty") << QByteArray("") << false;
        QTest::newRow("no port") << QByteArray("localhost") << false;
        QTest::newRow("another port") << QByteArray("localhost:8789") << false;
        QTest::newRow("port with zeros") << QByteArray("localhost:08788") << false;
        QTest::newRow("rebound name") << QByteArray("evil.example:8788") << false;
        QTest::newRow("name that ends like it") << QByteArray("notlocalhost:8788") << false;
        QTest::newRow("subdomain") << QByteArray("localhost.evil.example:8788") << false;
        QTest::newRow("trailing dot") << QByteArray("localhost.:8788") << false;
        QTest::newRow("another loopback address") << QByteArray("127.0.0.2:8788") << false;
        QTest::newRow("number") << QByteArray("2130706433:8788") << false;
        QTest::newRow("address of the network") << QByteArray("192.168.1.5:8788") << false;
    }
    void hostMustBeThisLoopback()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, passes);
        HttpRequest request = requestTo(host);
        request.headers.append("Authorization", "Bearer " + token());
        QCOMPARE(codeFor(request), passes ? QString() : QStringLiteral("HOST_REFUSED"));
    }

    void foreignOriginsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("passes");
        QTest::newRow("own") << QByteArray("http://127.0.0.1:8788") << true;
        QTest::newRow("own by name") << QByteArray("http://localhost:8788") << true;
        QTest::newRow("null") << QByteArray("null") << false;
        QTest::newRow("empty") << QByteArray("") << false;
        QTest::newRow("web page") << QByteArray("https://evil.example") << false;
        QTest::newRow("other port of this computer") << QByteArray("http://localhost:3000") << false;
        QTest::newRow("https") << QByteArray("https://localhost:8788") << false;
        QTest::newRow("begins like it") << QByteArray("http://localhost:8788.evil.example") << false;
    }
    void foreignOriginsAreRefused()
    {
        QFETCH(QByteArray, origin);
        QFETCH(bool, passes);
        HttpRequest request = authorized("Bearer " + token());
        request.headers.append("Origin", origin);
        QCOMPARE(codeFor(request), passes ? QString() : QStringLiteral("ORIGIN_REFUSED"));
    }
    void oneForeignOriginAmongSeveralIsEnough()
    {
        HttpRequest request = authorized("Bearer " + token());
        request.headers.append("Origin", "http://localhost:8788");
        request.headers.append("origin", "https://evil.example");
        QCOMPARE(codeFor(request), QStringLiteral("ORIGIN_REFUSED"));
    }

    void bearerTokens_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("code");
        QTest::newRow("right") << "Bearer " + token() << QString();
        QTest::newRow("scheme in small letters") << "bearer " + token() << QString();
        QTest::newRow("blanks between") << "Bearer   " + token() << QString();
        QTest::newRow("wrong") << QByteArray("Bearer 0123456789abcdefghijklmnoq") << QStringLiteral("INVALID_TOKEN");
        QTest::newRow("beginning of it") << "Bearer " + token().chopped(1) << QStringLiteral("INVALID_TOKEN");
        QTest::newRow("more than it") << "Bearer " + token() + 'x' << QStringLiteral("INVALID_TOKEN");
        QTest::newRow("in capitals") << "Bearer " + token().toUpper() << QStringLiteral("INVALID_TOKEN");
        QTest::newRow("empty") << QByteArray("Bearer ") << QStringLiteral("UNAUTHORIZED");
        QTest::newRow("no scheme") << token() << QStringLiteral("UNAUTHORIZED");
        QTest::newRow("basic") << "Basic " + token() << QStringLiteral("UNAUTHORIZED");
        QTest::newRow("scheme alone") << QByteArray("Bearer") << QStringLiteral("UNAUTHORIZED");
    }
    void bearerTokens()
    {
        QFETCH(QByteArray, value);
        QFETCH(QString, code);
        QCOMPARE(codeFor(authorized(value)), code);
    }
    void twoAuthorizationsAreNone()
    {
        HttpRequest request = authorized("Bearer " + token());
        request.headers.append("authorization", "Bearer " + token());
        QCOMPARE(codeFor(request), QStringLiteral("UNAUTHORIZED"));
    }
    void withoutATokenNobodyPasses()
    {
        ApiGate gate(m_clock);
        gate.setPort(kPort);
        QCOMPARE(gate.refusal(authorized("Bearer " + token()))->code, QStringLiteral("INVALID_TOKEN"));
        gate.setToken(token());
        QVERIFY(!gate.refusal(authorized("Bearer " + token())));
        gate.setToken({});
        QVERIFY(gate.refusal(authorized("Bearer " + token())));
    }

    void wrongTokensAreLimitedAndTheRightOneIsNot()
    {
        ApiGate gate(m_clock);
        gate.setToken(token());
        gate.setPort(kPort);
        const HttpRequest wrong = authorized("Bearer wrong-wrong-wrong-wrong");
        for (int i = 0; i < ApiGate::kWrongTokensPerMinute; ++i)
            QCOMPARE(gate.refusal(wrong)->status, 401);
        const std::optional<ApiProblem> limited = gate.refusal(wrong);
        QCOMPARE(limited->status, 429);
        QVERIFY(limited->retryAfter && limited->retryAfter->count() > 0 && *limited->retryAfter <= Seconds(6));
        QVERIFY2(!gate.refusal(authorized("Bearer " + token())), "Whoever guesses must not lock the person out");
        m_clock.advance(Seconds(7));
        QCOMPARE(gate.refusal(wrong)->status, 401);
    }

    void formOfTokens()
    {
        QVERIFY(ApiGate::isToken(QString(22, u'a')));
        QVERIFY(ApiGate::isToken(QStringLiteral("AZaz09-._~+/AZaz09-._~+/==")));
        QVERIFY(!ApiGate::isToken(QString(21, u'a')));
        QVERIFY(!ApiGate::isToken(QString(201, u'a')));
        QVERIFY(!ApiGate::isToken(QStringLiteral("with a blank in the middle")));
        QVERIFY(!ApiGate::isToken(QStringLiteral("a-line-that-ends-in-a-break\n")));
        QVERIFY(!ApiGate::isToken(QStringLiteral("ümlaut-ümlaut-ümlaut-ümlaut")));
    }
};

QTEST_GUILESS_MAIN(TestApiGate)
#include "tst_apigate.moc"
