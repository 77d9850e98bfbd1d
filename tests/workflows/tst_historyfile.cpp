// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings/settingskeys.h"
#include "core/workflows/history.h"
#include "core/workflows/stores.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/tempsettings.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace novita;

namespace {

const ProfileId kMine(QStringLiteral("mine"));

struct Run
{
    Stores stores;
    History history;

    Run(const QString &path, const Settings &settings, const Clock &clock) : history(stores, settings, clock) { history.open(path); }
    void say(const QString &text, TimePoint at)
    {
        ActivityEvent event;
        event.at = at;
        event.text = text;
        stores.activity.addEvent(event);
    }
    QStringList texts() const
    {
        QStringList out;
        for (const ActivityEvent &event : stores.activity.events())
            out.append(event.text);
        return out;
    }
};

/// One history file over several runs of the program.
struct Bench
{
    const QTemporaryDir dir;
    TempSettings settings;
    FakeClock clock;

    QString path() const { return dir.filePath(QStringLiteral("history.sqlite")); }
    /// A run with the profile, that is over before the next begins.
    void earlier(const std::function<void(Run &)> &what)
    {
        Run before(path(), settings.get(), clock);
        before.history.setProfile(kMine, false);
        what(before);
    }
};

} // namespace

class TestHistoryFile : public QObject
{
    Q_OBJECT

private slots:
    void eventsComeBackInTheNextRun()
    {
        Bench bench;
        FakeClock &clock = bench.clock;
        bench.earlier([&clock](Run &run) {
            run.say(QStringLiteral("first"), clock.now());
            run.say(QStringLiteral("second"), clock.now() + Seconds(1));
        });
        clock.advance(std::chrono::hours(1));
        Run run(bench.path(), bench.settings.get(), clock);
        run.history.setProfile(kMine, false);
        run.say(QStringLiteral("third"), clock.now());
        QTRY_COMPARE(run.texts(), QStringList({QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")}));
        quint64 last = 0;
        for (const ActivityEvent &event : run.stores.activity.events()) {
            QVERIFY(event.serial > last);
            last = event.serial;
        }
        run.say(QStringLiteral("fourth"), clock.now());
        QVERIFY(run.stores.activity.events().back().serial > last);
        // Coming back does not write them once more.
        QCOMPARE(await(run.history.events.read(kMine, {})).value().size(), 4);
    }

    void eventsOfAProfileThatWasLeftAtOnceStayAway()
    {
        Bench bench;
        bench.earlier([&bench](Run &run) { run.say(QStringLiteral("mine"), bench.clock.now()); });
        Run run(bench.path(), bench.settings.get(), bench.clock);
        run.history.setProfile(kMine, false);
        run.history.setProfile(ProfileId(QStringLiteral("other")), false);
        QCOMPARE(await(run.history.events.read(kMine, {})).value().size(), 1);
        QVERIFY(await(run.history.events.read(kMine, {})).ok());
        QVERIFY(run.texts().isEmpty());
    }

    void anotherProfileHasItsOwn()
    {
        Bench bench;
        const FakeClock &clock = bench.clock;
        Run run(bench.path(), bench.settings.get(), clock);
        run.say(QStringLiteral("nobody's"), clock.now());
        run.history.setProfile(kMine, false);
        run.say(QStringLiteral("mine"), clock.now());
        run.history.setProfile(ProfileId(QStringLiteral("other")), false);
        run.say(QStringLiteral("theirs"), clock.now());
        const QList<ActivityEvent> mine = await(run.history.events.read(kMine, {})).value();
        QCOMPARE(mine.size(), 1);
        QCOMPARE(mine.first().text, QStringLiteral("mine"));
    }

    void aWorldThatBeginsAnewForgetsTheOldOne()
    {
        Bench bench;
        FakeClock &clock = bench.clock;
        bench.earlier([&clock](Run &run) {
            run.say(QStringLiteral("old"), clock.now());
            run.history.timeline.append(kMine, InstanceId(QStringLiteral("i")), {clock.now(), QStringLiteral("ready"), {}});
            run.history.samples.append(kMine, clock.now(), {{QStringLiteral("burn"), 1}});
            Operation operation;
            operation.id = OperationLog::newId();
            operation.profile = kMine;
            QVERIFY(await(run.history.operations.save(operation)).ok());
        });
        Run run(bench.path(), bench.settings.get(), clock);
        run.history.setProfile(kMine, true);
        QVERIFY(await(run.history.events.read(kMine, {})).value().isEmpty());
        QVERIFY(await(run.history.timeline.read(kMine, InstanceId(QStringLiteral("i")))).value().isEmpty());
        QVERIFY(await(run.history.operations.read(kMine, {})).value().isEmpty());
        QVERIFY(await(run.history.samples.read(kMine, QStringLiteral("burn"), TimePoint(), clock.now() + Seconds(1), 10)).value().isEmpty());
        QVERIFY(run.texts().isEmpty());
        // Away and back in one run: the same world.
        run.say(QStringLiteral("new"), clock.now());
        run.history.setProfile(ProfileId(QStringLiteral("other")), false);
        run.history.setProfile(kMine, true);
        QCOMPARE(await(run.history.events.read(kMine, {})).value().size(), 1);
    }

    void whatIsOlderThanTheSettingGoes()
    {
        Bench bench;
        QVERIFY(bench.settings->setValue(keys::kHistoryDays, 7).ok());
        bench.earlier([&bench](Run &run) {
            run.say(QStringLiteral("old"), bench.clock.now() - std::chrono::hours(24 * 8));
            run.say(QStringLiteral("young"), bench.clock.now() - std::chrono::hours(24 * 6));
        });
        Run run(bench.path(), bench.settings.get(), bench.clock);
        run.history.setProfile(kMine, false);
        QTRY_COMPARE(run.texts(), QStringList(QStringLiteral("young")));
    }

    void worksOnWithoutAFile()
    {
        TempSettings settings;
        FakeClock clock;
        Run run(QStringLiteral("/nowhere/at/all/history.sqlite"), settings.get(), clock);
        run.history.setProfile(kMine, false);
        run.say(QStringLiteral("said"), clock.now());
        QTRY_COMPARE(run.history.database.status().state, DatabaseStatus::State::Unavailable);
        QCOMPARE(run.texts(), QStringList(QStringLiteral("said")));
    }
};

QTEST_GUILESS_MAIN(TestHistoryFile)
#include "tst_historyfile.moc"
