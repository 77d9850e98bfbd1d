// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflows/pollschedule.h"

#include <QTest>

using namespace novita;

namespace {

constexpr double kNoJitter = 0.5;

}

class TestPollSchedule final : public QObject
{
    Q_OBJECT

private slots:
    void growsWhileSomethingChanges()
    {
        PollSchedule schedule({});
        QList<qint64> waits;
        for (int i = 0; i < 7; ++i)
            waits.append(schedule.next(true, false, kNoJitter).count());
        QCOMPARE(waits, QList<qint64>({5000, 7500, 11250, 16875, 25312, 30000, 30000}));
    }

    void startsOverAfterAnActionAndAfterRest()
    {
        PollSchedule schedule({});
        schedule.next(true, false, kNoJitter);
        schedule.next(true, false, kNoJitter);
        schedule.restart();
        QCOMPARE(schedule.next(true, false, kNoJitter).count(), 5000);
        QCOMPARE(schedule.next(false, false, kNoJitter).count(), 60000);
        QCOMPARE(schedule.next(true, false, kNoJitter).count(), 5000);
    }

    void restsWhileHidden()
    {
        PollSchedule schedule({});
        QCOMPARE(schedule.next(true, true, kNoJitter).count(), 120000);
        QCOMPARE(schedule.next(false, true, kNoJitter).count(), 120000);
    }

    void jitterIsTwentyPercentEachWay()
    {
        PollSchedule schedule({});
        QCOMPARE(schedule.next(false, false, 0.0).count(), 48000);
        QCOMPARE(schedule.next(false, false, 0.999999).count(), 72000);
        QCOMPARE(schedule.next(false, false, 7.0).count(), 72000);
    }

    void aFirstWaitBeyondTheSlowestIsKept()
    {
        PollSchedule schedule({Milliseconds(60000), Milliseconds(30000), Milliseconds(60000), Milliseconds(120000)});
        QCOMPARE(schedule.next(true, false, kNoJitter).count(), 60000);
        QCOMPARE(schedule.next(true, false, kNoJitter).count(), 60000);
    }
};

QTEST_GUILESS_MAIN(TestPollSchedule)
#include "tst_pollschedule.moc"
