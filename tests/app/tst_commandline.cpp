// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include <QTest>

using namespace novita;

class TestCommandLine : public QObject
{
    Q_OBJECT

    static Result<CommandLineOutcome> parse(const QStringList &arguments, const QMap<QString, QString> &variables = {})
    {
        QProcessEnvironment environment;
        for (auto it = variables.begin(); it != variables.end(); ++it)
            environment.insert(it.key(), it.value());
        return parseCommandLine(QStringList{QStringLiteral("novita-console")} + arguments, environment);
    }

private slots:
    void nothingGivenRunsWithDefaults()
    {
        const auto outcome = parse({});
        QVERIFY(outcome);
        QCOMPARE(outcome->kind, CommandLineOutcome::Kind::Run);
        QVERIFY(!outcome->options.sandbox);
        QVERIFY(!outcome->options.apiRoot);
        QVERIFY(!outcome->options.dataDir.isEmpty());
    }
    void rootComesFromOptionBeforeEnvironment()
    {
        const QMap<QString, QString> env{{QStringLiteral("NOVITA_API_BASE_URL"), QStringLiteral("https://a.example/gpu-instance/openapi/")},
                                         {QStringLiteral("NOVITA_API_URL"), QStringLiteral("https://b.example")}};
        QCOMPARE(parse({}, env)->options.apiRoot, std::optional<QUrl>(QUrl(QStringLiteral("https://a.example"))));
        const auto both = parse({QStringLiteral("--api-root"), QStringLiteral("http://127.0.0.1:8080")}, env);
        QCOMPARE(both->options.apiRoot, std::optional<QUrl>(QUrl(QStringLiteral("http://127.0.0.1:8080"))));
        QCOMPARE(both->options.apiRootSource, QStringLiteral("--api-root"));
    }
    void localApiOfThisRun()
    {
        QVERIFY(!parse({})->options.localApi.port);
        const auto given = parse({QStringLiteral("--local-api-port"), QStringLiteral("9000")}, {{QStringLiteral("LOCAL_API_TOKEN"), QStringLiteral(" abc ")}});
        QCOMPARE(given->options.localApi.port, std::optional<quint16>(quint16(9000)));
        QCOMPARE(given->options.localApi.token, QStringLiteral("abc"));
        for (const char *bad : {"", "x", "-1", "65536"})
            QVERIFY2(!parse({QStringLiteral("--local-api-port"), QLatin1String(bad)}), bad);
    }
    void keyIsTakenAndTrimmed()
    {
        QCOMPARE(parse({}, {{QStringLiteral("NOVITA_API_KEY"), QStringLiteral(" sk_x \n")}})->options.environmentKey, QStringLiteral("sk_x"));
    }
    void receiverOfThisRun()
    {
        const auto outcome = parse({QStringLiteral("--receiver-port"), QStringLiteral("0")},
                                   {{QStringLiteral("WEBHOOK_SECRET"), QStringLiteral("a secret")}, {QStringLiteral("WEBHOOK_PATH_TOKEN"), QStringLiteral("token")}});
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->options.webhooks.port, std::optional(quint16(0)));
        QCOMPARE(outcome->options.webhooks.secret, QStringLiteral("a secret"));
        QCOMPARE(outcome->options.webhooks.pathToken, QStringLiteral("token"));
        QVERIFY(!parse({})->options.webhooks.port.has_value());
        for (const QString &bad : {QStringLiteral("65536"), QStringLiteral("-1"), QStringLiteral("http"), QString()})
            QVERIFY(parse({QStringLiteral("--receiver-port"), bad}).error().message.contains(QLatin1String("65535")));
    }

    void helpAndVersionNeedNoDisplay()
    {
        QCOMPARE(parse({QStringLiteral("--help")})->kind, CommandLineOutcome::Kind::PrintAndExit);
        QVERIFY(!parse({QStringLiteral("--help")})->text.contains(QStringLiteral("<executable_name>")));
        QVERIFY(parse({QStringLiteral("--version")})->text.contains(QStringLiteral(NOVITA_VERSION)));
    }
    void badArgumentsAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const QStringList &arguments, const char *named) {
            QTest::newRow(name) << arguments << QString::fromLatin1(named);
        };
        row("unknown", {QStringLiteral("--frobnicate")}, "frobnicate");
        row("stray", {QStringLiteral("x")}, "x");
        row("plain http", {QStringLiteral("--api-root"), QStringLiteral("http://example.com")}, "--api-root");
        row("log level", {QStringLiteral("--log-level"), QStringLiteral("loud")}, "--log-level");
        row("both", {QStringLiteral("--sandbox"), QStringLiteral("--api-root"), QStringLiteral("https://x.example")}, "--sandbox");
        row("instances", {QStringLiteral("--sandbox"), QStringLiteral("--sandbox-instances"), QStringLiteral("-4")}, "--sandbox-instances");
        row("time scale", {QStringLiteral("--sandbox"), QStringLiteral("--sandbox-time-scale"), QStringLiteral("nan")}, "--sandbox-time-scale");
        row("no folder", {QStringLiteral("--data-dir"), QString()}, "--data-dir");
    }
    void badArgumentsAreNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const auto outcome = parse(arguments);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::Validation);
        QVERIFY2(outcome.error().message.contains(named), qPrintable(outcome.error().message));
    }
    void badRootInTheEnvironmentNamesTheVariable()
    {
        const auto outcome = parse({}, {{QStringLiteral("NOVITA_API_URL"), QStringLiteral("ftp://x")}});
        QVERIFY(!outcome);
        QVERIFY(outcome.error().message.contains(QStringLiteral("NOVITA_API_URL")));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
