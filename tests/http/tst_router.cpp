// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/gzip.h"
#include "core/http/httpexchange.h"
#include "core/http/router.h"

#include <QTest>

using namespace novita;

class TestRouter final : public QObject
{
    Q_OBJECT

private slots:
    void literalBeatsParameter()
    {
        QString hit;
        Router router;
        router.add("GET", QStringLiteral("/items/{id}"), [&](const HttpRequest &r, const HttpResponder &) { hit = r.pathParameters.value(QStringLiteral("id")); });
        router.add("GET", QStringLiteral("/items/all"), [&](const HttpRequest &, const HttpResponder &) { hit = QStringLiteral("literal"); });
        visit(router, "GET", QStringLiteral("/items/all"));
        QCOMPARE(hit, QStringLiteral("literal"));
        visit(router, "GET", QStringLiteral("/items/42"));
        QCOMPARE(hit, QStringLiteral("42"));
        visit(router, "HEAD", QStringLiteral("/items/43"));
        QCOMPARE(hit, QStringLiteral("43"));
        hit.clear();
        visit(router, "GET", QStringLiteral("/items/"));
        visit(router, "GET", QStringLiteral("/items/1/2"));
        visit(router, "POST", QStringLiteral("/items/1"));
        QCOMPARE(hit, QString());
    }

    void errorBodySeesTheStatus()
    {
        QList<int> statuses;
        Router router;
        router.add("POST", QStringLiteral("/a"), [](const HttpRequest &, const HttpResponder &) {});
        router.setErrorBody([&](const HttpRequest &, int status) {
            statuses.append(status);
            return HttpResponse::empty(status);
        });
        visit(router, "GET", QStringLiteral("/a"));
        visit(router, "GET", QStringLiteral("/b"));
        QCOMPARE(statuses, (QList<int>{405, 404}));
    }

    void bodyLimitIsTheRoutes()
    {
        Router router;
        router.add("POST", QStringLiteral("/big"), [](const HttpRequest &, const HttpResponder &) {}, {5'000'000, {}});
        HttpRequest head;
        head.method = "POST";
        head.path = QStringLiteral("/big");
        QCOMPARE(router.bodyLimit(head, {}), 5'000'000);
        head.path = QStringLiteral("/other");
        QCOMPARE(router.bodyLimit(head, {}), HttpLimits().bodyBytes);
    }

    void acceptEncoding_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("absent") << QByteArray() << false;
        QTest::newRow("qt") << QByteArray("gzip, deflate") << true;
        QTest::newRow("weight zero") << QByteArray("gzip;q=0, *") << false;
        QTest::newRow("weight") << QByteArray("br, GZIP ; q=0.5") << true;
        QTest::newRow("star") << QByteArray("*") << true;
        QTest::newRow("identity") << QByteArray("identity") << false;
    }
    void acceptEncoding()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, allowed);
        QCOMPARE(acceptsGzip(value), allowed);
    }

    void queryItems()
    {
        HttpRequest request;
        request.query = "a=1&b=x%20y+z&a=2&&flag&%C3%A4=%26";
        QCOMPARE(request.queryValues(QStringLiteral("a")), (QStringList{QStringLiteral("1"), QStringLiteral("2")}));
        QCOMPARE(request.queryValues(QStringLiteral("b")), QStringList{QStringLiteral("x y z")});
        QCOMPARE(request.queryValues(QStringLiteral("ä")), QStringList{QStringLiteral("&")});
        QCOMPARE(request.queryItems().size(), 5);
    }

    void dates()
    {
        QCOMPARE(httpDate(std::chrono::sys_seconds(std::chrono::seconds(784111777))), QByteArray("Sun, 06 Nov 1994 08:49:37 GMT"));
        QCOMPARE(jsonText(QJsonValue(QStringLiteral("a\"b"))), QByteArray("\"a\\\"b\""));
    }

private:
    static void visit(Router &router, const QByteArray &method, const QString &path)
    {
        HttpRequest request;
        request.method = method;
        request.path = path;
        router.handle(request, HttpResponder(std::make_shared<HttpExchange>(nullptr)));
    }
};

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_router.moc"
