// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandboxclient.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

using namespace novita;

/// The program as a person starts it.
class TestSandboxProgram final : public QObject
{
    Q_OBJECT

private:
    static void run(QProcess &process, const QStringList &arguments)
    {
        process.start(QStringLiteral(NOVITA_BIN_DIR "/novita-sandbox"), arguments);
    }
    /// Standard error of a start that must fail.
    static QString complaint(const QStringList &arguments)
    {
        QProcess process;
        run(process, arguments);
        if (!process.waitForFinished(10000) || process.exitCode() == 0)
            return QStringLiteral("did not fail");
        return QString::fromUtf8(process.readAllStandardError());
    }

private slots:
    void servesAndStops()
    {
        QProcess process;
        run(process, {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--instances"), QStringLiteral("3"), QStringLiteral("--key"), QStringLiteral("only-this")});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY(process.canReadLine());
        const QByteArray line = process.readLine().trimmed();
        QVERIFY(line.startsWith("http://127.0.0.1:"));
        SandboxClient client(QUrl(QString::fromUtf8(line)), "only-this");
        QCOMPARE(client.get(QStringLiteral("v1/gpu/instances")).json().value(QLatin1String("total")).toInt(), 3);
        client.setAuthorization("Bearer another-key");
        QCOMPARE(client.get(QStringLiteral("v1/gpu/instances")).status, 401);

        QVERIFY(complaint({QStringLiteral("--port"), QString::fromUtf8(line.mid(line.lastIndexOf(':') + 1))}).contains(QLatin1String("Cannot listen")));
        process.terminate();
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    void badArguments()
    {
        QVERIFY(complaint({QStringLiteral("--port"), QStringLiteral("70000")}).contains(QLatin1String("--port")));
        QVERIFY(complaint({QStringLiteral("--instances"), QStringLiteral("many")}).contains(QLatin1String("--instances")));
        QVERIFY(complaint({QStringLiteral("--time-scale"), QStringLiteral("0")}).contains(QLatin1String("--time-scale")));
        QVERIFY(complaint({QStringLiteral("--key"), QString()}).contains(QLatin1String("--key")));
        QVERIFY(complaint({QStringLiteral("--key"), QStringLiteral("long-enough"), QStringLiteral("--key"), QStringLiteral("short")})
                    .contains(QLatin1String("--key: expected 8 characters or more, not 5")));
        QVERIFY(complaint({QStringLiteral("--faults"), QStringLiteral("/dev/zero")}).contains(QLatin1String("longer than")));
        QVERIFY(complaint({QStringLiteral("--faults"), QDir::tempPath()}).contains(QDir::tempPath()));
        QVERIFY(complaint({QStringLiteral("--seed"), QStringLiteral("-1")}).contains(QLatin1String("--seed")));
        QVERIFY(complaint({QStringLiteral("--no-such-option")}).contains(QLatin1String("no-such-option")));
        QVERIFY(complaint({QStringLiteral("stray")}).contains(QLatin1String("stray")));
        QVERIFY(complaint({QStringLiteral("--faults"), QStringLiteral("/nonexistent.json")}).contains(QLatin1String("/nonexistent.json")));
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("f.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[\n  {\"kind\" \"hang\"}\n]");
        file.close();
        QVERIFY(complaint({QStringLiteral("--faults"), file.fileName()}).contains(QLatin1String("f.json:2:")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[{\"kind\": \"boom\"}]");
        file.close();
        QVERIFY(complaint({QStringLiteral("--faults"), file.fileName()}).contains(QLatin1String("$[0].kind")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"([{"kind": "spotReclaim"}])");
        file.close();
        QVERIFY(complaint({QStringLiteral("--faults"), file.fileName()}).contains(QLatin1String("no running spot instance")));
    }
};

QTEST_GUILESS_MAIN(TestSandboxProgram)
#include "tst_sandboxprogram.moc"
