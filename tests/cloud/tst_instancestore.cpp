// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cloud/stores/instancestore.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace novita;

namespace {

TimePoint at(int seconds)
{
    return TimePoint(Seconds(1767225600 + seconds));
}

InstanceId id(const QString &text)
{
    return InstanceId(text);
}

const InstanceId kA = id(QStringLiteral("a"));
const InstanceId kB = id(QStringLiteral("b"));

Instance row(const InstanceId &instanceId, InstanceStatus status, const QString &unknownText = QStringLiteral("odd"))
{
    Instance out;
    out.id = instanceId;
    out.status = status;
    out.statusText = status == InstanceStatus::Unknown ? unknownText : QString(stateInfo(status).wire);
    return out;
}

bool isAsked(const InstanceStore &store, const InstanceId &instanceId)
{
    const InstanceExtra *extra = store.extra(instanceId);
    return extra && extra->asked;
}

} // namespace

class TestInstanceStore : public QObject
{
    Q_OBJECT

private slots:
    void statusMovesAreTold()
    {
        InstanceStore store;
        QSignalSpy moves(&store, &InstanceStore::statusChanged);
        store.adoptList({row(kA, InstanceStatus::Pulling)}, at(0));
        QCOMPARE(moves.size(), 1);
        QCOMPARE(moves.at(0).at(1).value<InstanceStatus>(), InstanceStatus::Unknown);
        QCOMPARE(moves.at(0).at(2).value<InstanceStatus>(), InstanceStatus::Pulling);
        QCOMPARE(store.extra(kA)->stateSince, std::optional(at(0)));
        store.adoptList({row(kA, InstanceStatus::Pulling)}, at(5));
        QCOMPARE(moves.size(), 1);
        QCOMPARE(store.extra(kA)->stateSince, std::optional(at(0)));
        QCOMPARE(store.extra(kA)->seenAt, std::optional(at(5)));
        store.adoptRows({row(kA, InstanceStatus::Running)}, at(9), false);
        QCOMPARE(moves.size(), 2);
        QCOMPARE(store.extra(kA)->stateSince, std::optional(at(9)));
        store.adoptRows({row(kA, InstanceStatus::Unknown, QStringLiteral("x"))}, at(10), false);
        store.adoptRows({row(kA, InstanceStatus::Unknown, QStringLiteral("y"))}, at(11), false);
        QCOMPARE(moves.size(), 4);
    }
    void noOlderAnswerBringsBackWhatIsGone()
    {
        InstanceStore store;
        const RowList<Instance> both{row(kA, InstanceStatus::Running), row(kB, InstanceStatus::Running)};
        store.adoptList(both, at(0));
        store.adoptAbsence(kA, at(10));
        QVERIFY(!store.contains(kA));
        store.adoptList(both, at(8)); // asked for before the 404, answered after it
        QVERIFY(!store.contains(kA) && store.contains(kB));
        store.adoptList(both, at(11));
        QVERIFY(store.contains(kA));
        store.adoptList({row(kB, InstanceStatus::Running)}, at(20));
        QVERIFY(store.isGoneSince(kA, at(15)) && !store.isGoneSince(kA, at(21)) && !store.isGoneSince(kB, at(15)));
        // A clock that was set back must not keep a row away for long.
        store.adoptAbsence(kA, at(4000));
        store.adoptList(both, at(30));
        QVERIFY(store.contains(kA));
        store.adoptAbsence(kA, at(40));
        store.reset();
        QVERIFY(!store.isGoneSince(kA, at(39)));
    }
    void aPartialListNamesWhatItLacks()
    {
        InstanceStore store;
        const InstanceId c = id(QStringLiteral("c"));
        QVERIFY(!store.isWhole());
        store.adoptList({row(kA, InstanceStatus::Running), row(kB, InstanceStatus::Running), row(c, InstanceStatus::Running)}, at(0));
        QVERIFY(store.isWhole());
        store.adoptRows({row(kA, InstanceStatus::Running)}, at(1), false);
        const RowList<Instance> partial({row(c, InstanceStatus::Running)}, true);
        QCOMPARE(store.adoptList(partial, at(2)), (QList<InstanceId>{kB, kA}));
        QCOMPARE(store.size(), 3);
        QVERIFY(!store.isWhole());
        QVERIFY(store.adoptList({row(c, InstanceStatus::Running)}, at(3)).isEmpty());
        QCOMPARE(store.size(), 1);
        QVERIFY(store.isWhole());
    }
    void signalsComeAfterTheChange()
    {
        InstanceStore store;
        bool seen = false;
        connect(&store, &InstanceStore::statusChanged, &store, [&] {
            seen = store.find(kA) && store.extra(kA) && store.anyTransitional();
        });
        store.adoptList({row(kA, InstanceStatus::Creating)}, at(0));
        QVERIFY(seen);
    }
    void listenersMayWriteBack()
    {
        InstanceStore store;
        QSignalSpy moves(&store, &InstanceStore::statusChanged);
        connect(&store, &InstanceStore::inserted, &store, [&] { store.adoptRows({row(kB, InstanceStatus::Running)}, at(1), false); },
                Qt::SingleShotConnection);
        connect(&store, &InstanceStore::statusChanged, &store, [&](const InstanceId &moved) {
            if (moved == kA)
                store.remove({kA});
        });
        store.adoptList({row(kA, InstanceStatus::Creating)}, at(0));
        QCOMPARE(moves.size(), 2);
        QVERIFY(!store.contains(kA) && !store.extra(kA));
        QVERIFY(store.contains(kB) && store.extra(kB));
        QVERIFY(!store.anyTransitional());
    }
    void askedIsClearedByTheCloudsWord_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("action");
        QTest::addColumn<int>("next");
        const auto add = [](const char *name, InstanceStatus from, InstanceAction action, InstanceStatus next) {
            QTest::newRow(name) << static_cast<int>(from) << static_cast<int>(action) << static_cast<int>(next);
        };
        add("start follows", InstanceStatus::Exited, InstanceAction::Start, InstanceStatus::ToStart);
        add("start, missed steps", InstanceStatus::Exited, InstanceAction::Start, InstanceStatus::Running);
        add("start, deleted elsewhere", InstanceStatus::Exited, InstanceAction::Start, InstanceStatus::ToRemove);
        add("stop follows", InstanceStatus::Running, InstanceAction::Stop, InstanceStatus::ToStop);
        add("delete follows", InstanceStatus::Running, InstanceAction::Delete, InstanceStatus::Removing);
        add("restart to a new status", InstanceStatus::Running, InstanceAction::Restart, InstanceStatus::Unknown);
    }
    void askedIsClearedByTheCloudsWord()
    {
        QFETCH(int, from);
        QFETCH(int, action);
        QFETCH(int, next);
        InstanceStore store;
        const auto first = static_cast<InstanceStatus>(from);
        store.adoptList({row(kA, first)}, at(0));
        QSignalSpy changed(&store, &EntityStoreBase::changed);
        store.setAsked(kA, static_cast<InstanceAction>(action), at(1));
        QCOMPARE(changed.size(), 1);
        QVERIFY(store.anyTransitional());
        store.adoptList({row(kA, first)}, at(2)); // an answer from before: the mark stays
        QVERIFY(isAsked(store, kA));
        store.adoptList({row(kA, static_cast<InstanceStatus>(next))}, at(3));
        QVERIFY(!isAsked(store, kA));
        QCOMPARE(changed.size(), 2);
    }
    void askedEndsWithARestartNobodySawAndWithTime()
    {
        InstanceStore store;
        Instance running = row(kA, InstanceStatus::Running);
        running.lastStartedAt = at(-100);
        store.adoptList({running, row(kB, InstanceStatus::Exited)}, at(0));
        store.setAsked(kA, InstanceAction::Restart, at(1));
        store.setAsked(kB, InstanceAction::Start, at(1));
        running.lastStartedAt = at(2);
        store.adoptList({running, row(kB, InstanceStatus::Exited)}, at(3));
        QVERIFY(!isAsked(store, kA));
        QVERIFY(isAsked(store, kB));
        QSignalSpy changed(&store, &EntityStoreBase::changed);
        store.adoptList({running, row(kB, InstanceStatus::Exited)}, at(92));
        QVERIFY(!isAsked(store, kB));
        QCOMPARE(changed.size(), 1);
        QVERIFY(!store.anyTransitional());
        store.setAsked(kB, InstanceAction::Start, at(93));
        store.clearAsked(kB);
        store.clearAsked(kB);
        QCOMPARE(changed.size(), 3);
        store.setAsked(id(QStringLiteral("nobody")), InstanceAction::Start, at(93));
        QVERIFY(!store.anyTransitional());
    }
    void deletedRowGoesWithTheList()
    {
        InstanceStore store;
        store.adoptList({row(kA, InstanceStatus::Running), row(kB, InstanceStatus::Running)}, at(0));
        store.setAsked(kA, InstanceAction::Delete, at(1));
        QSignalSpy removed(&store, &EntityStoreBase::removed);
        store.adoptList({row(kB, InstanceStatus::Running)}, at(2));
        QCOMPARE(removed.size(), 1);
        QVERIFY(!store.extra(kA));
        QVERIFY(!store.anyTransitional());
        QCOMPARE(store.refreshedAt(), std::optional(at(2)));
    }
    void newerKnowledgeOutlivesAnOlderList()
    {
        InstanceStore store;
        store.adoptRows({row(kA, InstanceStatus::Creating)}, at(10), false);
        store.adoptList({row(kB, InstanceStatus::Running)}, at(8)); // asked for before the create was answered
        QVERIFY(store.contains(kA) && store.contains(kB));
        store.adoptList({row(kA, InstanceStatus::Pending), row(kB, InstanceStatus::Running)}, at(9));
        QCOMPARE(store.find(kA)->status, InstanceStatus::Creating);
        store.adoptList({row(kB, InstanceStatus::Running)}, at(11));
        QVERIFY(!store.contains(kA));
        // The clock was set back by an hour: the rows must still follow.
        store.adoptList({row(kB, InstanceStatus::Exited)}, at(-3600));
        QCOMPARE(store.find(kB)->status, InstanceStatus::Exited);
    }
    void connectionOutlivesListsWhileItRuns()
    {
        InstanceStore store;
        Instance detail = row(kA, InstanceStatus::Running);
        detail.connection = ConnectionInfo{};
        detail.connection->sshCommand = QStringLiteral("ssh root@h");
        store.adoptRows({detail}, at(0), false);
        QSignalSpy changed(&store, &EntityStoreBase::changed);
        store.adoptList({row(kA, InstanceStatus::Running)}, at(1));
        QVERIFY(store.find(kA)->connection);
        QCOMPARE(changed.size(), 0);
        store.adoptList({row(kA, InstanceStatus::Exited)}, at(2));
        QVERIFY(!store.find(kA)->connection);
    }
    void missesAndPricesAreLocalFacts()
    {
        InstanceStore store;
        store.adoptList({row(kA, InstanceStatus::Running), row(kB, InstanceStatus::Running)}, at(0));
        QSignalSpy changed(&store, &EntityStoreBase::changed);
        store.markMissed(kA);
        store.markMissed(kA);
        QCOMPARE(store.extra(kA)->missedPolls, 2);
        store.adoptRows({row(kA, InstanceStatus::Running)}, at(1), false);
        QCOMPARE(store.extra(kA)->missedPolls, 0);
        QCOMPARE(changed.size(), 3);
        const Money price = Money::fromPriceUnits(35000);
        store.setPrices({{kA, price}, {id(QStringLiteral("nobody")), price}});
        QCOMPARE(changed.last().at(0).toStringList(), QStringList{QStringLiteral("a")});
        store.setPrices({{kA, price}});
        QCOMPARE(changed.size(), 4);
        store.setPrices({});
        QVERIFY(!store.extra(kA)->pricePerHour);
        QCOMPARE(changed.size(), 5);
    }

    void startupMarksGoWithTheRun()
    {
        InstanceStore store;
        store.adoptList({row(kA, InstanceStatus::Pulling), row(kB, InstanceStatus::Running)}, at(0));
        QSignalSpy changed(&store, &EntityStoreBase::changed);
        store.setStartupMarks({{kA, StartupMark::TimedOut}, {kB, StartupMark::Ready}, {id(QStringLiteral("unknown")), StartupMark::Ready}});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first().first().toStringList().size(), 2);
        store.setStartupMarks({{kA, StartupMark::TimedOut}});
        QCOMPARE(changed.size(), 1);
        store.adoptList({row(kA, InstanceStatus::Starting), row(kB, InstanceStatus::Stopping)}, at(5));
        QCOMPARE(store.extra(kA)->startup, StartupMark::TimedOut);
        QCOMPARE(store.extra(kB)->startup, StartupMark::None);
        store.adoptList({row(kA, InstanceStatus::Exited)}, at(10));
        QCOMPARE(store.extra(kA)->startup, StartupMark::None);

        Instance running = row(kA, InstanceStatus::Running);
        running.lastStartedAt = at(11);
        store.adoptRows({running}, at(12), false);
        store.setStartupMarks({{kA, StartupMark::Ready}});
        running.lastStartedAt = at(20); // somebody has restarted it between two looks
        store.adoptRows({running}, at(22), false);
        QCOMPARE(store.extra(kA)->startup, StartupMark::None);
    }

    /// Whatever is done to the store, in whatever order, the derived state fits the rows.
    void derivedStateFitsTheRowsAfterAnything()
    {
        QRandomGenerator random(20260101);
        const auto anyId = [&random] { return id(QString::number(random.bounded(12))); };
        const auto anyRow = [&] { return row(anyId(), static_cast<InstanceStatus>(random.bounded(20))); };
        InstanceStore store;
        QSet<QString> mirror; // what the signals alone tell
        connect(&store, &EntityStoreBase::inserted, &store, [&](const QStringList &ids) {
            for (const QString &one : ids) {
                QVERIFY(!mirror.contains(one));
                mirror.insert(one);
            }
        });
        connect(&store, &EntityStoreBase::removed, &store, [&](const QStringList &ids) {
            for (const QString &one : ids)
                QVERIFY(mirror.remove(one));
        });
        connect(&store, &EntityStoreBase::wasReset, &store, [&] { mirror.clear(); });

        for (int step = 0; step < 4000; ++step) {
            QList<Instance> rows;
            for (int i = random.bounded(8); i > 0; --i)
                rows.append(anyRow());
            switch (random.bounded(10)) {
            case 0: store.adoptList(rows, at(step - random.bounded(3))); break;
            case 1: store.adoptRows(rows, at(step), true); break;
            case 2: store.adoptRows(rows, at(step), false); break;
            case 3: store.upsert(rows); break;
            case 4: store.replaceAll(rows); break;
            case 5: store.remove({anyId(), anyId()}); break;
            case 6: store.clearAsked(anyId()); break;
            case 7: step % 50 == 0 ? store.reset() : store.markMissed(anyId()); break;
            default: store.setAsked(anyId(), static_cast<InstanceAction>(random.bounded(10)), at(step - random.bounded(200))); break;
            }
            bool anyBusy = false;
            for (int i = 0; i < 12; ++i) {
                const InstanceId one = id(QString::number(i));
                const Instance *instance = store.find(one);
                QCOMPARE(store.extra(one) != nullptr, instance != nullptr);
                QCOMPARE(mirror.contains(one.toString()), instance != nullptr);
                const bool busy = instance && (stateInfo(instance->status).transitional || isAsked(store, one));
                QCOMPARE(store.isTransitional(one), busy);
                anyBusy = anyBusy || busy;
            }
            QCOMPARE(store.anyTransitional(), anyBusy);
            QCOMPARE(store.ids().size(), store.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestInstanceStore)
#include "tst_instancestore.moc"
