// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/localapi/apireports.h"
#include "core/localapi/prometheustext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <limits>

using namespace novita;

namespace {

using L1 = QLatin1String;

struct Parsed
{
    QString problem;
    QList<QJsonObject> samples;

    /// NaN when it is not there.
    double value(const QString &name, const QJsonObject &labels = {}) const
    {
        for (const QJsonObject &sample : samples) {
            if (sample.value(L1("name")).toString() == name && sample.value(L1("labels")).toObject() == labels)
                return sample.value(L1("value")).toDouble();
        }
        return std::numeric_limits<double>::quiet_NaN();
    }
    bool has(const QString &name) const
    {
        return std::any_of(samples.begin(), samples.end(), [&](const QJsonObject &sample) { return sample.value(L1("name")).toString() == name; });
    }
};

/// By another's parser: the Python library of Prometheus.
Parsed parse(const QByteArray &metrics)
{
    QProcess process;
    process.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(NOVITA_SOURCE_DIR "/tests/localapi/check_metrics.py")});
    process.write(metrics);
    process.closeWriteChannel();
    if (!process.waitForFinished(30000) || process.exitCode() != 0)
        return {QString::fromUtf8(process.readAllStandardError()) + process.errorString(), {}};
    Parsed parsed;
    for (const QByteArray &line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            parsed.samples.append(QJsonDocument::fromJson(line).object());
    }
    return parsed;
}

/// Everything is known, and names are as bad as they can be.
ApiFigures fullFigures()
{
    ApiFigures figures;
    figures.at = TimePoint(Milliseconds(1767225600000));
    figures.uptime = Seconds(120);
    figures.profile = QStringLiteral("a \"quoted\" \\ back\nslash — ü");
    figures.byStatus[static_cast<std::size_t>(InstanceStatus::Running)] = 7;
    figures.byStatus[static_cast<std::size_t>(InstanceStatus::Unknown)] = 1;
    figures.instancesReadAt = figures.at - Seconds(5);
    figures.missedRefreshes = 2;
    figures.fleet.burn.onDemandPerHour = Money::fromPriceUnits(123456);
    figures.fleet.burn.spotPerHour = Money::fromPriceUnits(1);
    figures.fleet.unpriced = 3;
    figures.fleet.balanceLasts = std::chrono::hours(10);
    figures.balance = Balance{Money::fromPriceUnits(4567890), {}, {}, {}};
    figures.hasKey = true;
    figures.client.lastSuccessAt = figures.at;
    figures.client.limiterUsed = 12;
    figures.client.queued = 4;
    figures.requests.endings = {10, 2, 1, 3};
    figures.requests.cacheHits = 5;
    figures.requests.cacheMisses = 15;
    for (const int ms : {10, 50, 51, 700, 90000})
        figures.requests.latency.add(Milliseconds(ms));
    RequestCount count;
    count.count = 10;
    count.answered = 4;
    count.total = Milliseconds(100);
    count.least = Milliseconds(10);
    count.most = Milliseconds(60);
    count.statuses = {{200, 4}, {0, 6}};
    count.last = figures.at;
    figures.requests.byMethod.insert(QStringLiteral("GET"), count);
    figures.requests.byOperation.insert(QStringLiteral("listInstances"), count);
    figures.requests.rates[1] = {5, 12.5, 25.0, Milliseconds(40)};
    figures.requests.lastLatency = Milliseconds(33);
    figures.requests.lastAt = figures.at;
    WebhookFigures webhooks;
    webhooks.receiverWanted = webhooks.receiverListening = true;
    webhooks.received.results[static_cast<std::size_t>(DeliveryResult::BadSignature)] = 9;
    webhooks.sent = QMap<QString, qint64>{{QStringLiteral("delivered"), 4}};
    webhooks.sendQueue = 2;
    figures.webhooks = webhooks;
    return figures;
}

} // namespace

