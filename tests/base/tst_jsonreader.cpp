// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonreader.h"

#include <QJsonDocument>
#include <QTest>

using namespace novita;

class TestJsonReader : public QObject
{
    Q_OBJECT

    static QJsonObject json(const char *text) { return QJsonDocument::fromJson(text).object(); }

private slots:
    void numbersMayBeText()
    {
        DecodeLog log;
        const JsonReader r(json(R"({"a":"62","b":62,"c":"","d":null,"f":62.0,"g":"9007199254740993"})"), log);
        QCOMPARE(r.integer(QLatin1String("a")), std::optional<qint64>(62));
        QCOMPARE(r.integer(QLatin1String("b")), std::optional<qint64>(62));
        QCOMPARE(r.integer(QLatin1String("c")), std::nullopt);
        QCOMPARE(r.integer(QLatin1String("d")), std::nullopt);
        QCOMPARE(r.integer(QLatin1String("e")), std::nullopt);
        QCOMPARE(r.integer(QLatin1String("f")), std::optional<qint64>(62));
        QCOMPARE(r.integer(QLatin1String("g")), std::optional<qint64>(9007199254740993));
        QVERIFY(log.warnings.isEmpty());
    }
    void impossibleTypesAreNamedByPath()
    {
        DecodeLog log;
        const JsonReader r(json(R"({"list":[{"n":{}},7,{"n":"x"}]})"), log);
        int seen = 0;
        r.forEach(QLatin1String("list"), [&](const JsonReader &item) {
            ++seen;
            QCOMPARE(item.integer(QLatin1String("n")), std::nullopt);
        });
        QCOMPARE(seen, 2);
        QCOMPARE(log.warnings.size(), 3);
        QVERIFY(log.warnings.at(0).startsWith(QStringLiteral("$.list[0].n:")));
        QVERIFY(log.warnings.at(1).startsWith(QStringLiteral("$.list[1]:")));
        QVERIFY(!log.fatal);
    }
    void missingRequiredTextIsFatal()
    {
        DecodeLog log;
        const JsonReader r(json(R"({"row":{"id":""}})"), log);
        QVERIFY(r.object(QLatin1String("row")).requiredString(QLatin1String("id")).isEmpty());
        QVERIFY(log.fatal);
        QCOMPARE(log.fatal->kind, ErrorKind::Protocol);
        QVERIFY(log.fatal->message.contains(QStringLiteral("$.row.id")));
    }
    void unsetTimesAreEmpty()
    {
        DecodeLog log;
        const JsonReader r(json(R"({"a":"-1","b":"0","c":"","d":1763683200,"e":"99999999999999"})"), log);
        QVERIFY(!r.unixSeconds(QLatin1String("a")));
        QVERIFY(!r.unixSeconds(QLatin1String("b")));
        QVERIFY(!r.unixSeconds(QLatin1String("c")));
        QCOMPARE(r.unixSeconds(QLatin1String("d")), std::optional<TimePoint>(TimePoint(Seconds(1763683200))));
        QVERIFY(!r.unixSeconds(QLatin1String("e")));
        QCOMPARE(log.warnings.size(), 1);
    }
    void parseTakesEmptyBareTextAndRefusesHtml()
    {
        QVERIFY(parseJson({}).value().isUndefined());
        QCOMPARE(parseJson("\"ns-7d21\"").value().toString(), QStringLiteral("ns-7d21"));
        const Result<QJsonValue> html = parseJson("<html>sk_0123456789abcdef</html>");
        QVERIFY(!html);
        QCOMPARE(html.error().kind, ErrorKind::Protocol);
        QVERIFY(!html.error().detail.contains(QStringLiteral("sk_0123456789abcdef")));
        QVERIFY(!parseJson("{\"a\":1} x"));
        QVERIFY(!parseJson("1,2"));
    }
    void deepNestingIsRefusedNotCrashed()
    {
        const Result<QJsonValue> deep = parseJson(QByteArray(200000, '['));
        QVERIFY(!deep);
        QCOMPARE(deep.error().fault, ProtocolFault::TooDeep);
    }
};

QTEST_GUILESS_MAIN(TestJsonReader)
#include "tst_jsonreader.moc"
