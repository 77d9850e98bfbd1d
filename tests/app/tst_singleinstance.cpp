// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private slots:
    void secondStartReachesTheFirst()
    {
        const QTemporaryDir dir;
        SingleInstance first(dir.path());
        QVERIFY(first.claim());
        QSignalSpy received(&first, &SingleInstance::messageReceived);

        SingleInstance second(dir.path());
        QVERIFY(!second.claim());
        std::optional<bool> answered;
        second.forward({{QStringLiteral("page"), QStringLiteral("products")}}, [&](bool ok) { answered = ok; });
        QTRY_VERIFY(answered.has_value());
        QVERIFY(*answered);
        QCOMPARE(received.count(), 1);
        QCOMPARE(received.first().first().toJsonObject().value(QLatin1String("page")).toString(), QStringLiteral("products"));
    }
    void otherDataFolderIsAnotherConsole()
    {
        const QTemporaryDir a;
        const QTemporaryDir b;
        SingleInstance first(a.path());
        SingleInstance second(b.path());
        QVERIFY(first.claim());
        QVERIFY(second.claim());
    }
    void placeIsFreeAfterTheFirstIsGone()
    {
        const QTemporaryDir dir;
        {
            SingleInstance first(dir.path());
            QVERIFY(first.claim());
        }
        SingleInstance second(dir.path());
        QVERIFY(second.claim());
    }
    void nobodyThereIsToldSoon()
    {
        const QTemporaryDir dir;
        SingleInstance lonely(dir.path());
        std::optional<bool> answered;
        lonely.forward({}, [&](bool ok) { answered = ok; });
        QTRY_VERIFY(answered.has_value());
        QVERIFY(!*answered);
    }
    void garbageIsDropped()
    {
        const QTemporaryDir dir;
        SingleInstance first(dir.path());
        QVERIFY(first.claim());
        QSignalSpy received(&first, &SingleInstance::messageReceived);
        const QByteArray hash = QCryptographicHash::hash(QDir(dir.path()).absolutePath().toUtf8(), QCryptographicHash::Sha256).toHex().left(20);
        for (const QByteArray &garbage : {QByteArray("not json\n"), QByteArray("[1]\n"), QByteArray(200000, 'x')}) {
            QLocalSocket socket;
            socket.connectToServer(QStringLiteral("novita-console-") + QString::fromLatin1(hash));
            socket.write(garbage);
            QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
        }
        QCOMPARE(received.count(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
