// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/migrations.h"
#include "core/database/profilehistory.h"
#include "core/workflows/history.h"
#include "core/workflows/instancetags.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/tempsettings.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

namespace {

const ProfileId kMine(QStringLiteral("mine"));
const ProfileId kOther(QStringLiteral("other"));
const InstanceId kOne(QStringLiteral("one"));
const InstanceId kTwo(QStringLiteral("two"));

TagEdit put(const QStringList &tags)
{
    return {tags, {}};
}

/// A run of the program over the history file at `path`; none: without one.
struct Run
{
    TempSettings settings;
    FakeClock clock;
    Stores stores;
    History history{stores, settings.get(), clock};
    InstanceTags tags{history.tags, stores};

    explicit Run(const QString &path)
    {
        if (!path.isEmpty())
            history.open(path);
        take(kMine);
    }
    void take(const ProfileId &profile)
    {
        history.setProfile(profile, false);
        tags.setProfile(profile);
        static_cast<void>(await(history.tags.read(profile))); // what was asked for before has come by then
    }
    void list(const QStringList &ids)
    {
        clock.advance(Seconds(5));
        RowList<Instance> rows;
        for (const QString &id : ids) {
            Instance row;
            row.id = InstanceId(id);
            rows.append(row);
        }
        stores.instances.adoptList(rows, clock.now());
    }
    QString of(const InstanceId &id) const { return tags.of(id).join(u' '); }
};

} // namespace

