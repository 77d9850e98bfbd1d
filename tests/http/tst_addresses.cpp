// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/addresslimiter.h"
#include "core/http/addresslist.h"
#include "tests/support/fakeclock.h"

#include <QTest>

using namespace novita;
using namespace std::chrono_literals;

namespace {

QHostAddress address(const char *text)
{
    return QHostAddress(QLatin1String(text));
}

AddressList listOf(const char *text)
{
    const Result<AddressList> list = AddressList::fromText(QLatin1String(text));
    return list ? *list : AddressList();
}

} // namespace

/// Who may deliver, and how often.
class TestAddresses : public QObject
{
    Q_OBJECT

private slots:
    void containsWhatIsListed()
    {
        const AddressList list = listOf("10.0.0.0/8, 192.168.1.7\n2001:db8::/32 ::1");
        for (const char *inside : {"10.0.0.0", "10.255.255.255", "192.168.1.7", "2001:db8::5", "::1", "::ffff:10.1.2.3"})
            QVERIFY2(list.contains(address(inside)), inside);
        for (const char *outside : {"11.0.0.0", "9.255.255.255", "192.168.1.8", "2001:db9::5", "::2", "::ffff:11.1.2.3", "127.0.0.1"})
            QVERIFY2(!list.contains(address(outside)), outside);
        QCOMPARE(list.toText(), QStringLiteral("10.0.0.0/8, 192.168.1.7, 2001:db8::/32, ::1"));
        QCOMPARE(listOf(qPrintable(list.toText())), list);
    }

    void mappedEntriesAreIpv4()
    {
        const AddressList list = listOf("::ffff:10.0.0.0/104");
        QVERIFY(list.contains(address("10.9.8.7")));
        QVERIFY(list.contains(address("::ffff:10.9.8.7")));
        QVERIFY(!list.contains(address("11.0.0.0")));
        QCOMPARE(list.toText(), QStringLiteral("10.0.0.0/8"));
    }

    void wholeInternetAndNobody()
    {
        QVERIFY(listOf("0.0.0.0/0").contains(address("8.8.8.8")));
        QVERIFY(!listOf("0.0.0.0/0").contains(address("2001:db8::1")));
        QVERIFY(!AddressList().contains(address("127.0.0.1")));
        QVERIFY(!listOf("0.0.0.0/0").contains(QHostAddress()));
    }

    void loopbackIsTheDefault()
    {
        QVERIFY(AddressList::loopback().contains(address("127.8.9.1")));
        QVERIFY(AddressList::loopback().contains(address("::1")));
        QVERIFY(AddressList::loopback().contains(address("::ffff:127.0.0.1")));
        QVERIFY(!AddressList::loopback().contains(address("192.168.0.1")));
    }

    void refusesWhatIsNoAddress()
    {
        for (const char *bad : {"10", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/9", "256.1.1.1", "1.2.3", "example.com", "::1/129",
                                "10.0.0.0/255.0.0.0", "fe80::1%eth0", "/8", "0x7f.0.0.1"})
            QVERIFY2(!AddressList::fromText(QLatin1String(bad)), bad);
        QVERIFY(AddressList::fromText(QStringLiteral("1.2.3.4 nonsense")).error().message.contains(QLatin1String("nonsense")));
        QVERIFY(!AddressList::fromText(QStringLiteral("1.2.3.4 ").repeated(AddressList::kMaxEntries + 1)));
    }

    void forwardedForCountsFromProxiesOnly()
    {
        const AddressList proxies = listOf("127.0.0.1, 10.0.0.0/8");
        QCOMPARE(clientAddress(address("8.8.8.8"), "1.1.1.1", proxies), address("8.8.8.8"));
        QCOMPARE(clientAddress(address("127.0.0.1"), {}, proxies), address("127.0.0.1"));
        QCOMPARE(clientAddress(address("127.0.0.1"), "1.1.1.1", proxies), address("1.1.1.1"));
        QCOMPARE(clientAddress(address("::ffff:127.0.0.1"), "9.9.9.9, 1.1.1.1, 10.0.0.5", proxies), address("1.1.1.1"));
        QCOMPARE(clientAddress(address("127.0.0.1"), "1.1.1.1, unknown", proxies), QHostAddress());
        QCOMPARE(clientAddress(address("127.0.0.1"), "1.1.1.1", {}), address("127.0.0.1"));
    }

    void limiterLetsAMinuteThroughAndThenItsShare()
    {
        FakeClock clock;
        AddressLimiter limiter;
        for (int i = 0; i < 60; ++i)
            QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 0ms);
        QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 1000ms);
        QCOMPARE(limiter.take(address("2.2.2.2"), clock.steadyNow()), 0ms);
        clock.advance(999ms);
        QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 1ms);
        clock.advance(1ms);
        QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 0ms);
        QVERIFY(limiter.take(address("1.1.1.1"), clock.steadyNow()) > 0ms);
        clock.advance(60s);
        for (int i = 0; i < 60; ++i)
            QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 0ms);
        QVERIFY(limiter.take(address("1.1.1.1"), clock.steadyNow()) > 0ms);
    }

    void limiterCanBeSetAndSwitchedOff()
    {
        FakeClock clock;
        AddressLimiter limiter(2);
        QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 0ms);
        QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 0ms);
        QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 30000ms);
        limiter.setPerMinute(0);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(limiter.take(address("1.1.1.1"), clock.steadyNow()), 0ms);
    }

    void ipv6CountsByItsNetwork()
    {
        FakeClock clock;
        AddressLimiter limiter(1);
        QCOMPARE(limiter.take(address("2001:db8::1"), clock.steadyNow()), 0ms);
        QVERIFY(limiter.take(address("2001:db8::2"), clock.steadyNow()) > 0ms);
        QCOMPARE(limiter.take(address("2001:db8:0:1::1"), clock.steadyNow()), 0ms);
        QCOMPARE(limiter.take(address("::ffff:1.1.1.1"), clock.steadyNow()), 0ms);
        QVERIFY(limiter.take(address("1.1.1.1"), clock.steadyNow()) > 0ms);
    }

    void limiterMemoryIsBounded()
    {
        FakeClock clock;
        AddressLimiter limiter(60);
        for (quint32 i = 0; i < 3 * AddressLimiter::kMaxAddresses; ++i) {
            clock.advance(1ms);
            QCOMPARE(limiter.take(QHostAddress(0x0a000000U + i), clock.steadyNow()), 0ms);
            QVERIFY(limiter.addresses() <= AddressLimiter::kMaxAddresses);
        }
        QVERIFY(limiter.addresses() > AddressLimiter::kMaxAddresses / 2);
    }
};

QTEST_GUILESS_MAIN(TestAddresses)
#include "tst_addresses.moc"
