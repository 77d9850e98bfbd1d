// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/database.h"
#include "core/gallery/imageskind.h"
#include "core/gallery/picturefiles.h"
#include "core/gallery/picturestore.h"
#include "tests/sandbox/sandboxclient.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace novita;

namespace {

/// A program of the build, whose last line of output is kept.
class Program final : public QObject
{
public:
    Program(const char *name, const QStringList &arguments)
    {
        connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] {
            while (m_process.canReadLine())
                m_last = m_process.readLine().trimmed();
        });
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(NOVITA_BIN_DIR "/") + QLatin1String(name), arguments);
    }
    ~Program() override { kill(); }

    const QByteArray &lastLine() const { return m_last; }
    void say(const QByteArray &line) { m_process.write(line + '\n'); }
    /// SIGKILL: nothing is asked of it.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QProcess m_process;
    QByteArray m_last;
};

struct Bench
{
    Bench()
    {
        if (QTest::qWaitFor([this] { return sandbox.lastLine().startsWith("http://"); }, 20000))
            cloud = std::make_unique<SandboxClient>(QUrl(QString::fromLatin1(sandbox.lastLine())));
    }
    void start()
    {
        worker = std::make_unique<Program>("imageworker",
                                           QStringList{QString::fromLatin1(sandbox.lastLine()), folder.path()});
    }
    void kill() { worker.reset(); }

    QJsonObject state() const { return QJsonDocument::fromJson(worker->lastLine()).object(); }
    QJsonArray jobs() const { return state().value(QLatin1String("jobs")).toArray(); }
    bool isPaused() const { return state().value(QLatin1String("paused")).toBool(true); }
    int count(ImageJobState wanted) const
    {
        int out = 0;
        const QJsonArray all = jobs();
        for (const QJsonValue &job : all)
            out += job[QLatin1String("state")].toInt() == static_cast<int>(wanted) ? 1 : 0;
        return out;
    }
    QString summary() const
    {
        QString out = isPaused() ? QStringLiteral("paused") : QStringLiteral("going");
        const std::pair<const char *, ImageJobState> all[] = {
            {"waiting", ImageJobState::Waiting},     {"submitting", ImageJobState::Submitting},
            {"following", ImageJobState::Following}, {"downloading", ImageJobState::Downloading},
            {"done", ImageJobState::Done},           {"failed", ImageJobState::Failed},
            {"canceled", ImageJobState::Canceled},   {"lost", ImageJobState::Lost}};
        for (const auto &[name, which] : all) {
            if (const int many = count(which))
                out += QStringLiteral(" %1 %2").arg(many).arg(QLatin1String(name));
        }
        return out;
    }
    int received(const char *operation) const
    {
        int out = 0;
        const QJsonArray all =
            cloud->get(QStringLiteral("/_sandbox/requests")).json().value(QLatin1String("requests")).toArray();
        for (const QJsonValue &one : all)
            out += one[QLatin1String("operation")].toString() == QLatin1String(operation) ? 1 : 0;
        return out;
    }
    void fault(const QJsonObject &one) const { (void)cloud->post(QLatin1String("/_sandbox/faults"), one); }
    void noFaults() const { (void)cloud->send("DELETE", QStringLiteral("/_sandbox/faults")); }
    void advance(int seconds) const
    {
        (void)cloud->post(QLatin1String("/_sandbox/advance"), {{QStringLiteral("seconds"), seconds}});
    }

    /// All that the gallery has, read while no program has it open.
    QList<Picture> pictures() const
    {
        const FakeClock clock;
        Database database(clock, nullptr, imagesKind());
        (void)await(database.open(folder.filePath(QStringLiteral("images.sqlite"))));
        PictureStore store(database);
        const Result<QList<PictureEntry>> entries = await(store.list(ProfileId(QStringLiteral("mine")), {}));
        QList<PictureId> ids;
        for (const PictureEntry &entry : entries.valueOr({}))
            ids.append(entry.id);
        return await(store.read(ids)).valueOr({});
    }
    /// Not what a write that was killed has left under a name of its own.
    QStringList originals() const
    {
        const QDir gallery(folder.filePath(QStringLiteral("gallery")));
        const PictureFiles files(gallery.path());
        QStringList names;
        QDirIterator found(gallery.filePath(QStringLiteral("originals")), QDir::Files | QDir::Hidden,
                           QDirIterator::Subdirectories);
        while (found.hasNext()) {
            const QString name = gallery.relativeFilePath(found.next());
            if (!files.path(name).isEmpty())
                names.append(name);
        }
        return names;
    }

