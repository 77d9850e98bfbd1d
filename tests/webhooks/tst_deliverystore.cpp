// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/database/sqlsession.h"
#include "core/webhooks/deliveryarchive.h"
#include "core/webhooks/deliverykind.h"
#include "core/webhooks/deliverystore.h"
#include "tests/support/await.h"
#include "tests/support/sharedclock.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <atomic>
#include <optional>

using namespace novita;
using namespace std::chrono_literals;

namespace {

/// A store that can be thrown away and made anew on the same file, as by a restart.
class Bench
{
public:
    Bench() { restart(); }

    void restart()
    {
        store.reset();
        store.emplace(clock, path());
    }
    QString path() const { return folder.filePath(QStringLiteral("deliveries.sqlite")); }

    Delivery draft(const QByteArray &body, DeliveryResult result = DeliveryResult::Accepted) const
    {
        Delivery delivery;
        delivery.receivedAt = clock.now();
        delivery.path = QStringLiteral("/webhook");
        delivery.address = QStringLiteral("127.0.0.1");
        delivery.scheme = DeliveryScheme::Standard;
        delivery.result = result;
        delivery.headers = {{"Host", "a"}, {"X-Odd", "a: b"}, {"Empty", ""}};
        delivery.body = body;
        delivery.bytes = body.size();
        return delivery;
    }

    Result<StoredDelivery> add(const Delivery &delivery, const QList<QByteArray> &keys)
    {
        const auto result = std::make_shared<std::optional<Result<StoredDelivery>>>();
        const auto ready = std::make_shared<std::atomic<bool>>(false);
        store->add({delivery, keys, [result, ready](const Result<StoredDelivery> &stored) {
            result->emplace(stored);
            *ready = true;
        }});
        if (!QTest::qWaitFor([&] { return ready->load(); }, 15000))
            return Error::make(ErrorKind::Timeout, QStringLiteral("not stored"));
        return **result;
    }
    Result<StoredDelivery> add(const QByteArray &body, const QList<QByteArray> &keys) { return add(draft(body), keys); }

    DeliveryPage list(const DeliveryQuery &query = {})
    {
        const Result<DeliveryPage> page = await(store->list(query));
        return page ? *page : DeliveryPage();
    }

    QTemporaryDir folder;
    SharedClock clock;
    std::optional<DeliveryStore> store;
};

/// Deliveries that were stored before these, as another program sees the file.
qint64 rowsSeenFromOutside(const QString &path)
{
    SqlSession other(QStringLiteral("outside"), path);
    const Result<QVariant> rows = other.value(QStringLiteral("SELECT COUNT(*) FROM delivery"));
    return rows ? rows->toLongLong() : -1;
}

} // namespace

/// What is kept, for how long, and what is said when nothing can be kept.
class TestDeliveryStore : public QObject
{
    Q_OBJECT

private slots:
    void keepsExactBytes()
    {
        Bench bench;
        const QByteArray body("{\"a\":1}\0\xff\r\n ", 13);
        const Result<StoredDelivery> stored = bench.add(body, {"k"});
        QVERIFY(stored.ok());
        QCOMPARE(stored->result, DeliveryResult::Accepted);
        QCOMPARE(rowsSeenFromOutside(bench.path()), 1);
        bench.restart();
        const Result<Delivery> read = await(bench.store->read(stored->id));
        QVERIFY(read.ok());
        QCOMPARE(read->body, body);
        QCOMPARE(read->headers, bench.draft({}).headers);
        QCOMPARE(read->receivedAt, bench.clock.now());
        QCOMPARE(read->scheme, DeliveryScheme::Standard);
        QVERIFY(QFile::permissions(bench.path()) == (QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser));
        QCOMPARE(await(bench.store->read(99)).error().kind, ErrorKind::NotFound);
    }

    void everyCommitIsSynced()
    {
        QTemporaryDir folder;
        SqlSession session(QStringLiteral("pragma"), folder.filePath(QStringLiteral("d.sqlite")), deliveryKind());
        QCOMPARE(session.value(QStringLiteral("PRAGMA synchronous"))->toInt(), 2);
        QCOMPARE(session.value(QStringLiteral("PRAGMA journal_mode"))->toString(), QStringLiteral("wal"));
    }

