// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/images/joblist.h"
#include "core/images/queueholds.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace novita;

namespace {

ImageJob job(const char *id, qint64 position)
{
    ImageJob out;
    out.id = ImageJobId(QLatin1String(id));
    out.position = position;
    return out;
}

QString order(const JobList &jobs)
{
    QString out;
    for (const QList<ImageJob> *list : {&jobs.open(), &jobs.ended()}) {
        for (const ImageJob &one : *list)
            out += one.id.toString();
        out += list == &jobs.open() ? QStringLiteral("|") : QString();
    }
    return out;
}

} // namespace

/// What the queue of image jobs is made of: backends that are held, and the jobs in their order.
class TestQueueHolds final : public QObject
{
    Q_OBJECT

private slots:
    void eachEndsAtItsTime()
    {
        FakeClock clock;
        QueueHolds holds(clock);
        const TimePoint start = clock.now();
        QVERIFY(!holds.until() && !holds.left() && holds.reason().isEmpty() && !holds.endThoseOver());
        holds.add(QStringLiteral("a"), Milliseconds(50), QStringLiteral("first"));
        holds.add(QStringLiteral("b"), Milliseconds(200), QStringLiteral("other"));
        QCOMPARE(holds.until(), start + Milliseconds(50));
        QCOMPARE(holds.reason(), QStringLiteral("first"));
        // It asks for more: what it asked for before is over, and does not count.
        holds.add(QStringLiteral("a"), Seconds(60), QStringLiteral("again"));
        QCOMPARE(holds.left(), Milliseconds(200));
        clock.advance(Milliseconds(60));
        QVERIFY(!holds.endThoseOver());
        QVERIFY(holds.contains(QStringLiteral("a")) && holds.contains(QStringLiteral("b")));
        // Nor does a wall clock that is set matter.
        clock.jumpWallClock(Seconds(-3600));
        clock.advance(Milliseconds(140));
        QCOMPARE(holds.left(), Milliseconds(1)); // never nothing: a timer must not spin
        QVERIFY(holds.endThoseOver());
        QVERIFY(holds.contains(QStringLiteral("a")) && !holds.contains(QStringLiteral("b")));
        QCOMPARE(holds.reason(), QStringLiteral("again"));
        QVERIFY(holds.end(QStringLiteral("a")) && !holds.end(QStringLiteral("a")));
        QVERIFY(holds.isEmpty());
    }

    void jobsAreInItOnce()
    {
        JobList jobs;
        QCOMPARE(jobs.add({job("b", 2), job("a", 1)}).size(), 2);
        QCOMPARE(jobs.add({job("a", 7), job("c", 0)}).size(), 1); // what is here is newer
        QCOMPARE(order(jobs), QStringLiteral("cab|"));
        jobs.end(*jobs.find(ImageJobId(QStringLiteral("a"))));
        jobs.end(job("b", 2));
        jobs.addEnded({job("a", 1), job("z", 9), job("c", 0)});
        QCOMPARE(order(jobs), QStringLiteral("c|baz"));
        jobs.reopen(job("a", 1));
        QCOMPARE(order(jobs), QStringLiteral("ac|bz"));
        jobs.order({{ImageJobId(QStringLiteral("c")), -1}});
        QCOMPARE(order(jobs), QStringLiteral("ca|bz"));
        QCOMPARE(jobs.dismiss({ImageJobId(QStringLiteral("c")), ImageJobId(QStringLiteral("b"))}),
                 QList<ImageJobId>{ImageJobId(QStringLiteral("b"))});
        QCOMPARE(order(jobs), QStringLiteral("ca|z"));
    }

    void noMoreThanSoManyEndedOnes()
    {
        JobList jobs;
        for (int i = 0; i <= JobList::kMostEnded; ++i)
            jobs.end(job(qPrintable(QString::number(i)), i));
        QCOMPARE(jobs.ended().size(), JobList::kMostEnded);
        QVERIFY(!jobs.find(ImageJobId(QStringLiteral("0"))));
        jobs.addEnded({job("old", 0)});
        QVERIFY(!jobs.find(ImageJobId(QStringLiteral("old"))));
    }
};

QTEST_GUILESS_MAIN(TestQueueHolds)
#include "tst_queueholds.moc"
