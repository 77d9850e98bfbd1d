// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/addresskind.h"
#include "core/webhooks/targetpolicy.h"

#include <QTest>

using namespace novita;

class TestTargetPolicy : public QObject
{
    Q_OBJECT

private slots:
    void kindsOfAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *text, AddressKind kind) { QTest::newRow(text) << QString::fromLatin1(text) << int(kind); };
        row("8.8.8.8", AddressKind::Public);
        row("2606:4700::1111", AddressKind::Public);
        row("127.0.0.1", AddressKind::Loopback);
        row("127.255.0.9", AddressKind::Loopback);
        row("::1", AddressKind::Loopback);
        row("::ffff:127.0.0.1", AddressKind::Loopback);
        row("64:ff9b::7f00:1", AddressKind::Loopback);
        row("10.1.2.3", AddressKind::Private);
        row("172.31.255.255", AddressKind::Private);
        row("172.32.0.1", AddressKind::Public);
        row("192.168.0.1", AddressKind::Private);
        row("100.100.0.1", AddressKind::Private);
        row("::ffff:10.0.0.1", AddressKind::Private);
        row("64:ff9b::a00:1", AddressKind::Private);
        row("2002:a00:1::", AddressKind::Private);
        row("fd12:3456::1", AddressKind::Private);
        row("169.254.169.254", AddressKind::LinkLocal);
        row("fe80::1", AddressKind::LinkLocal);
        row("2002:a9fe:a9fe::", AddressKind::LinkLocal);
        row("100.100.100.200", AddressKind::Metadata);
        row("::ffff:100.100.100.200", AddressKind::Metadata);
        row("168.63.129.16", AddressKind::Metadata);
        row("fd00:ec2::254", AddressKind::Metadata);
        row("fd20:ce::254", AddressKind::Metadata);
        row("64:ff9b:1::a9fe:a9fe", AddressKind::Nowhere);
        row("64:ff9b:1:a9fe:a9:fe00::", AddressKind::Nowhere);
        row("::10.0.0.1", AddressKind::Nowhere);
        row("::8.8.8.8", AddressKind::Nowhere);
        row("0.0.0.0", AddressKind::Nowhere);
        row("::", AddressKind::Nowhere);
        row("224.0.0.251", AddressKind::Nowhere);
        row("255.255.255.255", AddressKind::Nowhere);
        row("ff02::1", AddressKind::Nowhere);
    }
    void kindsOfAddresses()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QCOMPARE(int(addressKind(QHostAddress(text))), kind);
    }

    void urls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("usually");
        QTest::addColumn<bool>("withPrivate");
        const auto row = [](const char *url, bool usually, bool withPrivate) { QTest::newRow(url) << QString::fromLatin1(url) << usually << withPrivate; };
        row("https://hooks.example/x?y=1", true, true);
        row("http://hooks.example/x", false, false);
        row("http://127.0.0.1:9000/x", true, true);
        row("http://localhost/x", true, true);
        row("http://[::1]:8080/", true, true);
        row("https://10.0.0.7/x", false, true);
        row("http://10.0.0.7/x", false, false);
        row("https://169.254.169.254/latest/meta-data", false, false);
        row("https://[fd00:ec2::254]/", false, false);
        row("https://100.100.100.200/", false, false);
        row("https://[64:ff9b:1::a00:7]/", false, false);
        row("https://0.0.0.0/", false, false);
        row("https://[::ffff:10.0.0.7]/", false, true);
        row("https://user:word@hooks.example/", false, false);
        row("https://hooks.example:0/", false, false);
        row("ftp://hooks.example/", false, false);
        row("https:///x", false, false);
        row("hooks.example", false, false);
    }
    void urls()
    {
        QFETCH(QString, url);
        QFETCH(bool, usually);
        QFETCH(bool, withPrivate);
        QCOMPARE(!TargetPolicy(false).check(QUrl(url)).has_value(), usually);
        QCOMPARE(!TargetPolicy(true).check(QUrl(url)).has_value(), withPrivate);
    }

    void onlyVettedAddressesAreLeft()
    {
        const QUrl url(QStringLiteral("https://hooks.example/x"));
        const QHostAddress good(QStringLiteral("93.184.216.34"));
        const QHostAddress inside(QStringLiteral("192.168.1.1"));
        const QHostAddress meta(QStringLiteral("169.254.169.254"));
        QCOMPARE(*TargetPolicy(false).reachable(url, {meta, inside, good}), QList<QHostAddress>{good});
        QCOMPARE(*TargetPolicy(true).reachable(url, {meta, inside, good}), (QList<QHostAddress>{inside, good}));
        QCOMPARE(TargetPolicy(true).reachable(url, {meta}).error().kind, ErrorKind::Validation);
        QCOMPARE(TargetPolicy(false).reachable(url, {QHostAddress(QHostAddress::LocalHost)}).error().kind, ErrorKind::Validation);
        QCOMPARE(TargetPolicy(false).reachable(url, {}).error().kind, ErrorKind::Network);
        const QUrl own(QStringLiteral("http://localhost:1/x"));
        QVERIFY(TargetPolicy(false).reachable(own, {QHostAddress(QHostAddress::LocalHost)}).ok());
        QVERIFY(!TargetPolicy(true).reachable(own, {inside}).ok());
    }
};

QTEST_GUILESS_MAIN(TestTargetPolicy)
#include "tst_targetpolicy.moc"