class TestApiReports final : public QObject
{
    Q_OBJECT

private slots:
    void metricsAreReadByAnothersParser()
    {
        const QByteArray text = apireports::metrics(fullFigures(), readProcessFigures());
        const Parsed parsed = parse(text);
        QVERIFY2(parsed.problem.isEmpty(), qPrintable(parsed.problem + QString::fromUtf8(text)));
        QCOMPARE(parsed.value(QStringLiteral("novita_instances"), {{L1("state"), L1("running")}}), 7.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_instances"), {{L1("state"), L1("exited")}}), 0.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_instances"), {{L1("state"), L1("unknown")}}), 1.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_burn_usd_per_hour"), {{L1("kind"), L1("on_demand")}}), 1.23456);
        QCOMPARE(parsed.value(QStringLiteral("novita_burn_usd_per_hour"), {{L1("kind"), L1("spot")}}), 0.00001);
        QCOMPARE(parsed.value(QStringLiteral("novita_balance_usd")), 45.6789);
        QCOMPARE(parsed.value(QStringLiteral("novita_balance_lasts_seconds")), 36000.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_api_requests_total"), {{L1("result"), L1("limited")}}), 1.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_api_circuit_breaker_state"), {{L1("state"), L1("closed")}}), 1.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_webhook_deliveries_total"), {{L1("result"), L1("bad_signature")}}), 9.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_webhook_sent_total"), {{L1("result"), L1("delivered")}}), 4.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_webhook_send_queue")), 2.0);
        QCOMPARE(parsed.value(QStringLiteral("process_start_time_seconds")), 1767225480.0);
        QVERIFY(parsed.value(QStringLiteral("process_resident_memory_bytes")) > 1e6);
        QVERIFY(parsed.value(QStringLiteral("process_cpu_seconds_total")) >= 0);
    }

    void labelsComeThroughWhole()
    {
        const Parsed parsed = parse(apireports::metrics(fullFigures(), {}));
        QCOMPARE(parsed.value(QStringLiteral("novita_console_info"), {{L1("version"), L1(NOVITA_VERSION)}, {L1("profile"), fullFigures().profile}}), 1.0);
    }

    void bucketsAreCumulative()
    {
        const Parsed parsed = parse(apireports::metrics(fullFigures(), {}));
        const QString bucket = QStringLiteral("novita_api_request_duration_seconds_bucket");
        QCOMPARE(parsed.value(bucket, {{L1("le"), L1("0.05")}}), 2.0); // 50 ms belongs to it
        QCOMPARE(parsed.value(bucket, {{L1("le"), L1("0.1")}}), 3.0);
        QCOMPARE(parsed.value(bucket, {{L1("le"), L1("1")}}), 4.0);
        QCOMPARE(parsed.value(bucket, {{L1("le"), L1("60")}}), 4.0);
        QCOMPARE(parsed.value(bucket, {{L1("le"), L1("+Inf")}}), 5.0);
        QCOMPARE(parsed.value(QStringLiteral("novita_api_request_duration_seconds_sum")), 90.811);
    }

    void whatIsUnknownIsNotThere()
    {
        const ApiFigures nothing;
        const QByteArray text = apireports::metrics(nothing, {});
        const Parsed parsed = parse(text);
        QVERIFY2(parsed.problem.isEmpty(), qPrintable(parsed.problem + QString::fromUtf8(text)));
        for (const char *name : {"novita_balance_usd", "novita_burn_usd_per_hour", "novita_balance_lasts_seconds", "novita_webhook_deliveries_total",
                                 "novita_instances_read_timestamp_seconds", "process_resident_memory_bytes"})
            QVERIFY2(!parsed.has(QLatin1String(name)), name);
        const QJsonObject health = apireports::health(nothing, {});
        QVERIFY(!health.value(L1("performance")).toObject().contains(L1("averageResponseTime")));
        QVERIFY(!health.value(L1("dependencies")).toObject().value(L1("novitaApi")).toObject().contains(L1("responseTime")));
        QVERIFY(!apireports::summary(nothing, {}).value(L1("cache")).toObject().contains(L1("hitRatePercent")));
    }

    void theParserFindsFault_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no help") << QByteArray("# TYPE a gauge\na 1\n");
        QTest::newRow("counter by another name") << QByteArray("# HELP a A.\n# TYPE a counter\na 1\n");
        QTest::newRow("no last bucket") << QByteArray("# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n");
        QTest::newRow("twice") << QByteArray("# HELP a A.\n# TYPE a gauge\na 1\na 2\n");
        QTest::newRow("no number") << QByteArray("# HELP a A.\n# TYPE a gauge\na one\n");
    }
    /// The check checks.
    void theParserFindsFault()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!parse(text).problem.isEmpty());
    }

    void healthTellsWhatIsDown()
    {
        ApiFigures figures = fullFigures();
        QVERIFY(apireports::isHealthy(figures));
        QJsonObject health = apireports::health(figures, readProcessFigures());
        QCOMPARE(health.value(L1("status")).toString(), QStringLiteral("healthy"));
        QCOMPARE(health.value(L1("timestamp")).toString(), QStringLiteral("2026-01-01T00:00:00.000Z"));
        QCOMPARE(health.value(L1("uptime")).toDouble(), 120.0);
        QCOMPARE(health.value(L1("services")).toObject(),
                 (QJsonObject{{L1("novitaApi"), L1("up")}, {L1("history"), L1("up")}, {L1("webhookReceiver"), L1("up")}, {L1("deliveryStore"), L1("up")}}));
        QVERIFY(!health.contains(L1("reasons")));
        const QJsonObject cloud = health.value(L1("dependencies")).toObject().value(L1("novitaApi")).toObject();
        QCOMPARE(cloud.value(L1("responseTime")).toInt(), 33);
        QCOMPARE(cloud.value(L1("lastChecked")).toString(), QStringLiteral("2026-01-01T00:00:00.000Z"));
        QCOMPARE(health.value(L1("performance")).toObject(),
                 (QJsonObject{{L1("requestsPerMinute"), 12.5}, {L1("averageResponseTime"), 40}, {L1("errorRate"), 25.0}}));

        figures.client.breaker = BreakerState::Open;
        figures.historyProblem = QStringLiteral("The disk is full.");
        figures.webhooks->receiverListening = false;
        QVERIFY(!apireports::isHealthy(figures));
        health = apireports::health(figures, {});
        QCOMPARE(health.value(L1("status")).toString(), QStringLiteral("unhealthy"));
        QCOMPARE(health.value(L1("services")).toObject(),
                 (QJsonObject{{L1("novitaApi"), L1("down")}, {L1("history"), L1("down")}, {L1("webhookReceiver"), L1("down")}, {L1("deliveryStore"), L1("up")}}));
        QCOMPARE(health.value(L1("reasons")).toObject().value(L1("history")).toString(), QStringLiteral("The disk is full."));
        QVERIFY(health.value(L1("reasons")).toObject().value(L1("novitaApi")).toString().contains(QLatin1String("breaker")));
    }

    /// A sender gets nothing from a program that is otherwise well.
    void aReceiverThatIsWantedAndDownIsNoHealth()
    {
        ApiFigures figures = fullFigures();
        figures.webhooks->receiverListening = false;
        QVERIFY(!apireports::isHealthy(figures));
        figures.webhooks->receiverWanted = false;
        QVERIFY(apireports::isHealthy(figures));
        figures.webhooks->receiverWanted = figures.webhooks->receiverListening = true;
        figures.deliveriesProblem = QStringLiteral("The disk is full.");
        QVERIFY(!apireports::isHealthy(figures));
    }

    void aCloudWithoutKeyOrAnswerIsDown_data()
    {
        QTest::addColumn<QString>("word");
        QTest::newRow("profile") << QStringLiteral("profile");
        QTest::newRow("key") << QStringLiteral("key");
        QTest::newRow("not answered") << QStringLiteral("not answered");
        QTest::newRow("network") << QStringLiteral("cable");
    }
    void aCloudWithoutKeyOrAnswerIsDown()
    {
        QFETCH(QString, word);
        ApiFigures figures = fullFigures();
        if (word == L1("profile"))
            figures.profile.clear();
        else if (word == L1("key"))
            figures.hasKey = false;
        else if (word == L1("not answered"))
            figures.client.lastSuccessAt.reset();
        else
            figures.client.lastError = Error::make(ErrorKind::Network, QStringLiteral("The cable is out."));
        QVERIFY(!apireports::isHealthy(figures));
        const QString reason = apireports::health(figures, {}).value(L1("reasons")).toObject().value(L1("novitaApi")).toString();
        QVERIFY2(reason.contains(word), qPrintable(reason));
    }

    void summaryHasTheNamesOfOld()
    {
        const QJsonObject summary = apireports::summary(fullFigures(), readProcessFigures());
        QCOMPARE(summary.value(L1("performance")).toObject(),
                 (QJsonObject{{L1("requestsPerMinute"), 12.5}, {L1("averageResponseTimeMs"), 40}, {L1("errorRatePercent"), 25.0}}));
        QCOMPARE(summary.value(L1("cache")).toObject().value(L1("hitRatePercent")).toDouble(), 25.0);
        QVERIFY(summary.value(L1("system")).toObject().value(L1("memoryUsageMB")).toDouble() > 1);
        QCOMPARE(summary.value(L1("system")).toObject().value(L1("uptimeSeconds")).toDouble(), 120.0);
        const QJsonObject requests = summary.value(L1("requests")).toObject();
        QCOMPARE(requests.value(L1("total")).toInt(), 16);
        const QJsonObject get = requests.value(L1("byMethod")).toObject().value(L1("GET")).toObject();
        QCOMPARE(get.value(L1("averageDuration")).toDouble(), 25.0);
        QCOMPARE(get.value(L1("minDuration")).toInt(), 10);
        QCOMPARE(get.value(L1("statusCodes")).toObject(), (QJsonObject{{L1("200"), 4}, {L1("none"), 6}}));
        QCOMPARE(requests.value(L1("byEndpoint")).toObject().value(L1("listInstances")).toObject().value(L1("count")).toInt(), 10);
        QCOMPARE(summary.value(L1("instances")).toObject().value(L1("total")).toInt(), 8);
        QCOMPARE(summary.value(L1("webhooks")).toObject().value(L1("bad_signature")).toInt(), 9);
    }

    void numbersAsTheFormatWantsThem()
    {
        PrometheusText text;
        text.family("a", PrometheusText::Type::Gauge, QStringLiteral("Back\\slash\nand break."));
        text.sample(std::numeric_limits<double>::quiet_NaN());
        text.sample(std::numeric_limits<double>::infinity(), {{"b", QStringLiteral("x")}});
        text.sample(-std::numeric_limits<double>::infinity(), {{"b", QStringLiteral("y")}, {"c", QStringLiteral("z")}});
        text.sample(1e300, {{"b", QStringLiteral("large")}});
        text.sample(qint64(-3), {{"b", QStringLiteral("whole")}});
        QCOMPARE(text.text(), QByteArray("# HELP a Back\\\\slash\\nand break.\n# TYPE a gauge\na NaN\na{b=\"x\"} +Inf\na{b=\"y\",c=\"z\"} -Inf\n"
                                         "a{b=\"large\"} 1e+300\na{b=\"whole\"} -3\n"));
    }
};

QTEST_GUILESS_MAIN(TestApiReports)
#include "tst_apireports.moc"
