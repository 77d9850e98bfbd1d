// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/webhooks/webhooktarget.h"

#include <QHash>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace novita;

namespace {

constexpr int kEvents = 150;

} // namespace

/// A notifier is killed while its queue is full, again and again: what was queued arrives, and what arrives twice is the same.
class TestNotifierKill : public QObject
{
    Q_OBJECT

private slots:
    void nothingQueuedIsLost();

private:
    static void start(QProcess &victim, const QString &file, const WebhookTarget &target, int events)
    {
        victim.start(QCoreApplication::applicationDirPath() + QStringLiteral("/notifier_victim"),
                     {file, target.url().toString(), QString::number(events)});
    }
};

void TestNotifierKill::nothingQueuedIsLost()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("history.sqlite"));
    WebhookTarget target;
    QProcess victim;
    start(victim, file, target, kEvents);
    QByteArray said;
    const auto isQueued = [&] {
        said += victim.readAllStandardOutput();
        return said.contains("queued");
    };
    QVERIFY(QTest::qWaitFor(isQueued, 20000));
    victim.kill();
    QVERIFY(victim.waitForFinished());
    QVERIFY2(target.count() < kEvents, "it was over before it was killed: this tests nothing");
    for (int kill = 0; kill < 3; ++kill) {
        const int before = target.count();
        start(victim, file, target, 0);
        QTRY_VERIFY_WITH_TIMEOUT(target.count() > before + 3, 20000);
        victim.kill();
        QVERIFY(victim.waitForFinished());
    }
    const auto bodies = [&target] {
        QHash<QByteArray, QByteArray> byId;
        for (const HttpRequest &request : target.requests()) {
            const QByteArray id = request.headers.value("webhook-id");
            if (byId.contains(id) && byId.value(id) != request.body)
                qFatal("one id, two bodies");
            byId.insert(id, request.body);
        }
        return byId;
    };
    start(victim, file, target, 0);
    QTRY_COMPARE_WITH_TIMEOUT(bodies().size(), kEvents, 30000);
    victim.kill();
    QVERIFY(victim.waitForFinished());
    const QHash<QByteArray, QByteArray> arrived = bodies();
    const QSet<QByteArray> distinct(arrived.cbegin(), arrived.cend());
    QCOMPARE(distinct.size(), kEvents);
}

QTEST_GUILESS_MAIN(TestNotifierKill)
#include "tst_notifierkill.moc"
