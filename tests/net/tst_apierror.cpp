// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/apierror.h"
#include "core/net/apirequest.h"
#include "core/net/originpolicy.h"
#include "core/net/proxypolicy.h"
#include "core/base/redact.h"

#include <QTest>

using namespace novita;

Q_DECLARE_METATYPE(novita::ErrorKind)

class TestApiError : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { clearRegisteredSecrets(); }
    void mapsAnswers_data();
    void mapsAnswers();
    void firstForbiddenIsAboutTheKey();
    void showsNoSecrets();
    void keepsSensitiveBodiesOut();
    void boundsWhatItKeeps();
    void buildsUrls();
    void allowsHttpsAndLoopbackOnly_data();
    void allowsHttpsAndLoopbackOnly();
    void proxySettings();
};

void TestApiError::mapsAnswers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *name, int status, const char *body, ErrorKind kind, const char *reason, const char *message) {
        QTest::newRow(name) << status << QByteArray(body) << kind << QString::fromLatin1(reason) << QString::fromLatin1(message);
    };
    row("reason and message", 400, R"({"code":400,"reason":"INSUFFICIENT_RESOURCE","message":"no GPU left","metadata":{}})",
        ErrorKind::Quota, "INSUFFICIENT_RESOURCE", "no GPU left");
    row("migrate", 400, R"({"reason":"MIGRATE_INSUFFICIENT_RESOURCE"})", ErrorKind::Quota, "MIGRATE_INSUFFICIENT_RESOURCE",
        "MIGRATE_INSUFFICIENT_RESOURCE");
    row("balance", 400, R"({"reason":"EXPIRED_OR_BALANCE_NOT_ENOUGH","message":"m"})", ErrorKind::Quota,
        "EXPIRED_OR_BALANCE_NOT_ENOUGH", "m");
    row("limit", 400, R"({"reason":"CREATE_INSTANCE_LIMIT","message":"m"})", ErrorKind::Quota, "CREATE_INSTANCE_LIMIT", "m");
    row("string code", 400, R"({"code":"TEMPLATE_NOT_FOUND","message":"gone"})", ErrorKind::NotFound, "TEMPLATE_NOT_FOUND", "gone");
    row("nested", 400, R"({"error":{"code":"NETWORK_IN_USE","message":"used"}})", ErrorKind::Conflict, "NETWORK_IN_USE", "used");
    row("string error", 400, R"({"error":"bad port"})", ErrorKind::Validation, "", "bad port");
    row("title", 422, R"({"title":"Unprocessable"})", ErrorKind::Validation, "", "Unprocessable");
    row("prose reason", 400, R"({"reason":"invalid state change: exited"})", ErrorKind::Conflict, "", "invalid state change: exited");
    row("state change", 400, R"({"code":400,"message":"Invalid state change"})", ErrorKind::Conflict, "", "Invalid state change");
    row("not found in prose", 400, R"({"message":"template not found"})", ErrorKind::NotFound, "", "template not found");
    row("reason in raw text", 400, "rpc error: reason = BALANCE_NOT_ENOUGH desc = x", ErrorKind::Quota, "BALANCE_NOT_ENOUGH",
        "rpc error: reason = BALANCE_NOT_ENOUGH desc = x");
    row("in use", 400, R"({"reason":"IMAGE_AUTH_IN_USE"})", ErrorKind::Conflict, "IMAGE_AUTH_IN_USE", "IMAGE_AUTH_IN_USE");
    row("validator", 400, R"({"reason":"VALIDATOR_PARAM","message":"name"})", ErrorKind::Validation, "VALIDATOR_PARAM", "name");
    row("404", 404, "", ErrorKind::NotFound, "", "The server answered HTTP 404");
    row("409", 409, "{}", ErrorKind::Conflict, "", "The server answered HTTP 409");
    row("401", 401, R"({"reason":"UNAUTHORIZED","message":"no"})", ErrorKind::Unauthorized, "UNAUTHORIZED", "no");
    row("403", 403, R"({"message":"no"})", ErrorKind::Forbidden, "", "no");
    row("403 about the key", 403, R"({"reason":"INVALID_API_KEY"})", ErrorKind::Unauthorized, "INVALID_API_KEY", "INVALID_API_KEY");
    row("no key", 400, R"({"reason":"MISSING_API_KEY"})", ErrorKind::Unauthorized, "MISSING_API_KEY", "MISSING_API_KEY");
    row("an endpoint that is gone", 404, R"({"reason":"API_NOT_FOUND","message":"gone"})", ErrorKind::NotFound, "API_NOT_FOUND", "gone");
    row("an endpoint that is closed", 403, R"({"reason":"API_NOT_ALLOWED"})", ErrorKind::Forbidden, "API_NOT_ALLOWED", "API_NOT_ALLOWED");
    row("403 about money", 403, R"({"reason":"NOT_ENOUGH_BALANCE"})", ErrorKind::Quota, "NOT_ENOUGH_BALANCE", "NOT_ENOUGH_BALANCE");
    row("408", 408, "", ErrorKind::Timeout, "", "The server answered HTTP 408");
    row("429", 429, R"({"reason":"RATE_LIMIT_EXCEEDED","message":"slow"})", ErrorKind::RateLimited, "RATE_LIMIT_EXCEEDED", "slow");
    row("500 with a reason", 500, R"({"reason":"WALLET_NOT_FOUND","message":"m"})", ErrorKind::Server, "WALLET_NOT_FOUND", "m");
    row("html", 502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", ErrorKind::Server, "", "502 Bad Gateway");
    row("html that names a reason", 404, "<html><title>404 API_NOT_FOUND</title></html>", ErrorKind::NotFound, "", "404 API_NOT_FOUND");
    row("html without title", 503, "<!DOCTYPE html><p>x", ErrorKind::Server, "", "The server answered with a web page");
    row("wrong types", 400, R"({"reason":7,"message":["x"],"error":null})", ErrorKind::Validation, "", "The server answered HTTP 400");
    row("truncated", 400, R"({"reason":"INSUFFICIENT_RES)", ErrorKind::Validation, "", R"({"reason":"INSUFFICIENT_RES)");
    row("redirect", 302, "", ErrorKind::Protocol, "", "The server answered with a redirect (HTTP 302), which is not followed");
}

void TestApiError::mapsAnswers()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, reason);
    QFETCH(QString, message);
    const Error error = errorFromReply(status, body);
    QCOMPARE(errorKindName(error.kind), errorKindName(kind));
    QCOMPARE(error.httpStatus, status);
    QCOMPARE(error.apiReason, reason);
    QCOMPARE(error.message, message);
}

