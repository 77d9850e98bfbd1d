// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/targetpolicy.h"

#include <QTest>

using namespace novita;

class TestTargetPolicy : public QObject
{
    Q_OBJECT

private slots:
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
        // However an address is written, it is that address.
        row("https://012.0.0.7/x", false, true);
        row("https://167772167/x", false, true);
        row("https://10.7/x", false, true);
        row("https://2852039166/latest/meta-data", false, false);
        row("https://0xa9fea9fe/latest/meta-data", false, false);
        row("https://0251.0376.0251.0376/", false, false);
        row("https://169.254.43518/", false, false);
        row("https://[::ffff:a9fe:a9fe]/", false, false);
        row("https://[2002:a9fe:a9fe::]/", false, false);
        row("https://[64:ff9b::a9fe:a9fe]/", false, false);
        row("https://[::]/", false, false);
        row("https://[fe80::1]/", false, false);
        row("https://[fd00::1]/", false, true);
        row("https://100.64.0.1/", false, true);
        row("https://224.0.0.1/", false, false);
        row("https://255.255.255.255/", false, false);
        row("http://2130706433/x", true, true);
        row("http://0x7f.1/x", true, true);
        row("http://0/x", false, false);
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
