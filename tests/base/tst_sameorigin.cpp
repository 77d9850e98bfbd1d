// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sameorigin.h"

#include <QTest>

using namespace novita;

class TestSameOrigin : public QObject
{
    Q_OBJECT

private slots:
    void comparesSchemeHostAndPort_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("path") << QStringLiteral("https://a.example.net") << QStringLiteral("https://a.example.net/ui?x=1") << true;
        QTest::newRow("usual port") << QStringLiteral("https://a.example.net") << QStringLiteral("https://a.example.net:443/") << true;
        QTest::newRow("usual port of http") << QStringLiteral("http://a.example.net") << QStringLiteral("http://a.example.net:80") << true;
        QTest::newRow("case") << QStringLiteral("https://A.example.NET") << QStringLiteral("HTTPS://a.example.net") << true;
        QTest::newRow("scheme") << QStringLiteral("https://a.example.net") << QStringLiteral("http://a.example.net") << false;
        QTest::newRow("scheme, same port") << QStringLiteral("https://a.example.net") << QStringLiteral("http://a.example.net:443") << false;
        QTest::newRow("host") << QStringLiteral("https://a.example.net") << QStringLiteral("https://b.example.net") << false;
        QTest::newRow("port") << QStringLiteral("https://a.example.net") << QStringLiteral("https://a.example.net:8443") << false;
    }
    void comparesSchemeHostAndPort()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(bool, isSame);
        QCOMPARE(isSameOrigin(QUrl(one), QUrl(other)), isSame);
        QCOMPARE(isSameOrigin(QUrl(other), QUrl(one)), isSame);
    }
};

QTEST_GUILESS_MAIN(TestSameOrigin)
#include "tst_sameorigin.moc"
