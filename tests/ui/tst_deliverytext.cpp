// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/webhooks/deliverytext.h"
#include "ui/webhooks/deliverywords.h"

#include <QProcess>
#include <QTest>

using namespace novita;

namespace {

Delivery withBody(const QByteArray &body)
{
    Delivery delivery;
    delivery.id = 7;
    delivery.path = QStringLiteral("/webhook");
    delivery.body = body;
    delivery.bytes = body.size();
    delivery.headers = {{"Host", "localhost"}, {"Content-Type", "application/json"}, {"X-Webhook-Signature", "sha256=ab"}, {"Content-Length", "3"}};
    return delivery;
}

/// What a shell makes of `script` when curl prints its arguments, one a line, and its standard input.
QByteArray ran(const QString &script)
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("curl() { for a in \"$@\"; do printf '[%s]' \"$a\"; done; [ \"$a\" != @- ] || cat; }\n") + script});
    shell.closeWriteChannel();
    return shell.waitForFinished(5000) ? shell.readAllStandardOutput() : QByteArray();
}

} // namespace

/// Bytes that somebody else wrote, as text.
class TestDeliveryText final : public QObject
{
    Q_OBJECT

private slots:
    void jsonKeepsOrderAndNumbers()
    {
        const std::optional<QString> pretty = deliverytext::prettyJson("{\"b\":1.10,\"a\":[1,2],\"e\":{},\"f\":[ ],\"t\":\"x:{,\\\"}\"}");
        QVERIFY(pretty.has_value());
        QCOMPARE(*pretty, QStringLiteral("{\n  \"b\": 1.10,\n  \"a\": [\n    1,\n    2\n  ],\n  \"e\": {},\n  \"f\": [],\n  \"t\": \"x:{,\\\"}\"\n}"));
    }

    void noJsonAndTooLong()
    {
        QVERIFY(!deliverytext::prettyJson("{\"a\":"));
        QVERIFY(!deliverytext::prettyJson(""));
        QVERIFY(!deliverytext::prettyJson('"' + QByteArray(deliverytext::kMostShown, 'a') + '"'));
    }

    void deepJsonDoesNotBlowUp()
    {
        const QByteArray deep = QByteArray(1000, '[') + QByteArray("1,").repeated(2000) + '1' + QByteArray(1000, ']');
        const std::optional<QString> pretty = deliverytext::prettyJson(deep);
        QVERIFY(pretty.has_value());
        QVERIFY(pretty->size() < 400000);
    }

    void everyByteCanBeSeen()
    {
        QCOMPARE(deliverytext::escapedText(QByteArray("a\0b\x1b[1m\r\n", 9)), QStringLiteral("a\\x00b\\x1b[1m\\x0d\n"));
        QCOMPARE(deliverytext::escapedText("\xff\xc3("), QStringLiteral("\\xff\\xc3("));
        QCOMPARE(deliverytext::escapedText("g\xc3\xbcn \xf0\x9f\x98\x80"), QString::fromUtf8("g\xc3\xbcn \xf0\x9f\x98\x80"));
        QCOMPARE(deliverytext::escapedText("\xe2\x80\xae"), QStringLiteral("\\xe2\\x80\\xae")); // turns the direction of writing
        QCOMPARE(deliverytext::escapedText("\xf3\xa0\x81\x81"), QStringLiteral("\\xf3\\xa0\\x81\\x81")); // a tag
        QCOMPARE(deliverytext::escapedText("\xf3\xb0\x80\x80"), QStringLiteral("\\xf3\\xb0\\x80\\x80")); // private use
        QCOMPARE(deliverytext::escapedText("\xe2\x80"), QStringLiteral("\\xe2\\x80"));
    }