void TestApiError::firstForbiddenIsAboutTheKey()
{
    QCOMPARE(errorFromReply(403, "{}", {false, false}).kind, ErrorKind::Unauthorized);
    QCOMPARE(errorFromReply(403, R"({"reason":"FORBIDDEN"})", {false, false}).kind, ErrorKind::Unauthorized);
    QCOMPARE(errorFromReply(403, R"({"reason":"FORBIDDEN"})", {true, false}).kind, ErrorKind::Forbidden);
    for (const char *reason : {"ACCESS_DENY", "API_NOT_ALLOWED", "FEATURE_NOT_ALLOWED", "NEED_REAL_NAME_VERIFY"})
        QCOMPARE(errorFromReply(403, QByteArray("{\"reason\":\"") + reason + "\"}", {false, false}).kind, ErrorKind::Forbidden);
}

void TestApiError::showsNoSecrets()
{
    const QString planted = QStringLiteral("plantedvalue12345");
    registerSecret(planted);
    for (const QByteArray &body : {QByteArray(R"({"message":"key plantedvalue12345 is bad","reason":"plantedvalue12345"})"),
                                  QByteArray("raw plantedvalue12345"), QByteArray("<html><title>plantedvalue12345</title>"),
                                  QByteArray(R"({"message":"x","password":"plantedvalue12345"})")}) {
        const Error error = errorFromReply(400, body);
        QVERIFY(!error.message.contains(planted));
        QVERIFY(!error.detail.contains(planted));
        QVERIFY(!error.apiReason.contains(planted));
    }
}

void TestApiError::keepsSensitiveBodiesOut()
{
    const Error raw = errorFromReply(400, "user joe pw 123", {true, true});
    QVERIFY(!raw.message.contains(QStringLiteral("joe")));
    QVERIFY(raw.detail.isEmpty());
    const Error json = errorFromReply(400, R"({"reason":"IMAGE_AUTH_IN_USE","message":"used","data":"joe"})", {true, true});
    QCOMPARE(json.kind, ErrorKind::Conflict);
    QCOMPARE(json.message, QStringLiteral("used"));
    QVERIFY(json.detail.isEmpty());
}

