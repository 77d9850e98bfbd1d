// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace novita;

class TestRedact : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { clearRegisteredSecrets(); }

    void hidesSecrets_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QString::fromUtf8(text); };
        row("bearer", "Authorization: Bearer PLANTED-1");
        row("bare header", "Authorization: PLANTED-1");
        row("json", R"({"password":"PLANTED-1"})");
        row("json with blanks", R"({"sshPassword" : "PLANTED-1 more"})");
        row("escaped json", "\"{\\\"password\\\":\\\"PLANTED-1\\\"}\"");
        row("json with escapes", "{\"token\":\"a\\\"PLANTED-1\"}");
        row("env", R"({"envs":[{"key":"HF_HOME","value":"PLANTED-1"}]})");
        row("query", "GET /x?token=PLANTED-1&a=b");
        row("signed url", "https://s3.example/x.png?X-Amz-Signature=PLANTED-1&X-Amz-Expires=PLANTED-1");
        row("userinfo", "https://robot:PLANTED-1@ghcr.io/v2");
        row("image auth", R"({"imageAuth":"robot:PLANTED-1"})");
        row("sk key", "key sk_PLANTED-1 used");
        row("env assignment", "NOVITA_API_KEY=PLANTED-1 ./run");
        row("cookie", "Set-Cookie: PLANTED-1");
    }
    void hidesSecrets()
    {
        QFETCH(QString, text);
        const QString out = redact(text);
        QVERIFY2(!out.contains(QStringLiteral("PLANTED-1")), qPrintable(out));
        QCOMPARE(redact(out), out);
    }
    void keepsWhatIsNotSecret()
    {
        const QString text = QStringLiteral(R"({"imageAuthId":"2f0c","name":"trainer-a","instanceId":"3f9c"})");
        QCOMPARE(redact(text), text);
    }
    void hidesRegisteredLiteralsEverywhere()
    {
        registerSecret(QStringLiteral("plain word value"));
        registerSecret(QStringLiteral("abc")); // too short to be a secret
        QCOMPARE(redact(QStringLiteral("x plain word value y abc")), QStringLiteral("x ••• y abc"));
        QVERIFY(!redact(QStringLiteral("x=plain%20word%20value")).contains(QStringLiteral("plain")));
    }
    /// Excerpts stop anywhere, also inside the value of a variable.
    void hidesVariablesThatAreCutOrLong()
    {
        QVERIFY(!redact(QStringLiteral("{\"envs\":[{\"key\":\"HF_HOME\",\"value\":\"PLANTED-1 and mo")).contains(QStringLiteral("PLANTED-1")));
        const QString big = QString(60000, QLatin1Char('x')) + QStringLiteral("PLANTED-1");
        const QString out = redact(QStringLiteral("{\"key\":\"A\",\"value\":\"%1\"},{\"key\":\"B\",\"value\":\"PLANTED-1\"}").arg(big));
        QVERIFY(!out.contains(QStringLiteral("PLANTED-1")));
        QVERIFY(out.contains(QStringLiteral("\"key\":\"B\"")));
    }
    /// A secret that the end of an excerpt cuts in two is no known literal any more: cut after redacting.
    void excerptsHideWhatTheyCut()
    {
        registerSecret(QStringLiteral("abcdefghijklmnopqrstuvwxyz"));
        const QString text = QString(90, QLatin1Char('.')) + QStringLiteral("abcdefghijklmnopqrstuvwxyz");
        QVERIFY(!redactedExcerpt(text, 100).contains(QStringLiteral("abcdef")));
        QVERIFY(redactedExcerpt(text, 100).size() <= 100);
        QCOMPARE(redactedExcerpt(QStringLiteral("short"), 100), QStringLiteral("short"));
        QVERIFY(redactedExcerpt(QString(1000000, QLatin1Char('a')), 100).size() <= 100);
    }
    void jsonKeepsItsShape()
    {
        const QJsonObject in = QJsonDocument::fromJson(
            R"({"name":"a","password":"p1","empty":{"password":""},"envs":[{"key":"K","value":"V"}],"n":3})").object();
        const QJsonObject out = redactJson(in).toObject();
        QCOMPARE(out.value(QLatin1String("name")).toString(), QStringLiteral("a"));
        QCOMPARE(out.value(QLatin1String("password")).toString(), QStringLiteral("•••"));
        QCOMPARE(out.value(QLatin1String("envs")).toArray().at(0).toObject().value(QLatin1String("value")).toString(), QStringLiteral("•••"));
        QCOMPARE(out.value(QLatin1String("empty")).toObject().value(QLatin1String("password")).toString(), QString());
        QCOMPARE(out.value(QLatin1String("n")).toInt(), 3);
    }
    void longTextIsRedactedAndKept()
    {
        QString text = QStringLiteral("password password=").repeated(2000) + QStringLiteral(" ; ") + QString(200000, QLatin1Char('a'));
        const QString out = redact(text);
        QVERIFY(out.size() > 100000);
    }
};

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
