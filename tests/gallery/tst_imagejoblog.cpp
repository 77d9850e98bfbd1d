// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gallery/imagejoblog.h"
#include "tests/gallery/imagesfile.h"

#include <QTest>

using namespace novita;

/// Each test on a file of its own.
class TestImageJobLog : public QObject
{
    Q_OBJECT

    std::unique_ptr<ImagesFile> m_file;
    std::unique_ptr<ImageJobLog> m_log;

    static ImageJob job(const QString &prompt, qint64 created = 0)
    {
        ImageJob out;
        out.id = ImageJobLog::newId();
        out.profile = kMine;
        out.backend = QStringLiteral("novita");
        out.endpoint = QStringLiteral("txt2img");
        out.recipe = {{QStringLiteral("prompt"), prompt}};
        out.createdAt = out.updatedAt = secondsLater(created);
        return out;
    }
    QList<ImageJob> add(const QStringList &prompts, ImageJobLog::Place place = ImageJobLog::Place::Back)
    {
        QList<ImageJob> jobs;
        for (const QString &prompt : prompts)
            jobs.append(job(prompt));
        return await(m_log->add(jobs, place)).value();
    }
    QString queue()
    {
        QString out;
        const QList<ImageJob> all = await(m_log->open(kMine)).value();
        for (const ImageJob &job : all)
            out += job.recipe.value(QLatin1String("prompt")).toString();
        return out;
    }

private slots:
    void init()
    {
        m_file = std::make_unique<ImagesFile>();
        QVERIFY(m_file->isOpen());
        m_log = std::make_unique<ImageJobLog>(m_file->database());
    }
    void cleanup()
    {
        m_log.reset();
        m_file.reset();
    }

    void outlivesARestart()
    {
        ImageJob one = job(QStringLiteral("a"));
        one.promptTemplate = QStringLiteral("{a|b}");
        one.inputs = {{QStringLiteral("image"), QStringLiteral("inputs/x.png")}};
        one.batch = QStringLiteral("batch");
        one.cell = {{QStringLiteral("steps"), 20}};
        one.expected = 4;
        one = await(m_log->add({one})).value().first();
        one.state = ImageJobState::Following;
        one.task = QStringLiteral("task-1");
        one.options = {{QStringLiteral("output_type"), QStringLiteral("png")}};
        one.note = QStringLiteral("well");
        one.submittedAt = secondsLater(5);
        one.version = await(m_log->save(one)).value();
        m_file->reopen();
        m_log = std::make_unique<ImageJobLog>(m_file->database());
        QCOMPARE(await(m_log->open(kMine)).value(), QList<ImageJob>{one});
        QCOMPARE(await(m_log->findTask(kMine, QStringLiteral("task-1"))).value(), one);
        QCOMPARE(await(m_log->findTask(kOther, QStringLiteral("task-1"))).error().kind, ErrorKind::NotFound);
        QCOMPARE(await(m_log->findTask(kMine, QString())).error().kind, ErrorKind::NotFound);
    }

    void whoHasNotSeenTheLatestDoesNotWrite()
    {
        ImageJob mine = add({QStringLiteral("a")}).first();
        ImageJob theirs = mine;
        mine.state = ImageJobState::Submitting;
        QCOMPARE(await(m_log->save(mine)).value(), 2);
        theirs.state = ImageJobState::Canceled;
        QCOMPARE(await(m_log->save(theirs)).error().kind, ErrorKind::Conflict);
        QCOMPARE(await(m_log->read(mine.id)).value().state, ImageJobState::Submitting);
    }

    void goesInAtEitherEnd()
    {
        add({QStringLiteral("c"), QStringLiteral("d")});
        add({QStringLiteral("a"), QStringLiteral("b")}, ImageJobLog::Place::Front);
        add({QStringLiteral("e")});
        QCOMPARE(queue(), QStringLiteral("abcde"));
    }

    void isOrdered_data()
    {
        QTest::addColumn<QList<int>>("moved");
        QTest::addColumn<int>("before"); // -1: at the end
        QTest::addColumn<QString>("queue");
        QTest::newRow("to the front") << QList<int>{3} << 0 << QStringLiteral("dabce");
        QTest::newRow("to the end") << QList<int>{1} << -1 << QStringLiteral("acdeb");
        QTest::newRow("several, in their order") << QList<int>{4, 0} << 2 << QStringLiteral("beacd");
        QTest::newRow("before one of them") << QList<int>{1, 2} << 2 << QStringLiteral("abcde");
        QTest::newRow("before the last of them") << QList<int>{4} << 4 << QStringLiteral("abcde");
        QTest::newRow("twice") << QList<int>{2, 2} << 0 << QStringLiteral("cabde");
        QTest::newRow("none") << QList<int>{} << 0 << QStringLiteral("abcde");
    }
    void isOrdered()
    {
        QFETCH(QList<int>, moved);
        QFETCH(int, before);
        const QList<ImageJob> jobs = add({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d"), QStringLiteral("e")});
        QList<ImageJobId> ids;
        for (const int index : moved)
            ids.append(jobs.at(index).id);
        QVERIFY(await(m_log->place(kMine, ids, before < 0 ? ImageJobId() : jobs.at(before).id)).ok());
        QTEST(queue(), "queue");
    }

    void whatIsUnderWayKeepsItsPlace()
    {
        QList<ImageJob> jobs = add({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        jobs[0].state = ImageJobState::Following;
        QVERIFY(await(m_log->save(jobs.at(0))).ok());
        QVERIFY(await(m_log->place(kMine, {jobs.at(2).id, jobs.at(0).id}, jobs.at(1).id)).ok());
        QCOMPARE(queue(), QStringLiteral("acb"));
    }

    void endedOnesAreListedAndPruned()
    {
        QList<ImageJob> jobs = add({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        for (qsizetype i = 0; i < jobs.size(); ++i) {
            jobs[i].state = i == 1 ? ImageJobState::Lost : ImageJobState::Done;
            jobs[i].updatedAt = secondsLater(i);
            QVERIFY(await(m_log->save(jobs.at(i))).ok());
        }
        QVERIFY(queue().isEmpty());
        const QList<ImageJob> newest = await(m_log->ended(kMine, std::nullopt, 2)).value();
        QCOMPARE(newest.size(), 2);
        QCOMPARE(newest.first().id, jobs.at(2).id);
        QCOMPARE(newest.last().state, ImageJobState::Lost);
        QCOMPARE(await(m_log->ended(kMine, secondsLater(1), 10)).value().first().id, jobs.at(0).id);
        QCOMPARE(await(m_log->prune(kMine)).value(), 0);
        QVERIFY(await(m_log->remove({jobs.at(0).id})).ok());
        QCOMPARE(await(m_log->read(jobs.at(0).id)).error().kind, ErrorKind::NotFound);
    }

    void aFullQueueTakesNothing()
    {
        QList<ImageJob> jobs;
        for (int i = 0; i < ImageJobLog::kMostWaiting; ++i)
            jobs.append(job(QStringLiteral("x")));
        QVERIFY(await(m_log->add(jobs)).ok());
        QCOMPARE(await(m_log->add({job(QStringLiteral("y"))})).error().kind, ErrorKind::Quota);
        QCOMPARE(await(m_log->open(kMine)).value().size(), ImageJobLog::kMostWaiting);
    }
};

QTEST_GUILESS_MAIN(TestImageJobLog)
#include "tst_imagejoblog.moc"
