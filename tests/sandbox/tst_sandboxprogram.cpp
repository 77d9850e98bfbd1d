// SPDX-License-Identifier: GPL-3.0-or-later
#include "mediabench.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

using namespace novita;

/// The program as a person starts it.
class TestSandboxProgram final : public QObject, private MediaBench
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

    /// A program that works quickly, with `m_client` as its client.
    void begin(QProcess &process)
    {
        run(process, {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--time-scale"), QStringLiteral("1000"), QStringLiteral("--webui-auth"), QStringLiteral("me:secret")});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY(process.canReadLine());
        m_client = std::make_unique<SandboxClient>(QUrl(QString::fromUtf8(process.readLine().trimmed())));
    }
    QByteArray firstFile(const QString &task, const char *list, const char *url) { return fetch(finished(task).value(L(list))[0][L(url)].toString()).body; }
    /// One of each kind of thing that the program makes.
    QMap<QString, QByteArray> made()
    {
        QMap<QString, QByteArray> files;
        for (const char *type : {"png", "jpeg", "webp"})
            files[L(type)] = firstPicture(submit(txt2imgBody({}, {{QStringLiteral("response_image_type"), L(type)}})));
        const QString picture = base64(samplePng());
        const QJsonObject film{{QStringLiteral("model_name"), QStringLiteral("SVD")}, {QStringLiteral("image_file"), picture}, {QStringLiteral("frames_num"), 14},
                               {QStringLiteral("frames_per_second"), 6}, {QStringLiteral("image_file_resize_mode"), QStringLiteral("ORIGINAL_RESOLUTION")}, {QStringLiteral("steps"), 20}, {QStringLiteral("seed"), 1}};
        QJsonObject gif = film;
        gif.insert(QStringLiteral("extra"), QJsonObject{{QStringLiteral("response_video_type"), QStringLiteral("gif")}});
        files[QStringLiteral("mp4")] = firstFile(submit(film, "/v3/async/img2video"), "videos", "video_url");
        files[QStringLiteral("gif")] = firstFile(submit(gif, "/v3/async/img2video"), "videos", "video_url");
        files[QStringLiteral("words")] = post("/v3/img2prompt", {{QStringLiteral("image_file"), picture}}).json().value(L("prompt")).toString().toUtf8();
        const QJsonArray messages{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), QStringLiteral("Name three tides.")}}};
        const QJsonObject chat{{QStringLiteral("model"), QStringLiteral("sandbox/tide-7b")}, {QStringLiteral("max_tokens"), 500}, {QStringLiteral("messages"), messages}};
        files[QStringLiteral("chat")] = post("/openai/v1/chat/completions", chat).json().value(L("choices"))[0][L("message")][L("content")].toString().toUtf8();
        m_client->setAuthorization("Basic " + QByteArray("me:secret").toBase64());
        const QJsonObject server{{QStringLiteral("prompt"), QStringLiteral("a lighthouse")}, {QStringLiteral("seed"), 7}, {QStringLiteral("width"), 64}, {QStringLiteral("height"), 64}};
        files[QStringLiteral("WebUI")] = post("/webui/sdapi/v1/txt2img", server).json().value(L("images"))[0].toString().toLatin1();
        return files;
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

    /// Nothing of it hangs on a process: the seed of its hashes, its time, its addresses.
    void sameBytesFromAnotherProcess()
    {
        QList<QMap<QString, QByteArray>> runs;
        for (int i = 0; i < 2; ++i) {
            QProcess process;
            begin(process);
            if (QTest::currentTestFailed())
                return;
            runs.append(made());
            m_client.reset();
            process.terminate();
            QVERIFY(process.waitForFinished(10000));
        }
        QCOMPARE(runs.at(0).size(), 8);
        for (auto it = runs.at(0).begin(); it != runs.at(0).end(); ++it) {
            QVERIFY2(!it.value().isEmpty(), qPrintable(it.key()));
            QVERIFY2(it.value() == runs.at(1).value(it.key()), qPrintable(it.key()));
        }
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
