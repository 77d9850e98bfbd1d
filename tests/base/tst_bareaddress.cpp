// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/bareaddress.h"

#include <QTest>

using namespace novita;

class TestBareAddress : public QObject
{
    Q_OBJECT

private slots:
    void whatLetsInIsLeftOut_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("bare");
        const auto row = [](const char *address, const char *bare) { QTest::newRow(address) << QString::fromLatin1(address) << QString::fromLatin1(bare); };
        row("https://a1b2-8888.proxy.example/lab?token=abc#x", "https://a1b2-8888.proxy.example/lab");
        row("https://root:word@a1b2.example:8443/", "https://a1b2.example:8443/");
        row("http://[2001:db8::1]:80/x", "http://[2001:db8::1]:80/x");
        row("proxy.example:30022", "proxy.example:30022");
        row("192.0.2.7:30022", "192.0.2.7:30022");
        row("proxy.example/lab?token=abc", "proxy.example/lab");
        row("root:word@proxy.example:22", "proxy.example:22");
        row("", "");
        row("https://", "");
        row("token=a b c", "");
        row("https://exa mple/?token=abc", "");
    }
    void whatLetsInIsLeftOut()
    {
        QFETCH(QString, address);
        QFETCH(QString, bare);
        QCOMPARE(bareAddress(address), bare);
    }
};

QTEST_GUILESS_MAIN(TestBareAddress)
#include "tst_bareaddress.moc"