    QTemporaryDir folder;
    Program sandbox{"novita-sandbox",
                    {QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--seed"), QStringLiteral("5"),
                     QStringLiteral("--time-scale"), QStringLiteral("0.2")}};
    std::unique_ptr<SandboxClient> cloud;
    std::unique_ptr<Program> worker;
};

} // namespace

/// A program that makes pictures is killed, and comes back: with processes, sockets and files that are real.
class TestImageKill final : public QObject
{
    Q_OBJECT

private slots:
    void tenJobsOutliveIt()
    {
        Bench bench;
        QVERIFY(bench.cloud);
        bench.start();
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("going"), 20000);
        bench.worker->say("add 3");
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("going 3 following"), 20000);
        // Of two the answers do not come: one of them has taken effect.
        bench.fault({{QStringLiteral("kind"), QStringLiteral("hang")},
                     {QStringLiteral("operation"), QStringLiteral("txt2img")},
                     {QStringLiteral("count"), 1}});
        bench.fault({{QStringLiteral("kind"), QStringLiteral("latency")},
                     {QStringLiteral("ms"), 60000},
                     {QStringLiteral("operation"), QStringLiteral("txt2img")}});
        bench.worker->say("add 7");
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("going 5 waiting 2 submitting 3 following"), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(bench.received("txt2img"), 5, 20000);
        bench.kill();
        bench.noFaults();

        bench.start();
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("paused 5 waiting 3 following 2 lost"), 20000);
        for (const QJsonValue &job : bench.jobs())
            QCOMPARE(job[QLatin1String("state")].toInt() == static_cast<int>(ImageJobState::Lost),
                     !job[QLatin1String("note")].toString().isEmpty());
        // Killed once more while their pictures come.
        bench.fault({{QStringLiteral("kind"), QStringLiteral("latency")},
                     {QStringLiteral("ms"), 60000},
                     {QStringLiteral("operation"), QStringLiteral("resultFile")}});
        bench.advance(120);
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("paused 5 waiting 3 downloading 2 lost"), 20000);
        bench.kill();
        bench.noFaults();

        bench.start();
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("paused 5 waiting 3 done 2 lost"), 20000);
        QCOMPARE(bench.received("txt2img"), 5);
        bench.worker->say("resume");
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("going 5 following 3 done 2 lost"), 20000);
        bench.advance(120);
        // And whenever it likes.
        for (int i = 0; i < 3; ++i) {
            QTest::qWait(40 * i);
            bench.kill();
            bench.start();
            QTRY_VERIFY_WITH_TIMEOUT(bench.jobs().size() == 10, 20000);
        }
        QTRY_COMPARE_WITH_TIMEOUT(bench.summary(), QStringLiteral("going 8 done 2 lost"), 30000);
        bench.kill();

        QCOMPARE(bench.received("txt2img"), 10);
        const QList<Picture> pictures = bench.pictures();
        QCOMPARE(pictures.size(), 8);
        QSet<QString> jobs, files;
        for (const Picture &picture : pictures) {
            jobs.insert(picture.job.toString());
            files.insert(picture.file);
            QVERIFY(QFileInfo(bench.folder.filePath(QStringLiteral("gallery/") + picture.file)).size() ==
                    picture.bytes);
        }
        QCOMPARE(jobs.size(), 8);
        QCOMPARE(files.size(), 8);
        QCOMPARE(bench.originals().size(), 8); // none that nobody knows
    }
};

QTEST_GUILESS_MAIN(TestImageKill)
#include "tst_imagekill.moc"
