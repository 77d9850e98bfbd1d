// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/addresskind.h"
#include "core/net/reach.h"

#include <QTest>

using namespace novita;

/// What an address means, in every form that leads to it, and who may be asked for that reason.
class TestAddressKind : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *text, AddressKind kind) { QTest::newRow(text) << QString::fromLatin1(text) << int(kind); };
        row("8.8.8.8", AddressKind::Public);
        row("172.32.0.1", AddressKind::Public);
        row("100.63.255.255", AddressKind::Public);
        row("100.128.0.0", AddressKind::Public);
        row("169.253.255.255", AddressKind::Public);
        row("198.20.0.0", AddressKind::Public);
        row("223.255.255.255", AddressKind::Public);
        row("2606:4700::1111", AddressKind::Public);
        row("::ffff:8.8.8.8", AddressKind::Public);
        row("64:ff9b::808:808", AddressKind::Public);
        row("2002:808:808::", AddressKind::Public);

        row("127.0.0.1", AddressKind::Loopback);
        row("127.255.0.9", AddressKind::Loopback);
        row("::1", AddressKind::Loopback);
        row("::ffff:127.0.0.1", AddressKind::Loopback);
        row("64:ff9b::7f00:1", AddressKind::Loopback);
        row("2002:7f00:1::", AddressKind::Loopback);

        row("10.1.2.3", AddressKind::Private);
        row("172.16.0.0", AddressKind::Private);
        row("172.31.255.255", AddressKind::Private);
        row("192.168.0.1", AddressKind::Private);
        row("100.64.0.0", AddressKind::Private);
        row("100.127.255.255", AddressKind::Private);
        row("192.0.0.8", AddressKind::Private);
        row("198.18.0.1", AddressKind::Private);
        row("198.19.255.255", AddressKind::Private);
        row("::ffff:10.0.0.1", AddressKind::Private);
        row("::ffff:a00:1", AddressKind::Private);
        row("64:ff9b::a00:1", AddressKind::Private);
        row("2002:a00:1::", AddressKind::Private);
        row("fc00::1", AddressKind::Private);
        row("fd00::1", AddressKind::Private);
        row("fdff:ffff::1", AddressKind::Private);
        row("fec0::1", AddressKind::Private);

        row("169.254.0.1", AddressKind::LinkLocal);
        row("169.254.169.254", AddressKind::LinkLocal);
        row("::ffff:169.254.169.254", AddressKind::LinkLocal);
        row("64:ff9b::a9fe:a9fe", AddressKind::LinkLocal);
        row("2002:a9fe:a9fe::", AddressKind::LinkLocal);
        row("fe80::1", AddressKind::LinkLocal);
        row("fe80::1%1", AddressKind::LinkLocal);
        row("febf::1", AddressKind::LinkLocal);

        row("100.100.100.200", AddressKind::Metadata);
        row("::ffff:100.100.100.200", AddressKind::Metadata);
        row("2002:6464:64c8::", AddressKind::Metadata);
        row("168.63.129.16", AddressKind::Metadata);
        row("192.0.0.192", AddressKind::Metadata);
        row("fd00:ec2::254", AddressKind::Metadata);
        row("fd20:ce::254", AddressKind::Metadata);

        row("0.0.0.0", AddressKind::Nowhere);
        row("0.1.2.3", AddressKind::Nowhere);
        row("::ffff:0.0.0.0", AddressKind::Nowhere);
        row("224.0.0.251", AddressKind::Nowhere);
        row("239.255.255.255", AddressKind::Nowhere);
        row("240.0.0.1", AddressKind::Nowhere);
        row("255.255.255.255", AddressKind::Nowhere);
        row("::", AddressKind::Nowhere);
        row("::10.0.0.1", AddressKind::Nowhere);
        row("::8.8.8.8", AddressKind::Nowhere);
        row("64:ff9b:1::a9fe:a9fe", AddressKind::Nowhere);
        row("64:ff9b:1:a9fe:a9:fe00::", AddressKind::Nowhere);
        row("2001:0:5ef5:79fd:0:0:f5ff:fff8", AddressKind::Nowhere);
        row("ff02::1", AddressKind::Nowhere);
        row("ff0e::1", AddressKind::Nowhere);
        row("", AddressKind::Nowhere);
        row("no address", AddressKind::Nowhere);
    }
    void kinds()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QCOMPARE(int(addressKind(QHostAddress(text))), kind);
    }

    void hosts_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("internet");
        QTest::addColumn<bool>("local");
        const auto row = [](const char *host, bool internet, bool local) { QTest::newRow(host) << QString::fromLatin1(host) << internet << local; };
        row("gpu-1.example", true, false);
        row("8.8.8.8", true, false);
        row("2606:4700::1111", true, false);
        row("localhost.example", true, false);
        row("localhost", false, true);
        row("LocalHost", false, true);
        // The same address in the forms that resolvers take.
        for (const char *loopback : {"127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433", "017700000001", "::1", "::ffff:127.0.0.1"})
            row(loopback, false, true);
        for (const char *local : {"10.0.0.1", "012.0.0.1", "167772161", "192.168.1.1", "192.168.257", "100.64.0.1", "169.254.169.254", "2852039166", "0xa9fea9fe",
                                  "0251.0376.0251.0376", "169.254.43518", "0.0.0.0", "0", "::", "fd00::1", "fe80::1", "224.0.0.1", "ff02::1", "::ffff:10.0.0.1",
                                  "2002:a00:1::", "64:ff9b::a9fe:a9fe", "100.100.100.200"})
            row(local, false, true);
        for (const char *none : {"", " ", "a b", "a/b", "a@b", "-a", "a.", "127.0.0.1.", "a\nb", "[::1]", "fe80::1%1", "a:80\t"})
            row(none, false, false);
    }
    void hosts()
    {
        QFETCH(QString, host);
        QFETCH(bool, internet);
        QFETCH(bool, local);
        QCOMPARE(!checkReach(host, Reach::Internet).has_value(), internet);
        QCOMPARE(!checkReach(host, Reach::Local).has_value(), local);
    }

    void urls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("internet");
        QTest::addColumn<bool>("local");
        const auto row = [](const char *url, bool internet, bool local) { QTest::newRow(url) << QString::fromUtf8(url) << internet << local; };
        row("https://gpu-1.example:8443/x", true, false);
        row("http://gpu-1.example/", true, false);
        row("http://127.0.0.1:8080/", false, true);
        row("http://0x7f.1/", false, true);
        row("http://2130706433/", false, true);
        row("http://[::1]/", false, true);
        row("http://[::ffff:169.254.169.254]/", false, true);
        row("http://169.254.169.254/latest/meta-data", false, true);
        row("http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1/", false, true); // circled digits
        row("http://user:word@gpu-1.example/", false, false);
        row("ftp://gpu-1.example/", false, false);
        row("file:///etc/passwd", false, false);
        row("https:///x", false, false);
        row("gpu-1.example", false, false);
    }
    void urls()
    {
        QFETCH(QString, url);
        QFETCH(bool, internet);
        QFETCH(bool, local);
        QCOMPARE(!checkReach(QUrl(url), Reach::Internet).has_value(), internet);
        QCOMPARE(!checkReach(QUrl(url), Reach::Local).has_value(), local);
    }
};

QTEST_GUILESS_MAIN(TestAddressKind)
#include "tst_addresskind.moc"