    void remembersOverARestart()
    {
        Bench bench;
        const qint64 first = bench.add("one", {"key"})->id;
        bench.restart();
        const Result<StoredDelivery> again = bench.add("one", {"key"});
        QCOMPARE(again->result, DeliveryResult::Duplicate);
        QCOMPARE(again->duplicateOf, std::optional(first));
        QVERIFY(await(bench.store->read(again->id))->body.isEmpty());
        QCOMPARE(await(bench.store->read(again->id))->bytes, 3);
        bench.clock.advance(24h - 1ms);
        QCOMPARE(bench.add("one", {"key"})->result, DeliveryResult::Duplicate);
        bench.clock.advance(1ms);
        const Result<StoredDelivery> later = bench.add("one", {"key"});
        QCOMPARE(later->result, DeliveryResult::Accepted);
        QCOMPARE(bench.add("one", {"key"})->duplicateOf, std::optional(later->id));
    }

    void theFirstKeyDecidesAndAllAreRemembered()
    {
        Bench bench;
        const qint64 first = bench.add("one", {"id-1", "hash"})->id;
        QCOMPARE(bench.add("one", {"id-2", "hash"})->result, DeliveryResult::Accepted);
        QCOMPARE(bench.add("one", {"hash"})->duplicateOf, std::optional(first));
        QCOMPARE(bench.add("other", {"id-1", "other hash"})->duplicateOf, std::optional(first));
    }

    void refusedOnesAreNotRemembered()
    {
        Bench bench;
        const Result<StoredDelivery> malformed = bench.add(bench.draft("x", DeliveryResult::Malformed), {"key"});
        QCOMPARE(malformed->result, DeliveryResult::Malformed);
        QCOMPARE(bench.add("x", {"key"})->result, DeliveryResult::Accepted);
        // But a known one is a repeat, whatever its content is thought of.
        QCOMPARE(bench.add(bench.draft("y", DeliveryResult::Malformed), {"key"})->result, DeliveryResult::Duplicate);
    }

    void duplicatesWithinOneGroup()
    {
        Bench bench;
        std::atomic<int> accepted = 0, duplicates = 0;
        for (int i = 0; i < 300; ++i) {
            bench.store->add({bench.draft("same"), {QByteArray::number(i % 100)}, [&](const Result<StoredDelivery> &stored) {
                ++(stored && stored->result == DeliveryResult::Accepted ? accepted : duplicates);
            }});
        }
        QTRY_COMPARE(accepted + duplicates, 300);
        QCOMPARE(accepted, 100);
        QCOMPARE(bench.list({1000, {}, DeliveryResult::Duplicate}).total, 200);
    }

    void pages()
    {
        Bench bench;
        for (int i = 0; i < 7; ++i)
            QVERIFY(bench.add(QByteArray::number(i), {QByteArray::number(i)}).ok());
        QVERIFY(bench.add("0", {"0"}).ok());
        const DeliveryPage first = bench.list({5, {}, {}});
        QCOMPARE(first.deliveries.size(), 5);
        QCOMPARE(first.total, 8);
        QCOMPARE(first.deliveries.first().id, 8);
        QCOMPARE(first.next, std::optional<qint64>(4));
        const DeliveryPage second = bench.list({5, first.next, {}});
        QCOMPARE(second.deliveries.size(), 3);
        QVERIFY(!second.next);
        QCOMPARE(bench.list({5, {}, DeliveryResult::Duplicate}).deliveries.size(), 1);
        QCOMPARE(bench.list({5, {}, DeliveryResult::Limited}).total, 0);
    }

    void retentionByDays()
    {
        Bench bench;
        QVERIFY(bench.add("old", {"1"}).ok());
        bench.clock.advance(24h * 31);
        const qint64 fresh = bench.add("new", {"2"})->id;
        QVERIFY(await(bench.store->setRetention({30, 256 << 20})).ok());
        QCOMPARE(bench.list().total, 1);
        QCOMPARE(bench.list().deliveries.first().id, fresh);
    }

