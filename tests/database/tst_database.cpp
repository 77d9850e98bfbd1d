// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/database.h"
#include "core/database/migrations.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

namespace {

Database::Work<Done> insertEvent(const QString &text)
{
    return [text](SqlSession &session) -> Result<Done> {
        if (const auto error = session.exec(QStringLiteral("INSERT INTO event (profile, at, severity, source, subject, name, text, detail)"
                                                           " VALUES ('p', 1, 0, 0, '', '', ?, '')"), {text}))
            return *error;
        return Done{};
    };
}

Database::Work<QStringList> texts()
{
    return [](SqlSession &session) -> Result<QStringList> {
        QStringList out;
        if (const auto error = session.select(QStringLiteral("SELECT text FROM event ORDER BY id"), {}, [&out](const QSqlQuery &row) {
                out.append(row.value(0).toString());
                return true;
            }))
            return *error;
        return out;
    };
}

Database::Work<QString> one(const QString &sql)
{
    return [sql](SqlSession &session) -> Result<QString> {
        const Result<QVariant> value = session.value(sql);
        if (!value)
            return value.error();
        return value->toString();
    };
}

} // namespace

class TestDatabase : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    FakeClock m_clock;
    int m_count = 0;

    QString freshPath() { return m_dir.filePath(QStringLiteral("history%1.sqlite").arg(++m_count)); }

    static void overwrite(const QString &path, qint64 at, const QByteArray &bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(at));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private slots:
    void opensAFreshFileInWalMode()
    {
        Database database(m_clock);
        QSignalSpy statuses(&database, &Database::statusChanged);
        const QString path = freshPath();
        QVERIFY(await(database.open(path)).ok());
        QVERIFY(database.status().isOpen());
        QVERIFY(database.status().notice.isEmpty());
        QCOMPARE(database.status().path, path);
        QCOMPARE(statuses.size(), 2); // Opening, Open
        QCOMPARE(await(database.run<QString>(one(QStringLiteral("PRAGMA journal_mode")))).value(), QStringLiteral("wal"));
        QCOMPARE(await(database.run<QString>(one(QStringLiteral("PRAGMA user_version")))).value().toInt(), migrations::latest());
        const auto open = QFile::permissions(path) & (QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther);
        QVERIFY2(!open, "history is the business of its owner alone");
    }

    void isForItsOwnerOnlyWithItsLog()
    {
        constexpr QFileDevice::Permissions kOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadUser | QFileDevice::WriteUser;
        const QString path = freshPath();
        const auto permissions = [&path] {
            QList<QFileDevice::Permissions> out;
            for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
                out.append(QFile::permissions(path + suffix));
            return out;
        };
        Database database(m_clock);
        QVERIFY(await(database.open(path)).ok());
        QVERIFY(await(database.run(insertEvent(QStringLiteral("one")))).ok());
        QCOMPARE(permissions(), QList<QFileDevice::Permissions>({kOwner, kOwner, kOwner}));

        // Of a file that others could read, and whose log is still there.
        for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
            QVERIFY(QFile::setPermissions(path + suffix, kOwner | QFileDevice::ReadGroup | QFileDevice::ReadOther));
        Database second(m_clock);
        QVERIFY(await(second.open(path)).ok());
        QCOMPARE(permissions(), QList<QFileDevice::Permissions>({kOwner, kOwner, kOwner}));
    }

    void whatWasWrittenIsThereAfterARestart()
    {
        const QString path = freshPath();
        {
            Database database(m_clock);
            QVERIFY(await(database.open(path)).ok());
            QVERIFY(await(database.run<Done>(insertEvent(QStringLiteral("first")))).ok());
            database.post(insertEvent(QStringLiteral("second"))); // the destructor writes it
        }
        Database database(m_clock);
        QVERIFY(await(database.open(path)).ok());
        QCOMPARE(await(database.run<QStringList>(texts())).value(), QStringList({QStringLiteral("first"), QStringLiteral("second")}));
    }

    void keepsTheOrderOfPostedAndRunWork()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        database.post(insertEvent(QStringLiteral("1")));
        QVERIFY(await(database.run<Done>(insertEvent(QStringLiteral("2")))).ok());
        database.post(insertEvent(QStringLiteral("3")));
        QCOMPARE(await(database.run<QStringList>(texts())).value().join(QLatin1Char(' ')), QStringLiteral("1 2 3"));
    }

    void writesPostedWorkByItself()
    {
        const QString path = freshPath();
        Database database(m_clock);
        QVERIFY(await(database.open(path)).ok());
        database.post(insertEvent(QStringLiteral("alone")));
        SqlSession other(QStringLiteral("other"), path); // sees only what has been committed
        QVERIFY(!other.openError());
        QTRY_COMPARE(other.value(QStringLiteral("SELECT count(*) FROM event"))->toInt(), 1);
    }

    void rollsBackWorkThatFails()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        const auto half = [](SqlSession &session) -> Result<Done> {
            if (const auto error = insertEvent(QStringLiteral("half"))(session); !error)
                return error.error();
            return Error::make(ErrorKind::Validation, QStringLiteral("no"));
        };
        const Result<Done> result = await(database.run<Done>(half));
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Validation);
        QVERIFY(await(database.run<QStringList>(texts())).value().isEmpty());
        QVERIFY(database.status().notice.isEmpty()); // not the file's fault
    }

    void oneBadPostDoesNotTakeTheOthersAlong()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        database.post(insertEvent(QStringLiteral("a")));
        database.post([](SqlSession &session) -> Result<Done> { return *session.exec(QStringLiteral("INSERT INTO nowhere VALUES (1)")); });
        database.post(insertEvent(QStringLiteral("b")));
        QCOMPARE(await(database.run<QStringList>(texts())).value().join(QLatin1Char(' ')), QStringLiteral("a b"));
    }

    void aSqlErrorSaysWhatSqliteSaid()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        const Result<QString> result = await(database.run<QString>(one(QStringLiteral("SELECT x FROM nowhere"))));
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Storage);
        QVERIFY(result.error().detail.contains(QStringLiteral("nowhere")));
    }

    void setsAFileAsideThatIsNoDatabase()
    {
        const QString path = freshPath();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray garbage(8192, 'x');
        file.write(garbage);
        file.close();
        Database database(m_clock);
        QVERIFY(await(database.open(path)).ok());
        QVERIFY(database.status().isOpen());
        QFile kept(database.status().setAside);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), garbage);
        QVERIFY(database.status().notice.contains(QFileInfo(kept).fileName()));
        QVERIFY(await(database.run<Done>(insertEvent(QStringLiteral("works")))).ok());
        QVERIFY(!database.status().notice.isEmpty()); // the news stays until it has been read
        QVERIFY(database.status().problem().isEmpty());
    }

    void setsADamagedFileAsideAlsoWhileItIsInUse()
    {
        const QString path = freshPath();
        {
            Database database(m_clock);
            QVERIFY(await(database.open(path)).ok());
            for (int i = 0; i < 4000; ++i) // more than SQLite keeps in its cache
                database.post(insertEvent(QString(1000, QLatin1Char('t'))));
        }
        Database database(m_clock);
        QVERIFY(await(database.open(path)).ok());
        QVERIFY(database.status().setAside.isEmpty());
        overwrite(path, 0, QByteArray(int(QFileInfo(path).size()), '\0'));
        QVERIFY(!await(database.run<QStringList>(texts())).ok());
        QVERIFY(database.status().isOpen());
        QVERIFY(QFile::exists(database.status().setAside));
        QVERIFY(await(database.run<Done>(insertEvent(QStringLiteral("new")))).ok());
        QCOMPARE(await(database.run<QStringList>(texts())).value(), QStringList(QStringLiteral("new")));
    }

    void leavesAFileOfANewerVersionAlone()
    {
        const QString path = freshPath();
        {
            SqlSession session(QStringLiteral("newer"), path);
            QVERIFY(!session.exec(QStringLiteral("CREATE TABLE future (x)")));
            QVERIFY(!session.exec(QStringLiteral("PRAGMA user_version = %1").arg(migrations::latest() + 1)));
        }
        Database database(m_clock);
        QVERIFY(!await(database.open(path)).ok());
        QCOMPARE(database.status().state, DatabaseStatus::State::Unavailable);
        QVERIFY(database.status().notice.contains(QStringLiteral("newer")));
        QVERIFY(database.status().setAside.isEmpty());
        const Result<Done> refused = await(database.run<Done>(insertEvent(QStringLiteral("x"))));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        SqlSession session(QStringLiteral("look"), path);
        QCOMPARE(session.value(QStringLiteral("SELECT count(*) FROM sqlite_master"))->toInt(), 1);
    }

    void aFileThatSomebodyHeldIsOpenedOnceItIsFree()
    {
        const QString folder = m_dir.filePath(QStringLiteral("later"));
        Database database(m_clock);
        QVERIFY(!await(database.open(folder + QStringLiteral("/history.sqlite"))).ok());
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(!await(database.run<Done>(insertEvent(QStringLiteral("too soon")))).ok());
        m_clock.advance(Milliseconds(5000));
        QSignalSpy statuses(&database, &Database::statusChanged);
        QVERIFY(await(database.run<Done>(insertEvent(QStringLiteral("kept")))).ok());
        QVERIFY(database.status().isOpen());
        QCOMPARE(database.status().notice, QString());
        QCOMPARE(statuses.size(), 1);
        QCOMPARE(await(database.run<QStringList>(texts())).value(), QStringList(QStringLiteral("kept")));
    }

    void worksOnWithoutAPlaceForTheFile()
    {
        Database database(m_clock);
        QVERIFY(!await(database.open(m_dir.filePath(QStringLiteral("missing/history.sqlite")))).ok());
        QCOMPARE(database.status().state, DatabaseStatus::State::Unavailable);
        QVERIFY(!database.status().notice.isEmpty());
        database.post(insertEvent(QStringLiteral("lost")));
        QVERIFY(!await(database.run<QStringList>(texts())).ok());
    }

    void aFullDiskIsSaidAndPasses()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        // SQLite's own limit on pages stands for the disk.
        QVERIFY(await(database.run<QString>(one(QStringLiteral("PRAGMA max_page_count = 1")))).ok());
        const Result<Done> full = await(database.run<Done>(insertEvent(QString(100000, QLatin1Char('x')))));
        QVERIFY(!full.ok());
        QVERIFY(database.status().isOpen());
        QVERIFY(database.status().notice.contains(QStringLiteral("full")));
        // Reading goes well on a full disk, and says nothing of it: who reads because the status has changed would go round and round.
        QVERIFY(await(database.run<QStringList>(texts())).ok());
        QVERIFY(database.status().notice.contains(QStringLiteral("full")));
        QVERIFY(await(database.run<QString>(one(QStringLiteral("PRAGMA max_page_count = 100000")))).ok());
        QVERIFY(await(database.run<Done>(insertEvent(QStringLiteral("room again")))).ok());
        QVERIFY(database.status().notice.isEmpty());
    }

    void aCanceledCallStillWritesAndTellsNobody()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        bool told = false;
        {
            CallGuard guard;
            guard.reset(database.run<Done>(insertEvent(QStringLiteral("kept"))))->onFinished(this, [&told](const Result<Done> &) { told = true; });
        }
        QCOMPARE(await(database.run<QStringList>(texts())).value(), QStringList(QStringLiteral("kept")));
        QVERIFY(!told);
    }

    /// Each run() sends what was posted before it: a group of one need not take the place of a full one.
    void manySmallGroupsArriveAll()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        constexpr int kRounds = 600;
        for (int i = 0; i < kRounds; ++i) {
            database.post(insertEvent(QString::number(i)));
            database.run<Done>([](SqlSession &) -> Result<Done> { return Done{}; });
        }
        QCOMPARE(await(database.run<QStringList>(texts())).value().size(), kRounds);
    }

    void manyPostsArriveAll()
    {
        Database database(m_clock);
        QVERIFY(await(database.open(freshPath())).ok());
        constexpr int kPosts = 5 * Database::kGroupSize + 3;
        for (int i = 0; i < kPosts; ++i)
            database.post(insertEvent(QString::number(i)));
        const QStringList all = await(database.run<QStringList>(texts())).value();
        QCOMPARE(all.size(), kPosts);
        QCOMPARE(all.last(), QString::number(kPosts - 1));
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
