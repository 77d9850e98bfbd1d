// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/webhooks/deliverystore.h"
#include "core/webhooks/signature.h"
#include "tests/support/await.h"

#include <QDateTime>
#include <QHash>
#include <QHostAddress>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <vector>

using namespace novita;

namespace {

constexpr int kConnections = 16;

QString secretText()
{
    return QStringLiteral("the secret of the flood");
}

/// A connection that sends one delivery after another and notes which were answered with 200.
class Sender
{
public:
    Sender(quint16 port, int number) : m_number(number)
    {
        QObject::connect(&m_socket, &QTcpSocket::connected, &m_socket, [this] { next(); });
        QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { read(); });
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }

    QStringList answered;
    QStringList sent;

    static QByteArray request(const QString &id)
    {
        const QByteArray time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
        const QByteArray body = "{\"instanceId\":\"" + id.toLatin1() + "\",\"status\":\"running\",\"timestamp\":\"" + time + "\"}";
        const SigningSecret secret = *SigningSecret::fromText(secretText());
        return "POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nX-Webhook-Signature: " + signature::signPlain(secret, body)
            + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

private:
    void next()
    {
        sent.append(QStringLiteral("inst_%1_%2").arg(m_number).arg(sent.size()));
        m_socket.write(request(sent.last()));
    }

    void read()
    {
        m_received += m_socket.readAll();
        const qsizetype end = m_received.indexOf("\r\n\r\n");
        if (end < 0 || !m_received.endsWith('}'))
            return;
        if (m_received.startsWith("HTTP/1.1 200 "))
            answered.append(sent.last());
        m_received.clear();
        next();
    }

    QTcpSocket m_socket;
    QByteArray m_received;
    int m_number;
};

} // namespace

/// A receiver is killed in the middle of a flood, as often as it takes to trust it.
class TestWebhookFlood : public QObject
{
    Q_OBJECT

private slots:
    void everyAnsweredDeliveryIsThereOnce_data()
    {
        QTest::addColumn<int>("killAfter");
        QTest::addColumn<qint64>("journalBytes");
        for (const int answers : {1, 100, 1000, 6000})
            QTest::addRow("after %d answers", answers) << answers << DeliveryJournal::kBytes;
        // The journal goes round and round, and the killed run is moving deliveries all the time.
        for (const int answers : {333, 4000, 6000})
            QTest::addRow("after %d answers, small journal", answers) << answers << DeliveryJournal::kFewestBytes;
    }

    void everyAnsweredDeliveryIsThereOnce()
    {
        QFETCH(int, killAfter);
        QFETCH(qint64, journalBytes);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("deliveries.sqlite"));
        QProcess victim;
        victim.start(QStringLiteral(NOVITA_BIN_DIR "/webhook_victim"), {path, secretText(), QString::number(journalBytes)});
        QTRY_VERIFY_WITH_TIMEOUT(victim.canReadLine(), 15000);
        const quint16 port = victim.readLine().trimmed().toUShort();
        QVERIFY(port != 0);

        std::vector<std::unique_ptr<Sender>> senders;
        for (int i = 0; i < kConnections; ++i)
            senders.push_back(std::make_unique<Sender>(port, i));
        const auto count = [&] {
            qsizetype sum = 0;
            for (const auto &sender : senders)
                sum += sender->answered.size();
            return sum;
        };
        QTRY_VERIFY_WITH_TIMEOUT(count() >= killAfter, 60000);
        victim.kill();
        QTRY_COMPARE(victim.state(), QProcess::NotRunning);
        QCOMPARE(victim.exitStatus(), QProcess::CrashExit);
        QTest::qWait(10); // answers that are still in the sockets

        const SystemClock clock;
        DeliveryStore store(clock, path);
        QHash<QString, int> stored;
        std::optional<qint64> before;
        do {
            const Result<DeliveryPage> page = await(store.list({1000, before, {}}));
            QVERIFY(page.ok());
            for (const Delivery &delivery : page->deliveries) {
                QCOMPARE(delivery.result, DeliveryResult::Accepted);
                ++stored[delivery.subject];
            }
            before = page->next;
        } while (before);
        qsizetype sent = 0;
        for (const auto &sender : senders) {
            sent += sender->sent.size();
            for (const QString &id : std::as_const(sender->answered))
                QVERIFY2(stored.contains(id), qPrintable(id));
        }
        for (auto it = stored.cbegin(); it != stored.cend(); ++it)
            QVERIFY2(it.value() == 1, qPrintable(it.key()));
        QVERIFY(stored.size() <= sent);
    }
};

QTEST_GUILESS_MAIN(TestWebhookFlood)
#include "tst_webhookflood.moc"