class TestInstanceTags : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    QString path() const { return m_dir->filePath(QStringLiteral("history.sqlite")); }

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void areThereOnceTheyAreOnTheDisk()
    {
        Run run(path());
        QSignalSpy changes(&run.tags, &InstanceTags::changed);
        Call<Done> *call = run.tags.change({kOne, kTwo}, put({QStringLiteral("prod"), QStringLiteral(" EU ")}));
        QVERIFY(run.tags.of(kOne).isEmpty());
        QVERIFY(await(call).ok());
        QCOMPARE(run.of(kOne), QStringLiteral("EU prod"));
        QCOMPARE(run.of(kTwo), QStringLiteral("EU prod"));
        QCOMPARE(changes.size(), 1);
        QStringList ids = changes.first().first().toStringList();
        ids.sort();
        QCOMPARE(ids, QStringList({kOne.toString(), kTwo.toString()}));

        // Only of what has changed it is told.
        QVERIFY(await(run.tags.change({kOne}, {{QStringLiteral("gpu")}, {QStringLiteral("Prod")}})).ok());
        QVERIFY(await(run.tags.change({kOne}, put({QStringLiteral("GPU")}))).ok());
        QCOMPARE(run.of(kOne), QStringLiteral("EU gpu"));
        QCOMPARE(run.of(kTwo), QStringLiteral("EU prod"));
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes.last().first().toStringList(), QStringList(kOne.toString()));
    }

    void changesThatCrossLoseNothing()
    {
        Run run(path());
        run.tags.change({kOne}, put({QStringLiteral("a")}));
        run.tags.change({kOne}, put({QStringLiteral("b")}));
        QVERIFY(await(run.tags.change({kOne}, {{QStringLiteral("c")}, {QStringLiteral("a")}})).ok());
        QCOMPARE(run.of(kOne), QStringLiteral("b c"));
    }

    void ofAllOrOfNone()
    {
        Run run(path());
        QStringList many;
        for (int i = 0; i < taglist::kMostTags; ++i)
            many.append(QString::number(i));
        QVERIFY(await(run.tags.change({kTwo}, put(many))).ok());
        const Result<Done> refused = await(run.tags.change({kOne, kTwo}, put({QStringLiteral("prod")})));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Validation);
        QVERIFY(!await(run.tags.change({kOne}, put({QStringLiteral("a,b")}))).ok());
        QVERIFY(run.tags.of(kOne).isEmpty());
        QVERIFY(!await(run.history.tags.read(kMine)).value().contains(kOne));
    }

    void outliveARestart()
    {
        {
            Run run(path());
            QVERIFY(await(run.tags.change({kOne}, put({QStringLiteral("Prod"), QStringLiteral("\u00c4pfel")}))).ok());
            QVERIFY(await(run.tags.change({kTwo}, put({QStringLiteral("gone")}))).ok());
            QVERIFY(await(run.tags.change({kTwo}, {{}, {QStringLiteral("GONE")}})).ok());
        }
        Run run(path());
        QCOMPARE(run.of(kOne), QStringLiteral("Prod \u00c4pfel"));
        QVERIFY(run.tags.of(kTwo).isEmpty());
        QVERIFY(await(run.tags.change({kOne}, put({QStringLiteral("\u00e4PFEL")}))).ok());
        QCOMPARE(run.of(kOne), QStringLiteral("Prod \u00c4pfel"));
    }

    void areThoseOfTheProfileInUse()
    {
        Run run(path());
        QVERIFY(await(run.tags.change({kOne}, put({QStringLiteral("mine")}))).ok());
        QSignalSpy changes(&run.tags, &InstanceTags::changed);
        run.tags.change({kOne}, put({QStringLiteral("late")})); // delivered under the other profile
        run.take(kOther);
        QVERIFY(run.tags.of(kOne).isEmpty());
        QCOMPARE(changes.size(), 1);
        QVERIFY(await(run.tags.change({kOne}, put({QStringLiteral("other")}))).ok());
        QCOMPARE(run.of(kOne), QStringLiteral("other"));
        run.take(kMine);
        QCOMPARE(run.of(kOne), QStringLiteral("late mine"));
        run.take(ProfileId());
        QVERIFY(run.tags.of(kOne).isEmpty());
        QVERIFY(!await(run.tags.change({kOne}, put({QStringLiteral("nobody's")}))).ok());

        // With the history of a profile they go, and with no other.
        QVERIFY(await(forgetProfileHistory(run.history.database, kMine)).ok());
        run.take(kMine);
        QVERIFY(run.tags.of(kOne).isEmpty());
        run.take(kOther);
        QCOMPARE(run.of(kOne), QStringLiteral("other"));
    }

    void withoutAFileNothingChanges()
    {
        Run run(m_dir->filePath(QStringLiteral("missing/history.sqlite")));
        QSignalSpy changes(&run.tags, &InstanceTags::changed);
        const Result<Done> refused = await(run.tags.change({kOne}, put({QStringLiteral("prod")})));
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().kind, ErrorKind::Storage);
        QVERIFY(!refused.error().message.isEmpty());
        QVERIFY(run.tags.of(kOne).isEmpty());
        QCOMPARE(changes.size(), 0);
    }

    void goWithTheirInstance()
    {
        Run run(path());
        run.list({QStringLiteral("one"), QStringLiteral("two")});
        QVERIFY(await(run.tags.change({kOne, kTwo}, put({QStringLiteral("prod")}))).ok());
        QVERIFY(await(run.tags.change({kTwo}, put({QStringLiteral("eu")}))).ok());
        // At the moment of its going they are known: the event of its deletion has them.
        QString last;
        connect(&run.stores.instances, &EntityStoreBase::removed, this, [&run, &last] { last = run.of(kOne); });
        run.list({QStringLiteral("two")});
        QCOMPARE(last, QStringLiteral("prod"));
        QTRY_VERIFY(run.tags.of(kOne).isEmpty());
        QVERIFY(!await(run.history.tags.read(kMine)).value().contains(kOne));
        QCOMPARE(run.of(kTwo), QStringLiteral("eu prod"));
    }

    void ofInstancesNeverSeenStay()
    {
        Run run(path());
        QVERIFY(await(run.tags.change({kOne, kTwo}, put({QStringLiteral("prod")}))).ok());
        QVERIFY(await(run.tags.change({kOne}, put({QStringLiteral("dev")}))).ok());
        // A list that was read with another account's key has none of ours.
        run.list({QStringLiteral("two")});
        run.list({QStringLiteral("two")});
        QVERIFY(await(run.history.tags.read(kMine)).value().contains(kOne));
        QCOMPARE(run.of(kOne), QStringLiteral("dev prod"));
        QCOMPARE(run.tags.all(), QStringList(QStringLiteral("prod"))); // offered is what is in use
    }

    void aFileOfTheVersionBeforeGetsThem()
    {
        {
            Run run(path());
            QVERIFY(await(run.history.database.run<Done>([](SqlSession &session) -> Result<Done> {
                if (const auto error = session.exec(QStringLiteral("DROP TABLE tag")))
                    return *error;
                if (const auto error = session.exec(QStringLiteral("PRAGMA user_version = %1").arg(migrations::latest() - 1)))
                    return *error;
                return Done{};
            })).ok());
        }
        Run run(path());
        QVERIFY(run.history.database.status().isOpen());
        QVERIFY(run.history.database.status().setAside.isEmpty());
        QVERIFY(await(run.tags.change({kOne}, put({QStringLiteral("prod")}))).ok());
        QCOMPARE(run.of(kOne), QStringLiteral("prod"));
    }

    void whatIsNoTagIsNotReadFromTheFile()
    {
        Run run(path());
        QVERIFY(await(run.history.database.run<Done>([](SqlSession &session) -> Result<Done> {
            QStringList texts{QStringLiteral("a,b"), QString(1000, u'x'), QStringLiteral("good"), QStringLiteral("GOOD"), QStringLiteral("")};
            for (int i = 0; i < 100; ++i)
                texts.append(QString::number(i));
            for (const QString &tag : std::as_const(texts)) {
                if (const auto error = session.exec(QStringLiteral("INSERT INTO tag (profile, instance, tag) VALUES ('mine', 'one', ?)"), {tag}))
                    return *error;
            }
            return Done{};
        })).ok());
        run.take(kMine);
        QCOMPARE(run.tags.of(kOne).size(), taglist::kMostTags);
        QVERIFY(!run.tags.of(kOne).contains(QStringLiteral("a,b")));
        QVERIFY(await(run.tags.change({kOne}, {{}, {QStringLiteral("0"), QStringLiteral("1")}})).ok());
        QCOMPARE(run.tags.of(kOne).size(), taglist::kMostTags - 2);
    }
};

QTEST_GUILESS_MAIN(TestInstanceTags)
#include "tst_instancetags.moc"