    /// The replay memory does not shrink with the deliveries, nor do ids come again.
    void retentionByBytes()
    {
        Bench bench;
        QVERIFY(await(bench.store->setRetention({30, 1 << 20})).ok());
        qint64 last = 0;
        for (int i = 0; i < 40; ++i)
            last = bench.add(QByteArray(100000, 'x'), {QByteArray::number(i)})->id;
        QTRY_VERIFY(bench.list().total <= 11);
        QVERIFY(bench.list().total >= 9);
        QCOMPARE(bench.list().deliveries.first().id, last);
        QCOMPARE(bench.add("again", {"0"})->duplicateOf, std::optional<qint64>(1));
    }

    void refusalsAreBounded()
    {
        Bench bench;
        QVERIFY(bench.add("good", {"key"}).ok());
        for (int round = 0; round < 20; ++round) {
            for (int i = 0; i < 200; ++i)
                bench.store->note(bench.draft({}, DeliveryResult::Limited));
            bench.list(); // until they are written
        }
        QVERIFY(bench.list({1, {}, DeliveryResult::Limited}).total <= DeliveryArchive::kMaxRefusals + DeliveryArchive::kMaxRefusals / 2 + DeliveryStore::kGroupSize);
        QCOMPARE(bench.list({1, {}, DeliveryResult::Accepted}).total, 1);
    }

    void lockedFileFailsAndRecovers()
    {
        Bench bench;
        QVERIFY(bench.add("one", {"1"}).ok());
        {
            SqlSession other(QStringLiteral("holder"), bench.path());
            QVERIFY(!other.exec(QStringLiteral("BEGIN EXCLUSIVE")));
            const Result<StoredDelivery> stored = bench.add("two", {"2"});
            QVERIFY(!stored);
            QCOMPARE(stored.error().kind, ErrorKind::Storage);
            QTRY_VERIFY(bench.store->status().notice.contains(QLatin1String("webhook deliveries")));
            other.exec(QStringLiteral("ROLLBACK"));
        }
        QCOMPARE(bench.add("two", {"2"})->result, DeliveryResult::Accepted);
        QTRY_VERIFY(bench.store->status().notice.isEmpty());
        QCOMPARE(bench.list().total, 2);
    }

    void folderThatAppearsLater()
    {
        QTemporaryDir folder;
        SharedClock clock;
        DeliveryStore store(clock, folder.filePath(QStringLiteral("sub/deliveries.sqlite")));
        QTRY_COMPARE(store.status().state, DatabaseStatus::State::Unavailable);
        QVERIFY(!await(store.list({})));
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("sub")));
        clock.advance(DeliveryArchive::kReopenAfter);
        QVERIFY(await(store.list({})).ok());
        QTRY_VERIFY(store.status().isOpen());
    }

    void damagedFileIsSetAside()
    {
        Bench bench;
        QVERIFY(bench.add("one", {"1"}).ok());
        bench.store.reset();
        QFile file(bench.path());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(4096, 'z'));
        file.close();
        bench.restart();
        QVERIFY(bench.add("two", {"2"}).ok());
        QTRY_VERIFY(!bench.store->status().setAside.isEmpty());
        QVERIFY(bench.store->status().notice.contains(QLatin1String("webhook deliveries")));
        QCOMPARE(bench.list().total, 1);
    }

    void writesWhatWaitsAtTheEnd()
    {
        Bench bench;
        std::atomic<int> stored = 0;
        for (int i = 0; i < 1000; ++i)
            bench.store->add({bench.draft("x"), {QByteArray::number(i)}, [&](const Result<StoredDelivery> &) { ++stored; }});
        bench.store.reset();
        QCOMPARE(stored, 1000);
        QCOMPARE(rowsSeenFromOutside(bench.path()), 1000);
    }
};

QTEST_GUILESS_MAIN(TestDeliveryStore)
#include "tst_deliverystore.moc"
