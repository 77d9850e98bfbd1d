// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/unsignedlink.h"

#include <QTest>

using namespace novita;

class TestUnsignedLink final : public QObject
{
    Q_OBJECT

private slots:
    void signaturesGo_data()
    {
        QTest::addColumn<QString>("query");
        QTest::newRow("S3") << "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261122T000000Z&X-Amz-Expires=3600"
                               "&X-Amz-Signature=0123abcd&w=160";
        QTest::newRow("S3, old") << "AWSAccessKeyId=AKIA1&Expires=1800000000&Signature=a%2Fb%3D";
        QTest::newRow("CloudFront") << "Policy=eyJ&Key-Pair-Id=K1&Signature=xyz";
        QTest::newRow("Google") << "X-Goog-Signature=1&X-Goog-Date=2";
        QTest::newRow("OSS") << "OSSAccessKeyId=1&Expires=2&Signature=3";
        QTest::newRow("Azure") << "sv=2022-11-02&st=1&se=2&sr=b&sp=r&sig=3";
        QTest::newRow("COS") << "q-sign-algorithm=sha1&q-ak=1&q-signature=2";
        QTest::newRow("CDN") << "auth_key=1800000000-0-0-0";
        QTest::newRow("token") << "token=abc";
        QTest::newRow("short names") << "e=1800000000&t=abc";
        QTest::newRow("unknown name") << "v=0123456789abcdef0123456789abcdef";
        QTest::newRow("no name") << "0123456789abcdef0123456789abcdef";
        QTest::newRow("encoded name") << "Signatur%65=3";
    }
    void signaturesGo()
    {
        QFETCH(QString, query);
        const QUrl link(QStringLiteral("https://covers.example.net/a%20b.jpeg?") + query);
        QCOMPARE(unsignedLink(link), QUrl(QStringLiteral("https://covers.example.net/a%20b.jpeg")));
    }

    void publicOnesStay_data()
    {
        QTest::addColumn<QString>("link");
        QTest::newRow("plain") << "https://img.example.net/c.jpeg";
        QTest::newRow("size") << "https://img.example.net/c.jpeg?w=160&format=webp";
        QTest::newRow("version") << "https://img.example.net/c.jpeg?v=20261122";
        QTest::newRow("nothing") << "";
    }
    void publicOnesStay()
    {
        QFETCH(QString, link);
        QCOMPARE(unsignedLink(QUrl(link)), QUrl(link));
    }

    void nobodyIsNamed()
    {
        QCOMPARE(unsignedLink(QUrl(QStringLiteral("https://me:word@img.example.net/c.jpeg?w=1#token"))),
                 QUrl(QStringLiteral("https://img.example.net/c.jpeg?w=1")));
    }
};

QTEST_GUILESS_MAIN(TestUnsignedLink)
#include "tst_unsignedlink.moc"
