// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/retryafter.h"
#include "core/net/retrypolicy.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace novita;

Q_DECLARE_METATYPE(novita::ErrorKind)

namespace {

Error errorOf(ErrorKind kind, std::optional<Milliseconds> retryAfter = std::nullopt)
{
    Error error = Error::make(kind, QStringLiteral("x"));
    error.retryAfter = retryAfter;
    return error;
}

} // namespace

class TestRetryPolicy : public QObject
{
    Q_OBJECT

private slots:
    void doublesUpToTheCapWithFullJitter();
    void repeatsTransientFailuresOfIdempotentRequestsOnly_data();
    void repeatsTransientFailuresOfIdempotentRequestsOnly();
    void honoursRetryAfter();
    void survivesHugeAttemptNumbers();
    void parsesRetryAfter_data();
    void parsesRetryAfter();
    void datesAreReadAgainstTheServersClock();
};

void TestRetryPolicy::doublesUpToTheCapWithFullJitter()
{
    const RetryPolicy policy{10, Milliseconds(1000), Milliseconds(30000)};
    const Error error = errorOf(ErrorKind::Network);
    const std::array expected{1000, 2000, 4000, 8000, 16000, 30000, 30000};
    for (size_t i = 0; i < expected.size(); ++i) {
        const int attempts = static_cast<int>(i) + 1;
        QCOMPARE(policy.delayAfter(attempts, error, true, 0.5), std::optional(Milliseconds(expected[i] / 2)));
        QCOMPARE(policy.delayAfter(attempts, error, true, 0.0), std::optional(Milliseconds(0)));
        QVERIFY(*policy.delayAfter(attempts, error, true, 0.999999) < Milliseconds(expected[i]));
    }
}

void TestRetryPolicy::repeatsTransientFailuresOfIdempotentRequestsOnly_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("idempotent");
    QTest::addColumn<bool>("again");
    for (const ErrorKind kind : {ErrorKind::Network, ErrorKind::Timeout, ErrorKind::Server}) {
        QTest::addRow("%s, idempotent", qPrintable(errorKindName(kind))) << kind << true << true;
        QTest::addRow("%s, not idempotent", qPrintable(errorKindName(kind))) << kind << false << false;
    }
    for (const ErrorKind kind : {ErrorKind::Tls, ErrorKind::Canceled, ErrorKind::Unauthorized, ErrorKind::NotFound,
                                 ErrorKind::Validation, ErrorKind::Quota, ErrorKind::Protocol, ErrorKind::BreakerOpen})
        QTest::addRow("%s", qPrintable(errorKindName(kind))) << kind << true << false;
    QTest::newRow("429") << ErrorKind::RateLimited << true << true;
    QTest::newRow("429, not idempotent") << ErrorKind::RateLimited << false << true;
}

void TestRetryPolicy::repeatsTransientFailuresOfIdempotentRequestsOnly()
{
    QFETCH(ErrorKind, kind);
    QFETCH(bool, idempotent);
    QFETCH(bool, again);
    const RetryPolicy policy;
    QCOMPARE(policy.delayAfter(1, errorOf(kind), idempotent, 0.5).has_value(), again);
    QCOMPARE(policy.delayAfter(3, errorOf(kind), idempotent, 0.5).has_value(), again);
    QVERIFY(!policy.delayAfter(4, errorOf(kind), idempotent, 0.5));
}

void TestRetryPolicy::honoursRetryAfter()
{
    const RetryPolicy policy;
    QCOMPARE(policy.delayAfter(1, errorOf(ErrorKind::RateLimited, Seconds(120)), false, 0.9), std::optional<Milliseconds>(Seconds(120)));
    QCOMPARE(policy.delayAfter(1, errorOf(ErrorKind::Server, Seconds(5)), true, 0.0), std::optional<Milliseconds>(Seconds(5)));
    QVERIFY(!policy.delayAfter(1, errorOf(ErrorKind::Server, Seconds(120)), true, 0.0));
}

void TestRetryPolicy::survivesHugeAttemptNumbers()
{
    const RetryPolicy policy{1000000, Milliseconds(1000), Milliseconds(30000)};
    QCOMPARE(policy.delayAfter(900000, errorOf(ErrorKind::Network), true, 0.5), std::optional(Milliseconds(15000)));
}

void TestRetryPolicy::parsesRetryAfter_data()
{
    // The fake clock stands at 2026-01-01 00:00:00 UTC, a Thursday.
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("seconds"); // -1: not understood
    QTest::newRow("seconds") << QByteArray("20") << 20;
    QTest::newRow("spaces") << QByteArray(" 7 ") << 7;
    QTest::newRow("zero is a second") << QByteArray("0") << 1;
    QTest::newRow("too long") << QByteArray("86400") << 300;
    QTest::newRow("more digits than an int") << QByteArray("99999999999999999999") << 300;
    QTest::newRow("IMF date") << QByteArray("Thu, 01 Jan 2026 00:01:30 GMT") << 90;
    QTest::newRow("RFC 850 date") << QByteArray("Thursday, 01-Jan-26 00:01:30 GMT") << 90;
    QTest::newRow("asctime date") << QByteArray("Thu Jan  1 00:01:30 2026") << 90;
    QTest::newRow("date in the past") << QByteArray("Wed, 31 Dec 2025 23:59:00 GMT") << 1;
    QTest::newRow("date far away") << QByteArray("Fri, 02 Jan 2026 00:00:00 GMT") << 300;
    QTest::newRow("empty") << QByteArray() << -1;
    QTest::newRow("negative") << QByteArray("-5") << -1;
    QTest::newRow("fraction") << QByteArray("1.5") << -1;
    QTest::newRow("words") << QByteArray("soon") << -1;
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe", 3) << -1;
    QTest::newRow("very long") << QByteArray(100000, 'x') << -1;
}

void TestRetryPolicy::parsesRetryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(int, seconds);
    const FakeClock clock;
    const auto wait = parseRetryAfter(header, {}, clock.now());
    QCOMPARE(wait.has_value(), seconds >= 0);
    if (wait)
        QCOMPARE(*wait, Milliseconds(Seconds(seconds)));
}

void TestRetryPolicy::datesAreReadAgainstTheServersClock()
{
    const FakeClock clock;
    QCOMPARE(parseRetryAfter("Sun, 01 Mar 2026 10:00:20 GMT", "Sun, 01 Mar 2026 10:00:00 GMT", clock.now()),
             std::optional<Milliseconds>(Seconds(20)));
}

QTEST_APPLESS_MAIN(TestRetryPolicy)
#include "tst_retrypolicy.moc"