    void hexLines()
    {
        const QString dump = deliverytext::hexDump(QByteArray("0123456789abcdef\x01z"));
        const QStringList lines = dump.split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines.first(), QStringLiteral("00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef"));
        QVERIFY(lines.last().startsWith(QStringLiteral("00000010  01 7a")));
        QVERIFY(lines.last().endsWith(QStringLiteral(" .z")));
        QVERIFY(deliverytext::hexDump({}).isEmpty());
    }

    void curlSendsTheSameBytes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("json") << QByteArray("{\"a\":\"it's $HOME `x`\"}");
        QTest::newRow("at sign") << QByteArray("@/etc/passwd");
        QTest::newRow("bytes") << QByteArray("\0\xff\x1b[31m\n'", 8);
        QTest::newRow("long") << QByteArray(10000, 'x');
    }
    void curlSendsTheSameBytes()
    {
        QFETCH(QByteArray, body);
        const QString command = deliverytext::curlCommand(withBody(body), QStringLiteral("http://127.0.0.1:8787/webhook"));
        const QByteArray out = ran(command);
        QVERIFY2(out.contains("[http://127.0.0.1:8787/webhook]"), out.constData());
        QVERIFY(out.contains("[Content-Type: application/json]"));
        QVERIFY(out.contains("[X-Webhook-Signature: sha256=ab]"));
        QVERIFY(!out.contains("Content-Length"));
        QVERIFY2(out.endsWith("[--data-raw][" + body + "]") || out.endsWith("[--data-binary][@-]" + body), qPrintable(command));
    }

    void curlNamesWhatIsMissing()
    {
        Delivery delivery = withBody("{}");
        delivery.headers.append(HttpHeaders::Field{"Authorization", "•••"});
        delivery.headers.append(HttpHeaders::Field{"X-Odd", "a\x1b[2J"});
        const QString command = deliverytext::curlCommand(delivery, QStringLiteral("http://127.0.0.1:8787/webhook/•••"));
        QVERIFY(command.startsWith(QStringLiteral("# ")));
        QVERIFY(command.contains(QStringLiteral("Authorization was blotted out")));
        QVERIFY(command.contains(QStringLiteral("X-Odd was left out")));
        QVERIFY(command.contains(QStringLiteral("\"http://127.0.0.1:8787/webhook/$WEBHOOK_PATH_TOKEN\"")));
        QVERIFY(!command.contains(QChar(0x1b)));
    }

    void fileNames()
    {
        QCOMPARE(deliverytext::fileName(withBody("{}")), QStringLiteral("delivery-7.json"));
        QCOMPARE(deliverytext::fileName(withBody("\xff")), QStringLiteral("delivery-7.bin"));
    }

    void sentences()
    {
        Delivery delivery = withBody("{}");
        for (int i = 0; i <= static_cast<int>(kLastDeliveryResult); ++i) {
            delivery.result = static_cast<DeliveryResult>(i);
            QVERIFY(!deliverywords::look(delivery.result).word.isEmpty());
            QVERIFY(deliverywords::sentence(delivery).size() > 3);
        }
        delivery.result = DeliveryResult::BadSignature;
        delivery.reason = QStringLiteral("no signature");
        QVERIFY(deliverywords::sentence(delivery).contains(QStringLiteral("no signature")));
        QVERIFY(deliverywords::sentence(delivery).size() > 30);
        delivery.result = DeliveryResult::Malformed;
        delivery.reason = QStringLiteral("instanceId is missing");
        QCOMPARE(deliverywords::sentence(delivery), delivery.reason);
        delivery.result = DeliveryResult::Duplicate;
        delivery.duplicateOf = 1204;
        QCOMPARE(deliverywords::note(delivery), QStringLiteral("of #1204"));
        QVERIFY(deliverywords::sentence(delivery).contains(QStringLiteral("#1204")));
        delivery.body.clear();
        QVERIFY(deliverywords::whyNoBody(delivery).contains(QStringLiteral("#1204")));
        QCOMPARE(deliverywords::kind(QStringLiteral("startup_failed")), QStringLiteral("start failed"));
        QCOMPARE(deliverywords::kind(QStringLiteral("brand_new")), QStringLiteral("brand_new"));
    }
};

QTEST_GUILESS_MAIN(TestDeliveryText)
#include "tst_deliverytext.moc"
