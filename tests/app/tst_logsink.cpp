// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logsink.h"

#include "core/base/logbuffer.h"
#include "core/base/logging.h"
#include "core/base/redact.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

using namespace novita;

class TestLogSink : public QObject
{
    Q_OBJECT

    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void cleanup() { clearRegisteredSecrets(); }

    void writesJsonLinesWithoutSecrets()
    {
        const QTemporaryDir dir;
        LogBuffer buffer;
        LogSink sink(dir.path() + QStringLiteral("/log"), buffer);
        sink.setLevel(LogLevel::Info);
        registerSecret(QStringLiteral("PLANTED-VALUE"));
        qCInfo(lcNet) << "Authorization: Bearer abcdefgh" << "and PLANTED-VALUE" << "two\nlines";
        sink.flush();
        const QByteArray text = contents(sink.filePath());
        QVERIFY(!text.contains("PLANTED-VALUE"));
        QVERIFY(!text.contains("abcdefgh"));
        QCOMPARE(text.count('\n'), 1);
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        QCOMPARE(line.value(QLatin1String("level")).toString(), QStringLiteral("info"));
        QCOMPARE(line.value(QLatin1String("category")).toString(), QStringLiteral("net"));
        QCOMPARE(buffer.since(0).size(), std::size_t(1));
        QVERIFY(!buffer.since(0).front().text.contains(QStringLiteral("PLANTED-VALUE")));
    }
    void levelsAreObeyed()
    {
        LogBuffer buffer;
        LogSink sink(QString(), buffer);
        sink.setLevel(LogLevel::Warning);
        qCInfo(lcNet) << "quiet";
        qCWarning(lcNet) << "loud";
        sink.flush();
        QCOMPARE(buffer.since(0).size(), std::size_t(1));
        sink.setLevel(LogLevel::Debug);
        qCDebug(lcNet) << "all";
        sink.flush();
        QCOMPARE(buffer.since(0).size(), std::size_t(2));
    }
    void rotatesAndKeepsThreeFiles()
    {
        const QTemporaryDir dir;
        LogBuffer buffer;
        LogSink sink(dir.path(), buffer);
        sink.setLevel(LogLevel::Info);
        const QString filler(15000, QLatin1Char('x'));
        for (int i = 0; i < 1400; ++i) {
            qCInfo(lcApp).noquote() << filler;
            if (i % 200 == 0)
                sink.flush();
        }
        sink.flush();
        const QStringList files = QDir(dir.path()).entryList(QDir::Files, QDir::Name);
        QCOMPARE(files, (QStringList{QStringLiteral("console.log"), QStringLiteral("console.log.1"), QStringLiteral("console.log.2")}));
        for (const QString &file : files)
            QVERIFY(QFileInfo(dir.filePath(file)).size() <= 5 * 1024 * 1024 + 20000);
        QVERIFY(!(QFile::permissions(sink.filePath()) & (QFile::ReadGroup | QFile::ReadOther)));
    }
    void threadsMayLogTogether()
    {
        LogBuffer buffer;
        LogSink sink(QString(), buffer);
        sink.setLevel(LogLevel::Info);
        std::vector<std::unique_ptr<QThread>> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back(QThread::create([] {
                for (int i = 0; i < 500; ++i)
                    qCInfo(lcApp) << "line" << i;
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(20000));
        sink.flush();
        QCOMPARE(buffer.since(0).size(), std::size_t(2000));
    }
    void unwritableFolderIsSaidOnceAndLoggingGoesOn()
    {
        const QTemporaryDir dir;
        QFile blocker(dir.filePath(QStringLiteral("log")));
        QVERIFY(blocker.open(QIODevice::WriteOnly));
        LogBuffer buffer;
        LogSink sink(blocker.fileName() + QStringLiteral("/sub"), buffer);
        sink.setLevel(LogLevel::Info);
        qCInfo(lcApp) << "one";
        qCInfo(lcApp) << "two";
        sink.flush();
        QCOMPARE(buffer.since(0).size(), std::size_t(3));
        QVERIFY(buffer.since(0).front().text.contains(QStringLiteral("log file")));
    }
};

QTEST_GUILESS_MAIN(TestLogSink)
#include "tst_logsink.moc"
