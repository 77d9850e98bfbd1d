// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/webhookmeter.h"
#include "core/webhooks/webhookreceiver.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace novita;

namespace {

WebhookStats stats(qint64 accepted, qint64 badSignature = 0, qint64 limited = 0, qint64 duplicate = 0)
{
    WebhookStats out;
    const auto set = [&out](DeliveryResult result, qint64 count) { out.results[static_cast<std::size_t>(result)] = count; };
    set(DeliveryResult::Accepted, accepted);
    set(DeliveryResult::BadSignature, badSignature);
    set(DeliveryResult::Limited, limited);
    set(DeliveryResult::Duplicate, duplicate);
    return out;
}

} // namespace

class TestWebhookMeter : public QObject
{
    Q_OBJECT

private slots:
    void everyResultBelongsToOneOfFour()
    {
        WebhookStats all;
        all.results.fill(1);
        all.unavailable = 1;
        all.notFound = 100; // no delivery
        QCOMPARE(WebhookMeter::countsOf(all), (DeliveryCounts{1, 1, 6, 1}));
        QCOMPARE(WebhookMeter::countsOf(all).total(), static_cast<qint64>(all.results.size()) + 1);
    }

    void aMinuteSlides()
    {
        FakeClock clock;
        WebhookMeter meter(clock);
        QVERIFY(!meter.lastAt());
        meter.note(stats(3, 1));
        clock.advance(Seconds(30));
        meter.note(stats(5, 1, 2));
        QCOMPARE(meter.lastMinute(), (DeliveryCounts{5, 0, 1, 2}));
        clock.advance(Seconds(29));
        QCOMPARE(meter.lastMinute().accepted, 5);
        clock.advance(Seconds(1));
        QCOMPARE(meter.lastMinute(), (DeliveryCounts{2, 0, 0, 2}));
        clock.advance(Seconds(30));
        QCOMPARE(meter.lastMinute().total(), 0);
        QCOMPARE(meter.total(), (DeliveryCounts{5, 0, 1, 2}));
        // The place of a second is used again a minute later.
        meter.note(stats(6, 1, 2));
        QCOMPARE(meter.lastMinute().accepted, 1);
    }

    void theLastDeliveryIsOneThatWasTaken()
    {
        FakeClock clock;
        WebhookMeter meter(clock);
        meter.note(stats(1));
        const TimePoint first = clock.now();
        clock.advance(Seconds(5));
        meter.note(stats(1, 7));
        QCOMPARE(meter.lastAt(), std::optional(first));
        meter.note(stats(1, 7, 0, 1));
        QCOMPARE(meter.lastAt(), std::optional(clock.now()));
    }

    void aNewReceiverCountsFromZero()
    {
        FakeClock clock;
        WebhookMeter meter(clock);
        meter.note(stats(10, 4));
        meter.note(stats(0));
        meter.note(stats(2));
        QCOMPARE(meter.total(), (DeliveryCounts{12, 0, 4, 0}));
        QCOMPARE(meter.lastMinute().accepted, 12);
    }

    void toldAtOnceAndSeldomInAFlood()
    {
        FakeClock clock;
        WebhookMeter meter(clock);
        QSignalSpy changed(&meter, &WebhookMeter::changed);
        meter.note(stats(1));
        QCOMPARE(changed.size(), 1);
        meter.note(stats(1)); // nothing new
        QElapsedTimer time;
        time.start();
        qint64 sent = 1;
        while (time.elapsed() < 260) {
            meter.note(stats(++sent));
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
        }
        QVERIFY2(changed.size() >= 3 && changed.size() <= 10, qPrintable(QString::number(changed.size())));
        const auto before = changed.size();
        QTRY_VERIFY(changed.size() > before || meter.total().accepted == sent);
        meter.note(stats(++sent));
        QTRY_VERIFY(changed.size() > before); // the last word is never lost
    }
};

QTEST_GUILESS_MAIN(TestWebhookMeter)
#include "tst_webhookmeter.moc"
