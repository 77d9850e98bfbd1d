// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/requesttext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace novita;

namespace {

RequestPreview awkward()
{
    const QJsonObject body{{QStringLiteral("instanceId"), QStringLiteral("a1")},
                           {QStringLiteral("command"), QStringLiteral("sh -c 'echo \"$HOME\\n\"'")},
                           {QStringLiteral("name"), QStringLiteral("Größe 😀\t%1")},
                           {QStringLiteral("save"), true},
                           {QStringLiteral("none"), QJsonValue::Null},
                           {QStringLiteral("ports"), QJsonArray{QJsonObject{{QStringLiteral("port"), 8080}, {QStringLiteral("type"), QStringLiteral("http")}}}},
                           {QStringLiteral("empty"), QJsonArray{}}};
    return {QStringLiteral("POST"), QStringLiteral("http://127.0.0.1:9/gpu-instance/openapi/v1/gpu/instance/upgrade"), body};
}

} // namespace

/// Requests as commands and programs: read back by the very programs they are for.
class TestRequestText final : public QObject
{
    Q_OBJECT

    static QByteArray output(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        const bool ended = process.waitForFinished(20000);
        return ended && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray("failed: ") + process.readAllStandardError();
    }

private slots:
    void aShellReadsTheSameBody()
    {
        QString command = requestText(awkward(), RequestForm::Curl);
        QVERIFY(command.startsWith(QLatin1String("curl -sS -X POST 'http://127.0.0.1:9/")));
        QVERIFY(command.contains(QLatin1String("\"Authorization: Bearer $NOVITA_API_KEY\"")));
        // curl is a function here that prints its last argument.
        command.prepend(QStringLiteral("curl() { eval \"printf %s \\\"\\${$#}\\\"\"; }; "));
        QCOMPARE(QJsonDocument::fromJson(output(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command})).object(), awkward().body.toObject());
    }

    void pythonReadsTheSameRequest()
    {
        QString program = requestText(awkward(), RequestForm::Python);
        QVERIFY(program.contains(QLatin1String("os.environ[\"NOVITA_API_KEY\"]")));
        program = program.left(program.indexOf(QLatin1String("with urllib.request.urlopen")));
        program += QStringLiteral("print(request.data.decode()); print(request.method); print(request.full_url); print(request.get_header('Authorization'))");
        program.prepend(QStringLiteral("import os\nos.environ['NOVITA_API_KEY'] = 'the-key'\n"));
        const QList<QByteArray> lines = output(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), program}).split('\n');
        QCOMPARE(QJsonDocument::fromJson(lines.value(0)).object(), awkward().body.toObject());
        QCOMPARE(lines.value(1), QByteArray("POST"));
        QCOMPARE(lines.value(2), awkward().url.toUtf8());
        QCOMPARE(lines.value(3), QByteArray("Bearer the-key"));
    }

    void secretsStayBehind()
    {
        RequestPreview request = awkward();
        request.body = QJsonObject{{QStringLiteral("envs"), QJsonArray{QJsonObject{{QStringLiteral("key"), QStringLiteral("A")}, {QStringLiteral("value"), QStringLiteral("geheim")}}}},
                                   {QStringLiteral("password"), QStringLiteral("swordfish")},
                                   {QStringLiteral("imageAuthId"), QStringLiteral("auth-1")}};
        for (const RequestForm form : {RequestForm::Curl, RequestForm::Python}) {
            const QString text = requestText(request, form);
            QVERIFY(!text.contains(QLatin1String("geheim")));
            QVERIFY(!text.contains(QLatin1String("swordfish")));
            QVERIFY(text.contains(QLatin1String("auth-1")));
            QVERIFY(text.startsWith(QLatin1String("# ")));
        }
    }

    void aReadHasNoBody()
    {
        const RequestPreview request{QStringLiteral("GET"), QStringLiteral("https://api.novita.ai/x?a=b'c"), QJsonValue(QJsonValue::Undefined)};
        const QString command = requestText(request, RequestForm::Curl);
        QVERIFY(command.contains(QLatin1String("'https://api.novita.ai/x?a=b'\\''c'")));
        QVERIFY(!command.contains(QLatin1String("--data")));
        QVERIFY(!requestText(request, RequestForm::Python).contains(QLatin1String("data=")));
        QCOMPARE(shellQuoted(QString()), QStringLiteral("''"));
    }
};

QTEST_GUILESS_MAIN(TestRequestText)
#include "tst_requesttext.moc"