void TestApiError::boundsWhatItKeeps()
{
    const QByteArray huge = "{\"message\":\"" + QByteArray(50000, 'x') + "\"}";
    QVERIFY(errorFromReply(400, huge).message.size() <= 500);
    QVERIFY(errorFromReply(500, QByteArray(10 * 1024 * 1024, 'A')).detail.size() <= 2000);
}

void TestApiError::buildsUrls()
{
    ApiRequest request;
    request.path = QStringLiteral("/v1/gpu/instances");
    QCOMPARE(requestUrl(QUrl(QStringLiteral("https://api.novita.ai")), request).toString(),
             QStringLiteral("https://api.novita.ai/gpu-instance/openapi/v1/gpu/instances"));
    QCOMPARE(requestUrl(QUrl(QStringLiteral("http://127.0.0.1:8080/base/")), request).toString(),
             QStringLiteral("http://127.0.0.1:8080/base/gpu-instance/openapi/v1/gpu/instances"));
    request.area = ApiArea::Root;
    request.path = QStringLiteral("/openapi/v1/billing/100%25 x");
    request.query.addQueryItem(QStringLiteral("name"), QStringLiteral("a+b c&d=é"));
    QCOMPARE(requestUrl(QUrl(QStringLiteral("https://api.novita.ai")), request).toEncoded(),
             QByteArray("https://api.novita.ai/openapi/v1/billing/100%2525%20x?name=a%2Bb%20c%26d%3D%C3%A9"));
}

void TestApiError::allowsHttpsAndLoopbackOnly_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("allowed");
    for (const char *url : {"https://api.novita.ai", "http://127.0.0.1:8080", "http://127.8.9.1", "http://[::1]:80",
                            "http://localhost:1", "http://LOCALHOST"})
        QTest::newRow(url) << QString::fromLatin1(url) << true;
    for (const char *url : {"http://api.novita.ai", "http://localhost.example.com", "http://127.0.0.1.example.com",
                            "http://10.0.0.1", "http://128.0.0.1", "http://[::2]", "ftp://127.0.0.1", "file:///etc/passwd",
                            "https://user:pass@api.novita.ai", "https://", "", "nonsense"})
        QTest::newRow(url) << QString::fromLatin1(url) << false;
}

void TestApiError::allowsHttpsAndLoopbackOnly()
{
    QFETCH(QString, url);
    QFETCH(bool, allowed);
    const std::optional<Error> error = checkOrigin(QUrl(url));
    QCOMPARE(!error.has_value(), allowed);
    if (error)
        QCOMPARE(error->kind, ErrorKind::Validation);
}

void TestApiError::proxySettings()
{
    const QNetworkProxyQuery outside(QUrl(QStringLiteral("https://api.novita.ai/x")));
    const QNetworkProxyQuery inside(QUrl(QStringLiteral("http://127.0.0.1:80/x")));

    ProxyPolicy none(QStringLiteral("none"));
    QVERIFY(!none.error());
    QCOMPARE(none.queryProxy(outside).constFirst().type(), QNetworkProxy::NoProxy);

    ProxyPolicy http(QStringLiteral("http://joe:verysecret1@proxy.example:3128"));
    QVERIFY(!http.error());
    const QNetworkProxy proxy = http.queryProxy(outside).constFirst();
    QCOMPARE(proxy.type(), QNetworkProxy::HttpProxy);
    QCOMPARE(proxy.hostName(), QStringLiteral("proxy.example"));
    QCOMPARE(proxy.port(), 3128);
    QCOMPARE(proxy.user(), QStringLiteral("joe"));
    QCOMPARE(http.queryProxy(inside).constFirst().type(), QNetworkProxy::NoProxy);
    QVERIFY(!redact(QStringLiteral("x verysecret1 y")).contains(QStringLiteral("verysecret1")));

    ProxyPolicy socks(QStringLiteral("socks5://proxy.example"));
    QCOMPARE(socks.queryProxy(outside).constFirst().type(), QNetworkProxy::Socks5Proxy);
    QCOMPARE(socks.queryProxy(outside).constFirst().port(), 1080);

    for (const char *bad : {"proxy.example:3128", "ftp://proxy.example", "http://"})
        QVERIFY2(ProxyPolicy(QString::fromLatin1(bad)).error(), bad);
}

QTEST_GUILESS_MAIN(TestApiError)
#include "tst_apierror.moc"
